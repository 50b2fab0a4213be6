import sqlite3
from pathlib import Path

import pytest

from dataset.build import make_release, read_inputs, write_release
from dataset.errors import ArticleError, FactsError, OutputError
from tests.conftest import PAGE, write_manifest


def build(newsroom: Path, out: Path, *, texts: bool = True) -> None:
    articles, held = read_inputs(newsroom if texts else None, newsroom / "articles.csv")
    release = make_release(articles, held, out / "facts.jsonl")
    write_release(release, out / "facts.jsonl", out / "facts.db")


def dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


def query(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    rows = connection.execute(sql).fetchall()
    connection.close()
    return rows


def test_two_builds_are_the_same(newsroom: Path, tmp_path: Path) -> None:
    build(newsroom, tmp_path / "one")
    build(newsroom, tmp_path / "two")
    assert (tmp_path / "one/facts.jsonl").read_bytes() == (tmp_path / "two/facts.jsonl").read_bytes()
    assert dump(tmp_path / "one/facts.db") == dump(tmp_path / "two/facts.db")
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == ["facts.db", "facts.jsonl"]


def test_the_table(newsroom: Path, tmp_path: Path) -> None:
    build(newsroom, tmp_path)
    rows = query(tmp_path / "facts.db", 'SELECT start, "end", exact, prefix, suffix, sentence FROM facts')
    assert len(rows) == 5
    for start, end, exact, prefix, suffix, sentence in rows:
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert exact == PAGE[start:end]
        assert prefix == PAGE[max(0, start - 32) : start]
        assert suffix == PAGE[end : end + 32]
        assert str(exact) in str(sentence)
    (found,) = query(tmp_path / "facts.db", "SELECT count(*) FROM facts_fts WHERE facts_fts MATCH 'villagers'")
    assert found == (2,)


def test_the_fragment_counts_a_line_end_as_one_character(newsroom: Path, tmp_path: Path) -> None:
    (newsroom / "flood.txt").write_bytes(PAGE.replace("\n", "\r\n").encode("utf-8"))
    write_manifest(newsroom, ["flood.txt"])
    build(newsroom, tmp_path)
    start = PAGE.index("40 boats")
    (found,) = query(tmp_path / "facts.db", "SELECT start, fragment FROM facts WHERE exact = '40'")
    assert found == (start + PAGE.count("\n", 0, start), f"char={start},{start + 2}")


def test_without_texts_the_same_release_is_built_from_the_facts(newsroom: Path, tmp_path: Path) -> None:
    build(newsroom, tmp_path)
    with_texts = query(tmp_path / "facts.db", "SELECT digest, facts, texts FROM release")
    (newsroom / "flood.txt").unlink()
    build(newsroom, tmp_path, texts=False)
    without = query(tmp_path / "facts.db", "SELECT digest, facts, texts FROM release")
    assert with_texts[0][:2] == without[0][:2]
    assert (with_texts[0][2], without[0][2]) == (1, 0)
    assert query(tmp_path / "facts.db", "SELECT DISTINCT prefix, suffix, sentence FROM facts") == [(None, None, None)]


def test_facts_of_an_absent_text_are_kept(newsroom: Path, tmp_path: Path) -> None:
    (newsroom / "mill.txt").write_text("The mill lost 12 carts in one fire.", encoding="utf-8")
    write_manifest(newsroom, ["flood.txt", "mill.txt"])
    build(newsroom, tmp_path)
    before = (tmp_path / "facts.jsonl").read_bytes()
    (newsroom / "mill.txt").unlink()
    build(newsroom, tmp_path)
    assert (tmp_path / "facts.jsonl").read_bytes() == before


def test_facts_of_an_unknown_article_are_named(newsroom: Path, tmp_path: Path) -> None:
    build(newsroom, tmp_path)
    (newsroom / "mill.txt").write_text("The mill lost 12 carts.", encoding="utf-8")
    write_manifest(newsroom, ["mill.txt"])
    with pytest.raises(FactsError, match="not in the manifest"):
        build(newsroom, tmp_path, texts=False)


def test_an_unwritable_place_is_named_and_nothing_is_left(newsroom: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "facts.db").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"cannot write .*facts\.db"):
        build(newsroom, out)
    assert sorted(path.name for path in out.iterdir()) == ["facts.db", "facts.jsonl"]


def test_a_failing_build_leaves_the_old_database(
    newsroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(newsroom, tmp_path)
    before = (tmp_path / "facts.db").read_bytes()

    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr("dataset.database._check", broken)
    with pytest.raises(OutputError, match="disk full"):
        build(newsroom, tmp_path)
    assert (tmp_path / "facts.db").read_bytes() == before
    assert not list(tmp_path.glob(".facts*"))


def test_two_files_of_the_same_content_are_refused(newsroom: Path, tmp_path: Path) -> None:
    (newsroom / "copy.txt").write_bytes((newsroom / "flood.txt").read_bytes())
    write_manifest(newsroom, ["flood.txt", "copy.txt"])
    with pytest.raises(ArticleError, match=r"flood\.txt has the same content as copy\.txt"):
        build(newsroom, tmp_path)
