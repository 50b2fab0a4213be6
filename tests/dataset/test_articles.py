from dataclasses import replace
from pathlib import Path

import pytest

from dataset.articles import article_from_row, find_article_files, read_article, read_manifest
from dataset.errors import ArticleError, ManifestError
from dataset.model import Article
from dataset.pages import describe_article, list_articles, write_manifest
from tests.conftest import PAGE


def test_an_article_and_its_row(newsroom: Path) -> None:
    manifest = read_manifest(newsroom / "articles.csv")
    article, text = read_article(newsroom / "flood.txt", manifest)
    assert text == PAGE
    assert (article.file, article.publisher, article.published_on) == ("flood.txt", "The Dalby Post", "2031-05-12")
    assert (len(article.id), article.url) == (16, None)
    assert article_from_row(manifest["flood.txt"]) == article


def test_without_a_manifest_nothing_is_known_but_the_file(newsroom: Path) -> None:
    article, _ = read_article(newsroom / "flood.txt", None)
    assert (article.publisher, article.published_on, article.title) == (None, None, None)


def test_line_ends_and_marks_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffone\r\ntwo\rthree\u2028four\n".encode())
    assert read_article(path, None)[1] == "\ufeffone\r\ntwo\rthree\u2028four\n"


BAD_FILES = [
    (b"caf\xe9 closed", "not UTF-8"),
    (b"", "is empty"),
    (b" \n\t ", "is empty"),
    (b"\xef\xbb\xbf", "is empty"),
    (b"\xef\xbb\xbf\n ", "is empty"),
    (b"PK\x00\x01", "is binary"),
    (b"%PDF \x07 \x1b", "U+0007"),
    (b"a\x1fb", "U+001F"),
]


@pytest.mark.parametrize(("data", "message"), BAD_FILES)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    with pytest.raises(ArticleError, match=r"bad\.txt") as error:
        read_article(path, None)
    assert message in error.value.message
    assert error.value.remedy


def test_white_space_of_every_kind_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\ttwo\x0bthree\x0cfour\r\n")
    assert read_article(path, None)[1] == "one\ttwo\x0bthree\x0cfour\r\n"


def test_of_a_file_without_a_row_nothing_is_known(newsroom: Path) -> None:
    (newsroom / "other.txt").write_text("Nothing.", encoding="utf-8")
    article, _ = read_article(newsroom / "other.txt", read_manifest(newsroom / "articles.csv"))
    assert (article.file, article.publisher, article.published_on) == ("other.txt", None, None)


def test_an_altered_file_is_read_as_the_one_it_was_where_it_is_to_be_checked(newsroom: Path) -> None:
    manifest = read_manifest(newsroom / "articles.csv")
    before, _ = read_article(newsroom / "flood.txt", manifest)
    (newsroom / "flood.txt").write_text("Tampered.", encoding="utf-8")
    assert read_article(newsroom / "flood.txt", manifest, altered=True) == (before, "Tampered.")


def test_a_changed_file_is_refused(newsroom: Path) -> None:
    (newsroom / "flood.txt").write_text("Tampered.", encoding="utf-8")
    with pytest.raises(ArticleError, match="not the file of its manifest row"):
        read_article(newsroom / "flood.txt", read_manifest(newsroom / "articles.csv"))


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="cannot read"):
        read_article(tmp_path, None)


BAD_MANIFESTS = [
    ("file,title\na.txt,A\n", "has no column 'published_on'"),
    ("file,published_on\na.txt,2031,more\n", "does not fit the header"),
    ("file,published_on\n../a.txt,2031\n", "does not fit the header"),
    ("file,published_on\na.txt,2031\na.txt,2031\n", "a second time"),
    ("file,published_on\na.txt,last week\n", "published_on is 'last week'"),
    ("file,published_on,sha256\na.txt,2031,ABC\n", "sha256 is 'ABC'"),
    (f"file,published_on,sha256\na.txt,2031,{'ab' * 32}\nb.txt,2031,{'ab' * 32}\n", "csv:3 has the sha256 of a.txt"),
    ("", "has no column 'file'"),
]


@pytest.mark.parametrize(("content", "message"), BAD_MANIFESTS)
def test_a_bad_manifest_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "articles.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ManifestError, match=r"articles\.csv") as error:
        read_manifest(path)
    assert message in error.value.message


def test_a_missing_or_unreadable_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="no manifest"):
        read_manifest(tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes(b"file,published_on\ncaf\xe9.txt,2031\n")
    with pytest.raises(ManifestError, match="cannot read"):
        read_manifest(tmp_path / "latin.csv")


def test_an_absent_file_needs_its_digest(tmp_path: Path) -> None:
    path = tmp_path / "articles.csv"
    path.write_text("file,published_on\na.txt,2031\n", encoding="utf-8")
    with pytest.raises(ManifestError, match="without sha256"):
        article_from_row(read_manifest(path)["a.txt"])


def test_finding_files(newsroom: Path, tmp_path: Path) -> None:
    (newsroom / "notes.md").write_text("no article", encoding="utf-8")
    assert find_article_files([newsroom, newsroom / "flood.txt"]) == [newsroom / "flood.txt"]
    with pytest.raises(ArticleError, match="no articles in the folder"):
        find_article_files([tmp_path])
    with pytest.raises(ArticleError, match="no such file or folder"):
        find_article_files([tmp_path / "none"])


def test_a_name_with_a_newline_stays_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "two\nlines.txt"
    path.write_bytes(b"\xff")
    with pytest.raises(ArticleError) as error:
        read_article(path, None)
    assert "\n" not in str(error.value)


def test_columns_of_ones_own_are_kept(newsroom: Path) -> None:
    path = newsroom / "articles.csv"
    path.write_text('file,desk,published_on,note\nflood.txt,news,2031-05-12,"wet, cold"\n', encoding="utf-8")
    manifest = read_manifest(path)
    (newsroom / "mill.txt").write_text("The mill lost 12 carts.\n", encoding="utf-8")
    articles, _ = list_articles(find_article_files([newsroom]), manifest)
    write_manifest(path, manifest, articles)
    again = read_manifest(path)
    assert (again["flood.txt"]["desk"], again["flood.txt"]["note"]) == ("news", "wet, cold")
    assert again["mill.txt"]["desk"] == ""
    assert article_from_row(again["mill.txt"]).file == "mill.txt"


BYLINES = [
    ("By Ida Holm", "Ida Holm"),
    ("By Ida Holm and Jan O’Brien, Updated 3 May 2031", None),
    ("By Ida Holm and Jan O’Brien", "Ida Holm and Jan O’Brien"),
    ("By Ida Holm Updated 3 May 2031", "Ida Holm"),
    ("By · The Dalby Post", None),
    ("3 May 2031", None),
]


@pytest.mark.parametrize(("line", "byline"), BYLINES)
def test_the_byline_of_a_page_is_taken(line: str, byline: str | None) -> None:
    text = f"Flood in Norby\n\n{line}\n\nThe mill lost 12 carts on Monday, the mayor said.\n"
    article = Article(id="a" * 16, file="mill.txt", sha256="ab" * 32)
    assert describe_article(article, text).byline == byline
    assert describe_article(replace(article, byline="Zo Berg"), text).byline == "Zo Berg"
