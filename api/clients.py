"""Connections to clients that nobody waits for: neither for what they send, nor, unnoticed, for what they take."""

from __future__ import annotations

import errno
import select
from contextlib import suppress
from socket import IPPROTO_TCP, MSG_DONTWAIT, SHUT_RDWR, TCP_NOTSENT_LOWAT, socket

from api.pool import Pool

_AHEAD = 1 << 19  # bytes of an answer that the system keeps beyond those on their way: all but the largest fit
_MOMENT = 10  # milliseconds that a client may take to make room before its thread is replaced


class Client(socket):
    """A client's socket; where it takes an answer slowly, the pool is told.

    What cannot be sent for `patience` seconds ends the connection.
    """

    def __init__(self, accepted: socket, pool: Pool, patience: float) -> None:
        super().__init__(fileno=accepted.detach())
        self.setsockopt(IPPROTO_TCP, TCP_NOTSENT_LOWAT, _AHEAD)
        self._pool = pool
        self._patience = patience

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
        rest = self._send_at_once(memoryview(data), flags)
        if not rest:
            return
        with self._pool.waiting(self._cut_off):
            try:
                self.settimeout(self._patience)
                super().sendall(rest, flags)
            except TimeoutError as error:
                raise ConnectionResetError(errno.ECONNRESET, "the client does not take its answer") from error
            finally:
                self.settimeout(None)

    def _send_at_once(self, rest: memoryview, flags: int) -> memoryview:
        """Send what the client takes without delay, and return the rest."""
        while rest:
            try:
                rest = rest[self.send(rest, flags | MSG_DONTWAIT) :]
            except BlockingIOError:
                room = select.poll()
                room.register(self, select.POLLOUT)
                if not room.poll(_MOMENT):
                    break
        return rest

    def _cut_off(self) -> None:
        with suppress(OSError):  # it may be gone by itself
            self.shutdown(SHUT_RDWR)
