"""Short rounds that take turns, so that what else the machine does falls on every contender alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.client import get_once
from scripts.servers import Server
from scripts.wrk import Load, run_wrk, write_script


@dataclass(frozen=True, slots=True)
class Contender:
    """A server with the addresses that ask it the question at hand; with `etag` the client has the answer already."""

    server: Server
    paths: Sequence[str]
    etag: str | None = None


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often and how long each contender is driven, and the folder for the scripts."""

    count: int
    seconds: float
    folder: Path

    def run(self, contenders: Sequence[Contender], connections: int = 8) -> dict[str, list[Load]]:
        """Drive the contenders in turn, each going on in its list where its last round ended.

        A contender that does not answer as expected to begin with has no rounds.
        """
        loads: dict[str, list[Load]] = defaultdict(list)
        done: dict[str, int] = defaultdict(int)
        ready = [each for each in contenders if is_served(each)]
        for _ in range(self.count):
            for each in ready:
                name = each.server.name
                start = done[name] + _OFFSETS.get(connections, 0)
                script = write_script(self.folder, each.paths, each.server.host, start=start, etag=each.etag)
                load = run_wrk(script, each.server.address, connections, self.seconds)
                done[name] += load.requests + connections
                loads[name].append(load)
        return loads


_OFFSETS = {64: 1 << 20}  # so that what is asked over 64 connections was not asked over eight


def is_served(contender: Contender) -> bool:
    """Whether a first request is answered as it should be: an error is no speed."""
    if not contender.paths:
        return False
    path, etag = contender.paths[0], contender.etag
    headers = {"If-None-Match": etag} if etag else {}
    answer = get_once(contender.server.port, path + "50" if path.endswith("limit=") else path, headers)
    return answer.status == (304 if etag else 200)
