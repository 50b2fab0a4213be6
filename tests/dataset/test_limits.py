"""Files that are no articles, or hardly: each is named with its remedy, and the good ones come through."""

import os
import tracemalloc
from pathlib import Path

import pytest

from dataset.articles import MAX_BYTES, find_article_files, read_article
from dataset.curation import extract_files
from dataset.errors import ArticleError
from dataset.pages import tell_unlisted
from tests.conftest import PAGE

ABOVE = MAX_BYTES + 1


def refusal(path: Path) -> str:
    with pytest.raises(ArticleError) as error:
        read_article(path, None)
    assert error.value.remedy
    return str(error.value)


HUGE = [
    ("100 MB", b"x", 100_000_000),
    ("ten million short lines", b"a\n", 10_000_000),
    ("one line of 50 MB", b"The mayor. ", 4_545_454),
    ("one byte more than allowed", b"x", ABOVE),
]


@pytest.mark.parametrize(("unit", "count"), [case[1:] for case in HUGE], ids=[case[0] for case in HUGE])
def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path, unit: bytes, count: int) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as handle:
        for _ in range(0, count, 100_000):
            handle.write(unit * min(100_000, count))
        handle.truncate(len(unit) * count)
    tracemalloc.start()
    message = refusal(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (
        f"huge.txt has {len(unit) * count:,} bytes, an article at most 1,000,000: give each article a file" in message
    )
    assert peak < 3 * MAX_BYTES


def test_the_largest_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * MAX_BYTES)
    assert len(read_article(path, None)[1]) == MAX_BYTES


MIXED = [
    (PAGE.encode() + "café".encode("latin-1"), "is not UTF-8: save it as UTF-8 (byte"),
    (PAGE.encode("utf-16"), "is not UTF-8: save it as UTF-8 (byte 0"),
    ("The mill lost 12 carts.".encode("utf-16-le"), "is binary, it holds the control character U+0000"),
    (PAGE.encode() + b"\xed\xa0\x80", "is not UTF-8"),  # half of a surrogate pair
    (PAGE.encode() + b"\x00", "is binary, it holds the control character U+0000: give the article's plain text"),
]


@pytest.mark.parametrize(("data", "message"), MIXED)
def test_what_is_in_two_encodings_or_in_another_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "mixed.txt"
    path.write_bytes(data)
    assert message in refusal(path)


def test_bidirectional_controls_are_text(tmp_path: Path) -> None:
    path = tmp_path / "bidi.txt"
    text = PAGE.replace("Dalby", "\u202eDalby\u202c\u2066\u2069")
    path.write_text(text, encoding="utf-8")
    (extraction,) = extract_files([path], None)
    assert [text[fact.start : fact.end] for fact in extraction.facts if fact.exact] == [
        fact.exact for fact in extraction.facts if fact.exact
    ]
    assert len(extraction.facts) == 6


@pytest.fixture
def linked(newsroom: Path, tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("Some 40 boats sank.", encoding="utf-8")
    (newsroom / "in.txt").symlink_to("flood.txt")
    (newsroom / "loop.txt").symlink_to("loop.txt")
    (newsroom / "nowhere.txt").symlink_to("none")
    (newsroom / "out.txt").symlink_to(tmp_path / "secret.txt")
    (newsroom / "up.txt").symlink_to("../secret.txt")
    os.mkfifo(newsroom / "pipe.txt")  # nothing is ever written to it: it is no file
    return newsroom


def test_a_link_out_of_the_folder_is_refused_by_name(linked: Path) -> None:
    extractions = {each.path.name: each for each in extract_files(find_article_files([linked]), None)}
    errors = {name: str(each.error) for name, each in extractions.items() if each.error}
    assert sorted(extractions) == ["flood.txt", "in.txt", "loop.txt", "nowhere.txt", "out.txt", "up.txt"]
    assert sorted(errors) == ["loop.txt", "nowhere.txt", "out.txt", "up.txt"]
    for name in ("out.txt", "up.txt"):
        assert (
            f"{name} is a symbolic link out of its folder, to {linked.parent}/secret.txt: put the file" in errors[name]
        )
    assert "cannot read" in errors["nowhere.txt"]
    assert len(extractions["in.txt"].facts) == 6


def test_a_folder_that_is_a_link_is_a_folder(linked: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(linked)
    assert read_article(tmp_path / "link/in.txt", None)[1] == PAGE


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text(PAGE, encoding="utf-8")
    assert refusal(path) == f"the name of {tmp_path}/caf\\udce9.txt is not UTF-8: rename it"


def test_a_name_with_a_newline_is_read(tmp_path: Path) -> None:
    path = tmp_path / "two\nlines.txt"
    path.write_text(PAGE, encoding="utf-8")
    (extraction,) = extract_files(find_article_files([tmp_path]), {})
    assert len(extraction.lines) == 6
    assert extraction.article is not None
    assert tell_unlisted(extraction.article)
