from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from api.clients import Client
from api.pool import Pool
from api.worker import Connection, Worker

SOON = 10  # seconds


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def wait_at(pool: Pool, gate: threading.Event, started: threading.Semaphore) -> str:
    place = pool.stand_aside(gate.set)
    with place.waiting():
        started.release()
        gate.wait()
    place.leave()
    return "done"


def test_no_more_jobs_run_than_there_are_threads(gate: threading.Event) -> None:
    pool, running = Pool(2, 5), threading.Semaphore(0)

    def job() -> None:
        running.release()
        gate.wait()

    jobs = [pool.submit(job) for _ in range(5)]
    assert running.acquire(timeout=SOON)
    assert running.acquire(timeout=SOON)
    assert not running.acquire(timeout=0.1)
    gate.set()
    assert [each.result(SOON) for each in jobs] == [None] * 5


def test_a_job_that_waits_keeps_nobody_from_running(gate: threading.Event) -> None:
    pool, started = Pool(1, 5), threading.Semaphore(0)
    waiting = [pool.submit(wait_at, pool, gate, started) for _ in range(5)]
    for _ in waiting:
        assert started.acquire(timeout=SOON)
    assert pool.submit(max, 2, 3).result(SOON) == 3
    gate.set()
    assert [each.result(SOON) for each in waiting] == ["done"] * 5


def test_threads_that_replaced_others_end(gate: threading.Event) -> None:
    before = threading.active_count()
    pool, started = Pool(1, 5), threading.Semaphore(0)
    waiting = [pool.submit(wait_at, pool, gate, started) for _ in range(5)]
    for _ in waiting:
        assert started.acquire(timeout=SOON)
    assert threading.active_count() == before + 6
    gate.set()
    deadline = time.monotonic() + SOON
    while threading.active_count() > before + 1 and time.monotonic() < deadline:
        pool.submit(int).result(SOON)
    assert threading.active_count() == before + 1


def test_where_too_many_wait_the_one_that_has_waited_longest_is_cut_off() -> None:
    pool, started = Pool(1, 2), threading.Semaphore(0)
    gates = [threading.Event() for _ in range(3)]
    waiting: list[Future[str]] = []
    for each in gates:
        waiting.append(pool.submit(wait_at, pool, each, started))
        assert started.acquire(timeout=SOON)
    assert waiting[0].result(SOON) == "done"
    assert [each.is_set() for each in gates] == [True, False, False]
    for each in gates:
        each.set()


def test_who_does_not_wait_for_a_client_is_not_cut_off(gate: threading.Event) -> None:
    pool, started = Pool(2, 1), threading.Semaphore(0)
    cut = threading.Event()

    def work() -> None:
        place = pool.stand_aside(cut.set)
        place.take_turn()
        started.release()
        gate.wait()
        place.leave()

    working = pool.submit(work)
    assert started.acquire(timeout=SOON)
    late = pool.submit(wait_at, pool, gate, started)
    assert not started.acquire(timeout=0.5)
    assert not cut.is_set()
    assert pool.submit(max, 2, 3).result(SOON) == 3
    gate.set()
    assert working.result(SOON) is None
    assert late.result(SOON) == "done"


def test_a_client_that_reads_is_cut_off_later_than_one_that_does_not() -> None:
    pool, started = Pool(1, 2), threading.Semaphore(0)
    reader_cut, idler_cut = threading.Event(), threading.Event()
    reader = pool.stand_aside(reader_cut.set)
    with reader.waiting():
        reader.note_progress()
        idler = pool.submit(wait_at, pool, idler_cut, started)
        assert started.acquire(timeout=SOON)
        pool.stand_aside(started.release).leave()
    assert idler.result(SOON) == "done"
    assert idler_cut.is_set()
    assert not reader_cut.is_set()


def test_those_who_stand_aside_take_turns() -> None:
    pool, order = Pool(1, 3), list[int]()

    def work(number: int) -> None:
        place = pool.stand_aside(order.clear)
        for _ in range(50):
            place.take_turn()
            order.append(number)
            time.sleep(0.001)
        place.leave()

    for each in [pool.submit(work, number) for number in range(3)]:
        each.result(SOON)
    assert sorted(order) == [number for number in range(3) for _ in range(50)]
    busy = order[order.index(2) : 50]  # while all three are at work
    assert len(busy) > 10
    assert all(len(set(busy[at : at + 3])) == 3 for at in range(len(busy) - 2))


def test_without_more_threads_nobody_stands_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    pool, cut = Pool(1, 1), threading.Event()
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", fail)
        with pytest.raises(RuntimeError):
            pool.stand_aside(cut.set)
    assert not pool.is_full
    pool.stand_aside(cut.set).leave()
    assert not cut.is_set()


def test_an_error_is_the_result() -> None:
    pool = Pool(1, 1)
    with pytest.raises(ZeroDivisionError):
        pool.submit(divmod, 1, 0).result(SOON)
    assert pool.submit(int).result(SOON) == 0


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        accepted, _ = server.accept()
        with accepted:
            yield accepted, client


def test_a_client_that_takes_nothing_is_given_up(pair: tuple[socket.socket, socket.socket]) -> None:
    with (
        Client(pair[0], Pool(1, 1), 0.2) as client,
        pytest.raises(ConnectionResetError, match="does not take its answer"),
    ):
        client.sendall(bytes(50_000_000))


def test_a_client_that_sends_nothing_is_not_waited_for(pair: tuple[socket.socket, socket.socket]) -> None:
    with Client(pair[0], Pool(1, 1), 1) as client:
        with pytest.raises(BlockingIOError):
            client.recv_now(10)
        with pytest.raises(ConnectionResetError, match="does not send its request"):
            client.recv(10)
        pair[1].close()
        assert client.recv_now(10) == b""


def test_all_of_an_answer_arrives_where_it_is_taken_slowly(pair: tuple[socket.socket, socket.socket]) -> None:
    sent = bytes(range(256)) * 80_000
    with Client(pair[0], Pool(1, 1), SOON) as client:

        def send() -> None:
            client.sendall(sent)
            client.shutdown(socket.SHUT_WR)

        sending = threading.Thread(target=send)
        sending.start()
        received = bytearray()
        while piece := pair[1].recv(1 << 20):
            received += piece
            time.sleep(0.001)
        sending.join()
    assert bytes(received) == sent


def test_a_long_answer_stands_aside_until_its_end(pair: tuple[socket.socket, socket.socket]) -> None:
    pool = Pool(1, 1)
    with Client(pair[0], pool, SOON) as client:
        client.sendall(b"head")
        client.sendall(b"body")
        seen = [pool.is_full]
        time.sleep(0.15)
        client.sendall(b"more")
        seen.append(pool.is_full)
        client.end_answer()
        seen.append(pool.is_full)
        client.sendall(b"next")
        seen.append(pool.is_full)
    assert seen == [False, True, False, False]


def test_a_client_that_takes_a_little_all_the_time_is_not_given_up(pair: tuple[socket.socket, socket.socket]) -> None:
    size = 8_000_000
    pair[1].settimeout(SOON)
    with Client(pair[0], Pool(1, 1), 0.8) as client:
        sending = threading.Thread(target=client.sendall, args=[bytes(size)])
        sending.start()
        begun, received = time.monotonic(), 0
        while received < size:
            wanted = 100_000 if time.monotonic() < begun + 3 else size
            piece = len(pair[1].recv(wanted))
            assert piece
            received += piece
            if wanted < size:
                time.sleep(0.1)
        sending.join()


def test_a_worker_that_is_woken_for_nothing_goes_on_waiting(pair: tuple[socket.socket, socket.socket]) -> None:
    worker, conn = Worker.__new__(Worker), Connection.__new__(Connection)
    with Client(pair[0], Pool(1, 1), 1) as client:
        worker.on_parting(conn, client)
    assert not conn.is_closed
