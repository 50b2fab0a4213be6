"""The threads that answer requests: so many at work, beside those that wait for clients who take their answers slowly.

A thread that waits for its client is replaced, so that slow clients never hold up the others; where too many wait, the
one that has waited longest is cut off.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any

Job = tuple["Future[Any]", Callable[..., Any], tuple[Any, ...]]


class Pool:
    """Runs jobs in `threads` threads, and lets up to `waiting` more jobs wait for their clients.

    It has what gunicorn uses of an executor. Its threads do not outlive their process.
    """

    def __init__(self, threads: int, waiting: int) -> None:
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._lock = threading.Lock()
        self._room = threading.Condition(self._lock)
        self._most = waiting
        self._waiting: dict[object, Callable[[], None]] = {}  # how to cut each off, by how long they have waited
        self._spare = 0  # threads that replaced one that is back
        for _ in range(threads):
            self._start()

    def submit(self, call: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Let a thread make a call as soon as one is free."""
        future: Future[Any] = Future()
        self._jobs.put((future, call, arguments))
        return future

    def shutdown(self, wait: bool = False) -> None:
        """Do nothing: the threads end with their process, which gunicorn gives the time that is due."""

    @contextmanager
    def waiting(self, cut_off: Callable[[], None]) -> Iterator[None]:
        """Let the job of this thread wait in the block without keeping others from running.

        `cut_off` has to end the wait; it is called where this job is the oldest of too many.
        """
        key = object()
        with self._room:
            while len(self._waiting) >= self._most:
                next(iter(self._waiting.values()))()
                self._room.wait(1)
            self._waiting[key] = cut_off
        self._start()
        try:
            yield
        finally:
            with self._room:
                del self._waiting[key]
                self._spare += 1
                self._room.notify()

    def _start(self) -> None:
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while not self._is_spare():
            future, call, arguments = self._jobs.get()
            try:
                future.set_result(call(*arguments))
            except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits for the result
                future.set_exception(error)
            del future, call, arguments  # nothing of a request is kept until the next

    def _is_spare(self) -> bool:
        with self._lock:
            if self._spare:
                self._spare -= 1
                return True
            return False
