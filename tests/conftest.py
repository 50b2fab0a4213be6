"""What many tests share: a made-up newspaper page and the folder of real articles, where it is."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest
from hypothesis import settings

from dataset.articles import read_manifest
from dataset.build import Release, make_release, read_inputs

settings.register_profile("factline", deadline=None)  # machines here are slow now and then
settings.load_profile("factline")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"

PAGE = """Skip to main content

Flood Drives 1,200 People From Homes in Dalby

By Ida Holm

More than 1,200 people left Dalby on Monday, the mayor said \U0001f30a and 40 boats came.

At least five villagers were injured, and 3% of the fields are lost.

Sign up for our newsletter: 3 mails a week.

© 2031 The Dalby Post. All rights reserved.
"""


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the annotated articles (../shared) are not here")
    return SHARED


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """A folder with one made-up article and its manifest."""
    folder = tmp_path / "newsroom"
    folder.mkdir()
    (folder / "flood.txt").write_bytes(PAGE.encode("utf-8"))
    write_manifest(folder, ["flood.txt"])
    return folder


def write_manifest(folder: Path, names: list[str]) -> None:
    """A manifest with a row, and the right digest, for each of the files."""
    with (folder / "articles.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["file", "sha256", "publisher", "published_on", "title"])
        for name in names:
            digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            writer.writerow([name, digest, "The Dalby Post", "2031-05-12", "Flood in Dalby"])


def make_newsroom_release(newsroom: Path, facts: Path = Path("none.jsonl"), *, texts: bool = True) -> Release:
    """The release that a newsroom makes; without its texts, from `facts`."""
    articles, held = read_inputs(newsroom if texts else None, read_manifest(newsroom / "articles.csv"))
    return make_release(articles, held, facts, newsroom / "reviews")
