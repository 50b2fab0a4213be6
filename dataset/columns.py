"""Columns of numbers that grow beside a new database, in files that are gone with their process."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray


class Columns:
    """Named columns, each in a nameless file of `folder`, so that only those that are read take memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, IO[bytes]] = {}
        self._open = ExitStack()

    def __enter__(self) -> Columns:
        return self

    def append(self, name: str, values: NDArray[Any]) -> None:
        """Let the column go on with these values; all of one column are of one type."""
        if name not in self._files:
            file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - open as long as the columns are
            self._files[name] = self._open.enter_context(file)
        self._files[name].write(np.ascontiguousarray(values).data)

    def read(self, name: str, kind: str) -> NDArray[Any]:
        """The whole column, as an array of the type that NumPy calls `kind`."""
        file = self._files[name]
        file.seek(0)
        return np.fromfile(file, dtype=kind)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()
