"""A client that keeps its connection, and what a request to a server that is ours costs."""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

_TIMEOUT = 120  # seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body and ETag of an answer, and the milliseconds that it took."""

    status: int
    body: bytes
    etag: str | None
    milliseconds: float


class Client:
    """One connection to a port of this machine, to be closed as a file is."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask once; a connection that the server closed while idle is opened anew."""
        try:
            return self._get(path, headers or {})
        except (ConnectionResetError, BrokenPipeError):
            return self._get(path, headers or {})

    def _get(self, path: str, headers: Mapping[str, str]) -> Answer:
        begin = time.perf_counter()
        try:
            self._connection.request("GET", path, headers=dict(headers))
            response = self._connection.getresponse()
            body = response.read()
        except OSError:
            self._connection.close()
            raise
        return Answer(response.status, body, response.getheader("ETag"), 1000 * (time.perf_counter() - begin))

    def drain(self, path: str) -> tuple[int, int, float]:
        """Read an answer of any length and keep nothing: its status, its lines and the seconds it took."""
        begin, lines = time.perf_counter(), 0
        self._connection.close()
        self._connection.request("GET", path)
        response = self._connection.getresponse()
        while chunk := response.read1(1 << 18):
            lines += chunk.count(b"\n")
        return response.status, lines, time.perf_counter() - begin


def get_once(port: int, path: str, headers: Mapping[str, str] | None = None) -> Answer:
    """Ask over a connection that is closed afterwards."""
    with Client(port) as client:
        return client.get(path, headers)


def median_of(client: Client, paths: Iterable[str]) -> float | None:
    """Median milliseconds over the paths, None where one is not answered with 200."""
    answers = [client.get(path) for path in paths]
    if not answers or any(answer.status != 200 for answer in answers):
        return None
    return statistics.median(answer.milliseconds for answer in answers)
