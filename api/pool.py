"""The threads that answer requests: so many at work, beside those whose answers stand aside as they take long.

An answer stands aside when its client takes it slowly, and when there is much of it: its thread is replaced, so that
neither holds up the others. Those that stand aside are made by turns, one at a time. Where there are too many, the one
whose client has taken nothing for longest is cut off; where all clients take what they get, one more has to wait.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any

_PATIENCE = 1.0  # seconds for which a client that reads may take nothing where others need the place
_DOUBT = 0.1  # the same of a client that has not been seen to read
_LOOK = 0.05  # seconds between two looks for such a client

Job = tuple["Future[Any]", Callable[..., Any], tuple[Any, ...]]


class Pool:
    """Runs jobs in `threads` threads, and lets up to `aside` more jobs stand aside.

    It has what gunicorn uses of an executor. Its threads do not outlive their process.
    """

    def __init__(self, threads: int, aside: int) -> None:
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._lock = threading.Lock()
        self._room = threading.Condition(self._lock)
        self._most = aside
        self._aside: set[Place] = set()
        self._turn = _Turn()
        self._spare = 0  # threads that replaced one that is back
        for _ in range(threads):
            self._start()

    @property
    def is_full(self) -> bool:
        """Whether one more job can stand aside only where another is cut off."""
        return len(self._aside) >= self._most

    def submit(self, call: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Let a thread make a call as soon as one is free."""
        future: Future[Any] = Future()
        self._jobs.put((future, call, arguments))
        return future

    def shutdown(self, wait: bool = False) -> None:
        """Do nothing: the threads end with their process, which gunicorn gives the time that is due."""

    def stand_aside(self, cut_off: Callable[[], None]) -> Place:
        """Let the job of this thread go on, until it leaves its place, without keeping others from running.

        `cut_off` has to end its wait for a client; it is called where that takes longest of too many.
        """
        place = Place(self, self._turn, cut_off)
        with self._room:
            while self.is_full:
                self._cut_off_one()
                self._room.wait(_LOOK)
            self._aside.add(place)
        try:
            self._start()
        except RuntimeError:  # no more threads
            with self._room:
                self._aside.remove(place)
                self._room.notify()
            raise
        return place

    def come_back(self, place: Place) -> None:
        """Take a job that has stood aside for one like others again."""
        with self._room:
            self._aside.remove(place)
            self._spare += 1
            self._room.notify()

    def _cut_off_one(self) -> None:
        now = time.monotonic()
        idle = [(since, place) for place in self._aside if (since := place.since) and since + place.patience < now]
        if idle:
            min(idle, key=lambda each: each[0])[1].cut_off()

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


class Place:
    """Where a job stands aside: it either waits for its client, or has its turn, or waits for it."""

    def __init__(self, pool: Pool, turn: _Turn, cut_off: Callable[[], None]) -> None:
        self.cut_off = cut_off
        self.since: float | None = None  # when its client last took something, while it waits for it
        self.patience = _DOUBT
        self._pool = pool
        self._turn = turn
        self._has_turn = False

    def take_turn(self) -> None:
        """Go on when those who came earlier have had their turn."""
        self.give_turn()
        self._turn.take()
        self._has_turn = True

    def give_turn(self) -> None:
        """Let the next go on."""
        if self._has_turn:
            self._has_turn = False
            self._turn.give()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Wait for the client in the block, while others have their turns."""
        self.give_turn()
        self.since = time.monotonic()
        try:
            yield
        finally:
            self.since = None

    def note_progress(self) -> None:
        """Note that the client has taken something."""
        self.since = time.monotonic()
        self.patience = _PATIENCE

    def leave(self) -> None:
        """Be a job like others again."""
        self.give_turn()
        self._pool.come_back(self)


class _Turn:
    """What one thread has at a time, in the order in which they ask for it: a lock would go to whoever is quickest."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_taken = False
        self._next: deque[threading.Lock] = deque()

    def take(self) -> None:
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return
            gate = threading.Lock()
            gate.acquire()
            self._next.append(gate)
        gate.acquire()

    def give(self) -> None:
        with self._lock:
            if self._next:
                self._next.popleft().release()
            else:
                self._is_taken = False
