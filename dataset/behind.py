"""Work that is done behind the caller's back: in order, in one thread, while the caller prepares what comes next."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import ParamSpec

P = ParamSpec("P")

_MOST = 2  # pieces of work that wait: more of them would only take memory


class Behind:
    """A thread for what leaves the interpreter to others most of the time, as SQLite does within a statement."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._waiting: deque[Future[object]] = deque()

    def __enter__(self) -> Behind:
        return self

    def do(self, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Let the work be done after all that was given before; what that has raised is raised here."""
        while len(self._waiting) > _MOST:
            self._waiting.popleft().result()
        self._waiting.append(self._pool.submit(work, *args, **kwargs))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._pool:  # leaves nothing behind that still runs
            if error is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
            while self._waiting and error is None:
                self._waiting.popleft().result()
