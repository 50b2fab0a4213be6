import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from dataset import curation
from dataset.articles import Manifest, find_article_files, read_manifest
from dataset.curation import Extraction, extract_files
from scripts.curate import ROOT
from tests.conftest import write_manifest


@pytest.fixture
def many(newsroom: Path) -> Path:
    """A folder of 150 articles, more than are under way at once, one of them bad."""
    for number in range(149):
        (newsroom / f"a{number:03}.txt").write_text(f"The mill lost {number + 10} carts.", encoding="utf-8")
    (newsroom / "a007.txt").write_bytes(b"\xff")
    write_manifest(newsroom, [path.name for path in find_article_files([newsroom])])
    return newsroom


@pytest.mark.parametrize("kind", [None, ThreadPoolExecutor, ProcessPoolExecutor])
def test_files_come_in_order_and_bad_ones_are_named(many: Path, kind: type[Executor] | None) -> None:
    files = find_article_files([many])
    manifest = read_manifest(many / "articles.csv")
    executor = kind() if kind else None
    extractions = list(extract_files(files, manifest, executor))
    if executor:
        executor.shutdown()
    assert [extraction.path for extraction in extractions] == files
    (bad,) = (extraction for extraction in extractions if extraction.error)
    assert bad.path.name == "a007.txt"
    assert bad.error is not None
    assert "is not UTF-8" in bad.error.message
    assert [extraction.facts[0].exact for extraction in extractions[:3]] == ["10", "11", "12"]


def test_a_single_file_needs_no_process(newsroom: Path) -> None:
    (extraction,) = extract_files([newsroom / "flood.txt"], None)
    assert len(extraction.facts) == 6


def test_a_file_without_a_row_is_described_by_its_page(many: Path) -> None:
    for name in ("a000.txt", "a001.txt"):
        (many / name).write_text(
            f"Flood in Norby\n\nThe mill lost 40 carts on Monday, {name} said.\n", encoding="utf-8"
        )
    write_manifest(many, ["flood.txt"])
    extractions = list(extract_files(find_article_files([many])[:2], read_manifest(many / "articles.csv")))
    titles = [extraction.article.title for extraction in extractions if extraction.article]
    assert titles == ["Flood in Norby", "Flood in Norby"]


def test_a_date_that_only_the_page_gives_is_used_and_named(tmp_path: Path) -> None:
    path = tmp_path / "flood.txt"
    path.write_text("Flood in Dalby\nPublished: 12 May 2031\nOn Sunday 40 boats sank off Dalby.\n", encoding="utf-8")
    (extraction,) = extract_files([path], None)
    assert extraction.article is not None
    assert (extraction.article.published_on, extraction.dated_by) == ("2031-05-12", "published label")
    (line,) = extraction.lines
    assert '"time":"2031-05-11"' in line
    assert '"dated_by":"published label"' in line


def test_without_any_date_relative_times_stay_unresolved(tmp_path: Path) -> None:
    path = tmp_path / "flood.txt"
    path.write_text("Flood in Dalby\nOn Sunday 40 boats sank off Dalby.\n", encoding="utf-8")
    (extraction,) = extract_files([path], None)
    assert extraction.dated_by is None
    assert [fact.period for fact in extraction.facts] == [None]


BAD = ("a003.txt", "a120.txt")  # one of those that are under way first, one that is handed over late


def spoil(monkeypatch: pytest.MonkeyPatch, how: Callable[[], object]) -> None:
    """Let the extraction of two files meet a defect; processes that are made later inherit it."""
    extract = curation._extract_file  # noqa: SLF001

    def spoilt(path: Path, manifest: Manifest | None) -> Extraction:
        if path.name in BAD:
            how()
        return extract(path, manifest)

    monkeypatch.setattr(curation, "_extract_file", spoilt)


def raise_defect() -> None:
    raise IndexError("list index out of range\nin line 3")


DEFECTS = [
    (raise_defect, "IndexError: list index out of range"),
    (lambda: os.kill(os.getpid(), signal.SIGKILL), "its process died"),
]


@pytest.mark.parametrize(("how", "message"), DEFECTS, ids=["exception", "death"])
def test_a_defect_costs_the_file_alone(
    many: Path, monkeypatch: pytest.MonkeyPatch, how: Callable[[], object], message: str
) -> None:
    files = find_article_files([many])
    spoil(monkeypatch, how)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    extractions = list(extract_files(files, None))
    assert [extraction.path for extraction in extractions] == files
    errors = {each.path.name: str(each.error) for each in extractions if each.error}
    assert sorted(errors) == ["a003.txt", "a007.txt", "a120.txt"]
    for name in BAD:
        assert name in errors[name]
        assert message in errors[name]
        assert "\n" not in errors[name]
    assert sum(bool(extraction.facts) for extraction in extractions) == len(files) - 3


ENDLESS = """
import os, time
from pathlib import Path
from dataset import curation
from dataset.curation import extract_files
def wait(path, manifest):
    Path(f"{path}.{os.getpid()}.pid").touch()
    time.sleep(0.1)
    raise ValueError
os.cpu_count = lambda: 2
curation._extract_file = wait
list(extract_files([Path("a"), Path("b")] * 1000, None))
"""


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "-c", ENDLESS], cwd=tmp_path, env=environment)
    while len(workers := {int(path.suffixes[-2][1:]) for path in tmp_path.glob("*.pid")}) < 2:
        time.sleep(0.02)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 10
    while (left := [worker for worker in workers if Path(f"/proc/{worker}").exists()]) and time.monotonic() < deadline:
        time.sleep(0.02)
    for worker in left:
        os.kill(worker, signal.SIGKILL)
    assert left == []
