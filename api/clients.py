"""Connections to clients that nobody waits for: neither for what they send, nor, unnoticed, for what they take."""

from __future__ import annotations

import errno
import select
import struct
import termios
import time
from contextlib import suppress
from fcntl import ioctl
from socket import IPPROTO_TCP, MSG_DONTWAIT, SHUT_RDWR, TCP_NOTSENT_LOWAT, socket

from api.pool import Place, Pool

_AHEAD = 1 << 19  # bytes of an answer that the system keeps beyond those on their way: all but the largest fit
_MOMENT = 10  # milliseconds that a client may take to make room before its thread is replaced
_SHORT = 0.1  # seconds from the first bytes of an answer in which more may follow before its thread is replaced
_LOOK = 250  # milliseconds between two looks at what a client has taken


class Client(socket):
    """A client's socket; where an answer takes long, as it is long or is taken slowly, it stands aside in the pool.

    A client that takes nothing for `patience` seconds is given up.
    """

    def __init__(self, accepted: socket, pool: Pool, patience: float) -> None:
        super().__init__(fileno=accepted.detach())
        self.setsockopt(IPPROTO_TCP, TCP_NOTSENT_LOWAT, _AHEAD)
        self._pool = pool
        self._patience = patience
        self._begun: float | None = None  # when the first bytes of the answer were sent
        self._place: Place | None = None

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Return what has come; a client that has yet to send it is as good as gone.

        Threads get requests whose heads are complete, and no operation reads a body.
        """
        try:
            return super().recv(size, flags | MSG_DONTWAIT)
        except BlockingIOError as error:
            raise ConnectionResetError(errno.ECONNRESET, "the client does not send its request") from error

    def recv_now(self, size: int) -> bytes:
        """Return what has come, nothing where the client is gone; BlockingIOError where there is nothing yet."""
        try:
            return super().recv(size, MSG_DONTWAIT)
        except BlockingIOError:
            raise
        except OSError:
            return b""

    def sendall(self, data: bytes | bytearray | memoryview, flags: int = 0) -> None:  # type: ignore[override]
        """Send everything; ConnectionResetError where the client does not take it."""
        now = time.monotonic()
        if self._begun is None:
            self._begun = now
        if self._place is None and now > self._begun + _SHORT:
            self._place = self._pool.stand_aside(self._cut_off)
        rest = self._send_at_once(memoryview(data), flags)
        if rest:
            self._place = self._place or self._pool.stand_aside(self._cut_off)
            with self._place.waiting():
                self._send_slowly(self._place, rest, flags)
        if self._place:
            self._place.take_turn()

    def end_answer(self) -> None:
        """Note that an answer is complete, or never will be."""
        self._begun = None
        if self._place:
            self._place.leave()
            self._place = None

    def _send_at_once(self, rest: memoryview, flags: int) -> memoryview:
        """Send what the client takes without delay, and return the rest."""
        moment = 0 if self._place else _MOMENT
        while rest:
            try:
                rest = rest[self.send(rest, flags | MSG_DONTWAIT) :]
            except BlockingIOError:
                if not self._poll(moment):
                    break
        return rest

    def _send_slowly(self, place: Place, rest: memoryview, flags: int) -> None:
        """Send all of it as the client takes it; what is on its way, and what of that arrives, tells whether it does.

        The system makes room in large steps only.
        """
        taken, left = time.monotonic(), self._count_untaken() + len(rest)
        while rest:
            if self._poll(_LOOK):
                with suppress(BlockingIOError):
                    rest = rest[self.send(rest, flags | MSG_DONTWAIT) :]
            if left != (left := self._count_untaken() + len(rest)):
                taken = time.monotonic()
                place.note_progress()
            elif time.monotonic() > taken + self._patience:
                raise ConnectionResetError(errno.ECONNRESET, "the client does not take its answer")

    def _poll(self, moment: int) -> bool:
        room = select.poll()
        room.register(self, select.POLLOUT)
        return bool(room.poll(moment))

    def _count_untaken(self) -> int:
        """The bytes that the system holds as the client has not confirmed them (tcp(7), SIOCOUTQ)."""
        count: int = struct.unpack("i", ioctl(self, termios.TIOCOUTQ, bytes(4)))[0]
        return count

    def _cut_off(self) -> None:
        with suppress(OSError):  # it may be gone by itself
            self.shutdown(SHUT_RDWR)
