"""What a build does with facts that come wrong, and when it is interrupted while it writes."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dataset.database import build_database
from dataset.errors import FactsError
from scripts.curate import ROOT
from tests.api.sample import ARTICLES, FACTS

BUILD = """
import signal
import sys
from pathlib import Path
from scripts.synthetic import build_release
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what runs in the background ignore it
build_release(Path(sys.argv[1]), 500_000)
"""


def test_facts_of_an_unknown_article_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match=f"a fact is of the article {FACTS[0].article}, which is not the next"):
        build_database(tmp_path / "facts.db", [each for each in ARTICLES if each.id != FACTS[0].article], FACTS, {})
    assert list(tmp_path.iterdir()) == []


def test_facts_that_are_not_in_the_order_of_the_articles_are_refused(tmp_path: Path) -> None:
    assert len({fact.article for fact in FACTS}) > 1
    with pytest.raises(FactsError, match="which is not the next: sort facts as articles are"):
        build_database(tmp_path / "facts.db", ARTICLES, FACTS[::-1], {})


def test_an_interrupt_leaves_the_old_database_alone(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    path.write_text("old", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", BUILD, path], cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    while process.poll() is None and not any(each.stat().st_size > 1 << 20 for each in tmp_path.glob(".facts.db.*")):
        time.sleep(0.01)
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert time.monotonic() - begun < 10  # seconds; the rest of the build takes longer
    assert process.returncode != 0
    assert errors.splitlines()[-1] == "KeyboardInterrupt"
    assert [each.name for each in tmp_path.iterdir()] == ["facts.db"]
    assert path.read_text(encoding="utf-8") == "old"
