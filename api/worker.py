"""gunicorn's threaded worker, with the habits of this service.

It answers what is no request with a problem document, shuts its door at once when it stops, and never lets a thread
wait for a client: heads are read in the main thread until they are complete, answers that are taken slowly wait apart.
"""

from __future__ import annotations

import errno
import re
import time
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from socket import MSG_DONTWAIT, SHUT_WR, socket

from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, TConn, ThreadWorker

from api.clients import Client
from api.envelope import record_exchange
from api.exchange import Exchange
from api.operations import get_records
from api.pool import Pool
from api.refusals import HEAD_LIMIT, STATUSES, refuse, too_long
from api.turns import Turns

HEAD_TIME = 10.0  # seconds from the first look at a connection until the head of its request has to be there
SLOW_CLIENTS = 16  # answers of a process that may stand aside: long ones, and those that wait for their clients
SEATS = 64  # processes that take turns in letting clients in
_PASSES, _PAUSE = 10, 0.0005  # how often, and for how many seconds, a process waits for another to take its turn
_END = b"\r\n\r\n"
_EXPORT = re.compile(rb"GET [^ ?]*\.(?:csv|jsonl|parquet|db)[ ?]")  # what may have a long answer
_PIECE = 65_536  # bytes
_NOBODY = (errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED)
_FULL = (errno.EMFILE, errno.ENFILE)


class Connection(TConn):  # type: ignore[misc]  # published without type information
    """A client, and what has come of the head of its next request."""

    sock: Client
    head: bytes = b""
    data_ready: bool
    timeout: float
    is_closed: bool = False
    is_export: bool = False  # whether what it asks for may have a long answer

    def is_ready(self) -> bool:
        """Read what has come, and say whether there is something to do: a whole head, too long a one, or a farewell."""
        if self.is_whole:
            return True
        try:
            piece = self.sock.recv_now(_PIECE)
        except BlockingIOError:
            return False
        self.head += piece
        return not piece or self.is_whole or len(self.head) >= HEAD_LIMIT

    @property
    def is_whole(self) -> bool:
        """Whether a thread can read the head without waiting."""
        return self.head.find(_END, 0, HEAD_LIMIT) >= 0

    def close(self, graceful: bool = False) -> None:
        """End the connection; what the poller has seen of it already is no longer looked at."""
        self.is_closed = True
        super().close(graceful)


class Worker(ThreadWorker):  # type: ignore[misc]  # published without type information
    """A worker in which no client keeps others from being served."""

    tpool: Pool
    turns = Turns(SEATS)

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        self.seat = self.turns.take_seat()  # in the master, just before it forks
        self._passed = 0
        self._exports = 0  # being answered
        self._held: deque[Connection] = deque()  # those that have to wait for others of their kind

    def notify(self) -> None:
        """Tell the master that this process is alive, and the others how many clients it has."""
        self.turns.report(self.seat, self.nr_conns)
        super().notify()

    def get_thread_pool(self) -> Pool:
        """Make the threads that answer requests."""
        return Pool(self.cfg.threads, SLOW_CLIENTS)

    def accept(self, listener: socket) -> None:
        """Let a client in if it is the turn of this process, or that of another which does not come to it."""
        if self._passed < _PASSES and not self.turns.is_due(self.seat):
            self._passed += 1
            time.sleep(_PAUSE)
            return
        self._passed = 0
        self._let_in(listener)
        self.turns.report(self.seat, self.nr_conns)

    def _let_in(self, listener: socket) -> bool:
        """Let a client in, and say whether there was one.

        Where there are as many as can be, the one that has been idle longest has to go.
        """
        if self.nr_conns >= self.worker_connections - 1:
            self._make_room()
        try:
            accepted, address = listener.accept()
        except OSError as error:
            if error.errno in _FULL:
                self._make_room()
            elif error.errno not in _NOBODY:
                raise
            return False
        client = Client(accepted, self.tpool, self.cfg.timeout)
        conn = Connection(self.cfg, client, address, listener.getsockname())
        conn.data_ready = True
        self.nr_conns += 1
        self._await_head(conn)
        return True

    def on_client_socket_readable(self, conn: Connection, client: Client) -> None:
        """Go on with a connection that was kept."""
        if conn.is_closed:
            return
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._await_head(conn)

    def on_pending_socket_readable(self, conn: Connection, client: Client) -> None:
        """Take more of a head."""
        if not conn.is_closed and conn.is_ready():
            self.poller.unregister(client)
            self.pending_conns.remove(conn)
            self._go_on(conn)

    def handle(self, conn: Connection) -> object:
        """Answer a request, in a thread."""
        try:
            return super().handle(conn)
        finally:
            conn.sock.end_answer()

    def finish_request(self, conn: Connection, fs: Future[object]) -> None:
        """Keep the connection for the next request, or end it without waiting for the client."""
        if conn.is_export:
            conn.is_export = False
            self._exports -= 1
            if self._held:
                self._let_answer(self._held.popleft())
        if fs.exception() is not None or not fs.result():
            self._part(conn)
            return
        conn.head = conn.parser.unreader.take_buffered()
        if conn.head:  # the next request came with this one
            self._await_head(conn)
        else:
            super().finish_request(conn, fs)

    def handle_error(self, req: object, client: socket, addr: object, exc: Exception) -> None:
        """Answer a request that could not be read with a problem document (RFC 9457)."""
        status = STATUSES.get(type(exc))
        if status is None:
            super().handle_error(req, client, addr, exc)
            return
        exchange = Exchange(status=status.value, remote=_read_host(addr))
        head, content = refuse(status, str(exc), exchange.request_id)
        with suppress(OSError):  # the client may be gone
            client.send(head + content, MSG_DONTWAIT)
            exchange.size = len(content)
        record_exchange(exchange, get_records(self.wsgi))

    def set_accept_enabled(self, enabled: bool) -> None:
        """Close the listening sockets when stopping, so that new clients are refused and not left to wait.

        Those who stand at the door by then are let in: closing it would break their connections.
        """
        super().set_accept_enabled(enabled)
        if not enabled and not self.alive:
            for listener in self.sockets:
                while self._let_in(listener):
                    pass
                listener.close()

    def _keepalive_after(self, conn: Connection, keepalive: bool) -> bool:
        """Whether the connection can be kept; a body that is still to come is not waited for."""
        return keepalive and bool(conn.parser.finish_body(max_bytes=HEAD_LIMIT))

    def _await_head(self, conn: Connection) -> None:
        if conn.is_ready():
            self._go_on(conn)
            return
        conn.timeout = time.monotonic() + HEAD_TIME
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def _go_on(self, conn: Connection) -> None:
        """Let a thread answer a request whose head is complete; else there is no request to answer."""
        if conn.is_whole:
            conn.is_export = _EXPORT.match(conn.head) is not None
            if conn.is_export and self._exports >= SLOW_CLIENTS + self.cfg.threads // 2:
                self._held.append(conn)  # as all threads would come to wait for a place
            else:
                self._let_answer(conn)
        elif len(conn.head) >= HEAD_LIMIT:
            self.handle_error(None, conn.sock, conn.client, too_long(conn.head))
            self._part(conn)
        else:
            self._close(conn)

    def _let_answer(self, conn: Connection) -> None:
        self._exports += conn.is_export
        conn.init()
        conn.parser.unreader.unread(conn.head)
        conn.head = b""
        self.enqueue_req(conn)

    def _make_room(self) -> None:
        """Close the connection that has been waiting longest for a request to come, if there is one."""
        for waiting in (self.pending_conns, self.keepalived_conns):
            if waiting:
                conn = waiting.popleft()
                self.poller.unregister(conn.sock)
                self._close(conn)
                return

    def _part(self, conn: Connection) -> None:
        """Say that nothing follows, and give the client the time of a kept connection to close its side.

        Closing at once could cost it the end of the answer (RFC 9112 section 9.6).
        """
        try:
            conn.sock.shutdown(SHUT_WR)
        except OSError:
            self._close(conn)
            return
        conn.timeout = time.monotonic() + (self.cfg.keepalive if self.alive else STOP_KEEPALIVE_LINGER)
        self.keepalived_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_parting, conn))

    def on_parting(self, conn: Connection, client: Client) -> None:
        """Take what comes after the last answer, until the client closes its side as well."""
        if conn.is_closed:
            return
        with suppress(BlockingIOError):
            if not client.recv_now(_PIECE):
                self.poller.unregister(client)
                self.keepalived_conns.remove(conn)
                self._close(conn)

    def _close(self, conn: Connection) -> None:
        self.nr_conns -= 1
        conn.close()


def _read_host(address: object) -> str | None:
    """The host of a client's address; a client of a Unix socket has none."""
    return str(address[0]) if isinstance(address, tuple) else None
