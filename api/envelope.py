"""What stands around the application: each answer gets an identifier and the common headers, and is recorded once."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from api.exchange import Exchange, Record, read_exchange
from api.headers import complete_headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

EXCHANGE = "factline.exchange"  # where the environment of a request holds its Exchange


class _Body:
    """Counts the bytes of an answer as the server takes them, and records the exchange when the server closes it."""

    __slots__ = ("_body", "_chunks", "_exchange", "_records")

    def __init__(self, body: Iterable[bytes], exchange: Exchange, records: Sequence[Record]) -> None:
        self._body = body
        self._chunks = iter(body)
        self._exchange = exchange
        self._records = records

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        chunk = next(self._chunks)
        self._exchange.size += len(chunk)
        return chunk

    def close(self) -> None:
        try:
            close = getattr(self._body, "close", None)
            if close is not None:
                close()
        finally:
            record_exchange(self._exchange, self._records)


def wrap_application(application: WSGIApplication, records: Sequence[Record]) -> WSGIApplication:
    """Wrap a WSGI application (PEP 3333); each of `records` is told of each request, when its answer is closed."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        exchange = environ[EXCHANGE] = read_exchange(environ)

        def start(status: str, headers: list[tuple[str, str]], *problem: Any) -> Any:  # noqa: ANN401 - as PEP 3333 has it
            exchange.status = int(status[:3])
            return start_response(
                status, complete_headers(headers, exchange.status, exchange.method, exchange.request_id), *problem
            )

        return _Body(application(environ, start), exchange, records)

    return answer


def record_exchange(exchange: Exchange, records: Sequence[Record]) -> None:
    """Record an exchange that is over."""
    seconds = time.perf_counter() - exchange.started
    for record in records:
        record(exchange, seconds)
