"""Clients are spread over the processes, and none waits for a process that does not come to it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from tests.service.running import Service, many, run_service, wait_until

CLIENTS = 40


def clients_of(pid: int) -> int:
    """How many sockets a process has open, beside the one it listens on."""
    folder = Path(f"/proc/{pid}/fd")
    return sum(str(each.readlink()).startswith("socket:") for each in folder.iterdir()) - 1


def spread(service: Service) -> list[int]:
    return [clients_of(pid) for pid in service.workers()]


def test_each_process_has_as_many_clients(releases: tuple[Path, Path], tmp_path: Path) -> None:
    with run_service(releases[0], tmp_path / "log") as service:
        wait_until(lambda: len(service.workers()) == 2, "two workers")
        with many(CLIENTS, service.connect):
            wait_until(lambda: sum(spread(service)) >= CLIENTS, "all clients are let in")
            assert max(spread(service)) - min(spread(service)) <= CLIENTS // 4
            killed = service.workers()[0]
            os.kill(killed, signal.SIGKILL)
            wait_until(lambda: len(service.workers()) == 2 and killed not in service.workers(), "another worker")
            with many(CLIENTS // 2, service.connect):  # one process still has its half
                wait_until(lambda: sum(spread(service)) >= CLIENTS, "all clients are let in")
                assert max(spread(service)) - min(spread(service)) <= CLIENTS // 4


def test_nobody_waits_for_a_process_that_hangs(releases: tuple[Path, Path], tmp_path: Path) -> None:
    with run_service(releases[0], tmp_path / "log") as service:
        wait_until(lambda: len(service.workers()) == 2, "two workers")
        hanging = service.workers()[0]
        os.kill(hanging, signal.SIGSTOP)
        try:
            with many(CLIENTS, service.connect):
                begun = time.monotonic()
                assert service.ask("/healthz").status == 200
                assert time.monotonic() - begun < 5
        finally:
            os.kill(hanging, signal.SIGCONT)
