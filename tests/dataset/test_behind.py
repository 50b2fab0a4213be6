"""Work in a thread behind the caller's back: in order, few pieces ahead, and no error goes unheard."""

import threading
import time

import pytest

from dataset.behind import Behind


def test_everything_is_done_in_order_in_one_other_thread() -> None:
    done: list[tuple[int, int]] = []
    with Behind() as behind:
        for number in range(50):
            behind.do(lambda each: done.append((each, threading.get_ident())), number)
    assert [number for number, _ in done] == list(range(50))
    (thread,) = {thread for _, thread in done}
    assert thread != threading.get_ident()


def test_the_caller_is_never_far_ahead() -> None:
    go_on, done = threading.Semaphore(0), list[int]()

    def work(number: int) -> None:
        go_on.acquire()
        done.append(number)

    def give() -> None:
        with Behind() as behind:
            for number in range(20):
                given.append(number)
                behind.do(work, number)

    given: list[int] = []
    giving = threading.Thread(target=give)
    giving.start()
    for number in range(20):
        end = time.monotonic() + 5
        while len(done) < number and time.monotonic() < end:
            time.sleep(0.001)
        assert len(given) - len(done) <= 4
        go_on.release()
    giving.join()
    assert done == list(range(20))


def fail() -> None:
    raise OSError(28, "No space left on device")


def test_an_error_reaches_the_caller_at_the_end_at_the_latest() -> None:
    with pytest.raises(OSError, match="No space left"), Behind() as behind:
        behind.do(fail)


def test_nothing_is_begun_after_an_error() -> None:
    given, done = list[int](), list[int]()

    def give() -> None:
        with Behind() as behind:
            behind.do(fail)
            for number in range(100):
                given.append(number)
                behind.do(done.append, number)

    with pytest.raises(OSError, match="No space left"):
        give()
    assert len(given) < 10
    settled = list(done)
    time.sleep(0.05)
    assert done == settled


def test_an_error_of_the_caller_cancels_what_waits() -> None:
    begun, go_on, done = threading.Event(), threading.Event(), list[int]()

    def hold() -> None:
        begun.set()
        go_on.wait(5)

    def give() -> None:
        with Behind() as behind:
            behind.do(hold)
            behind.do(done.append, 1)
            begun.wait(5)
            threading.Timer(0.05, go_on.set).start()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        give()
    assert go_on.is_set()  # what had begun was waited for
    assert done == []
