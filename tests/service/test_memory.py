"""What a worker has in memory does not grow with the requests that it has answered."""

from __future__ import annotations

import http.client
import random
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.service.running import Service, ask_on, run_service

CLIENTS = 8
ROUND = 5000  # requests
GROWTH = 6.0  # megabytes that may join between the second round and the last
MOST = 80.0  # megabytes of a worker, answers that it keeps and all

pytestmark = pytest.mark.slow


def make_url(chance: random.Random) -> str:
    """A request of a kind that is asked often; few are the same."""
    number = chance.randrange(1, 10**6)
    return chance.choice(
        [
            f"/v1/facts?value_min={number}&limit={number % 50 + 1}",
            f"/v1/facts?value_max={number}&sort=-value&limit=20",
            f"/v1/facts?sort=unit,-value&confidence={number}",  # an unknown parameter: refused
            f"/v1/facts?published_from=20{number % 25:02}&fields=id,value",
            f"/v1/facts?q={number}",
            f"/v1/facts/{number:x}",
            f"/v1/facets?by=unit&value_min={number}",
            f"/v1/articles?limit={number % 100 + 1}",
            "/v1/facts.csv?kind=event",
            "/healthz",
            "/metrics",
            f"/{number}",
        ]
    )


def make_headers(chance: random.Random) -> dict[str, str]:
    """Headers of which an answer depends, some of them long and none twice."""
    if chance.random() < 0.8:
        return {}
    number = f"{chance.randrange(10**9)}{'x' * chance.randrange(7000)}"
    return chance.choice(
        [
            {"Accept": f"application/json;x={number}"},
            {"Accept-Encoding": f"identity;x={number}"},
            {"If-None-Match": f'*, "{number}"'},
        ]
    )


def ask_many(service: Service, seed: int) -> None:
    def run(number: int) -> None:
        chance = random.Random(f"{seed} {number}")  # noqa: S311 - made-up requests
        with closing(http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)) as connection:
            for _ in range(ROUND // CLIENTS):
                statuses.add(ask_on(connection, make_url(chance), make_headers(chance)).status)

    statuses: set[int] = set()
    threads = [threading.Thread(target=run, args=[number]) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses <= {200, 304, 400, 404, 406}


def test_memory_stays_flat(releases: tuple[Path, Path], tmp_path: Path) -> None:
    with run_service(releases[0], tmp_path / "log", FACTLINE_ACCESS_LOG="off") as service:
        figures = []
        for seed in range(4):
            ask_many(service, seed)
            figures.append(service.memory())
        assert len(service.workers()) == 2
    assert figures[3] < figures[1] + GROWTH, figures
    assert figures[3] < MOST, figures
