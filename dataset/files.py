"""Writing files so that a reader never sees half of one."""

from __future__ import annotations

import fcntl
import glob
import os
import tempfile
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from pathlib import Path

from dataset.errors import OutputError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file beside `path` that replaces it when the block ends well, and is gone when it does not.

    What commands that were killed on the spot have left of their own new files is removed. OutputError where the
    place cannot be written; the old file is then as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError("it is a folder")
        _remove_abandoned(path)
        beside, handle = _make_beside(path)
        try:
            yield beside
            beside.chmod(0o644)  # mkstemp makes it 0600; the service may run as another user
            os.fsync(handle)  # what takes the old file's place is on the disk, not on its way there
            beside.replace(path)
        finally:
            _remove(beside)
            os.close(handle)
    except OSError as error:
        raise OutputError(f"cannot write {path} ({error.strerror or error})", "name a writable place") from error


def check_kind(path: Path, head: bytes, suffixes: AbstractSet[str]) -> None:
    """OutputError where a file is there already that is of another kind, by its name and by its first bytes."""
    if path.suffix in suffixes or not path.is_file():
        return
    try:
        with path.open("rb") as handle:
            found = handle.read(len(head))
    except OSError as error:
        raise OutputError(f"cannot read {path} ({error.strerror})", "name another file to write") from error
    if found not in (b"", head):
        raise OutputError(f"{path} is a file of another kind, and would be lost", "name another file to write")


@contextmanager
def locking(folder: Path) -> Iterator[None]:
    """Keep all others who lock this folder out until the block ends; OutputError where that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutputError(f"cannot use {folder} ({error.strerror or error})", "name a writable place") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _make_beside(path: Path) -> tuple[Path, int]:
    """An empty new file, locked for as long as the handle is open: the lock goes with its owner, however that ends."""
    while True:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return Path(name), handle
        os.close(handle)  # somebody took it for abandoned before it was locked


def _remove_abandoned(path: Path) -> None:
    """Remove the new files that nobody holds a lock on."""
    for beside in path.parent.glob(f".{glob.escape(path.name)}.*.new"):
        with suppress(OSError), beside.open("rb") as handle:  # held, gone by now, or somebody else's
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(beside)


def _remove(beside: Path) -> None:
    for leftover in (Path(f"{beside}-journal"), beside):  # the journal first: without its file nobody would find it
        leftover.unlink(missing_ok=True)
