"""The repository speaks in its own words: no run of words of an annotated article stands in it."""

import csv
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ("articles", "articles-dev", "eval/newsquant/text")
RUN = 7  # words in a row: fewer than that any two texts may share
TITLES = "dataset/articles.csv"  # titles are cited
ANSWERS = ("README.md", "api/examples.json", "openapi.yaml")  # an answer in them names its article by a short title
LONGEST = 9  # words of such a title
FACTS = "dataset/facts.jsonl"  # phrases of at most 60 characters, as dataset.checks holds them
NAMES = "dataset/vocabulary/agents.csv"  # the full name of a body may well be long
ADDRESS = re.compile(r"https?://[^\s\"'<>),]+")  # an address may spell out a title


def find_words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", ADDRESS.sub(" ", text).lower())


def find_runs(text: str) -> Iterator[tuple[str, ...]]:
    words = find_words(text)
    return zip(*(words[first:] for first in range(RUN)), strict=False)


@cache
def foreign_runs(shared: Path) -> frozenset[tuple[str, ...]]:
    texts = [path for folder in TEXTS for path in sorted((shared / folder).glob("*.txt"))]
    return frozenset(run for path in texts for run in find_runs(path.read_text(encoding="utf-8")))


def tracked_files() -> list[str]:
    if shutil.which("git") is None:
        return []
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return [
        name for name in listed.stdout.splitlines() if name not in (TITLES, NAMES, FACTS) and (ROOT / name).is_file()
    ]


def test_a_shared_run_is_found() -> None:
    runs = frozenset(find_runs("One, two: three four-five SIX seven (eight) nine."))
    assert not runs.isdisjoint(find_runs("# six of two three four\n# five six seven eight"))
    assert runs.isdisjoint(find_runs("two three four five six seven of eight nine"))
    assert list(find_runs("see https://dalby.example/one-two-three-four-five-six-seven")) == []


def test_no_run_of_words_is_taken_from_the_annotated_articles(shared: Path) -> None:
    names = tracked_files()
    if not names:
        pytest.skip("this copy of the project is no git repository")
    with (ROOT / TITLES).open(encoding="utf-8", newline="") as handle:
        all_titles = [row["title"] for row in csv.DictReader(handle)]
    titles = frozenset(run for title in all_titles if len(find_words(title)) <= LONGEST for run in find_runs(title))
    found = [
        f"{name}: {' '.join(run)}"
        for name in names
        for run in find_runs((ROOT / name).read_text(encoding="utf-8"))
        if run in foreign_runs(shared) and not (name in ANSWERS and run in titles)
    ]
    assert found == []
