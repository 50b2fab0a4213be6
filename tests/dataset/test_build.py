import dataclasses
import hashlib
import json
import re
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from dataset.build import write_release
from dataset.database import build_database
from dataset.errors import ArticleError, FactsError, OutputError
from dataset.model import Article, Bound, Kind, Measure, QuantityFact, article_id, fact_id, span_digest
from dataset.verification import check_facts
from tests.conftest import PAGE, make_newsroom_release, write_manifest


def build(newsroom: Path, out: Path, *, texts: bool = True) -> None:
    release = make_newsroom_release(newsroom, out / "facts.jsonl", texts=texts)
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
    assert len(rows) == 6
    for start, end, exact, prefix, suffix, sentence in rows:
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert exact == PAGE[start:end]
        assert prefix == PAGE[max(0, start - 32) : start]
        assert suffix == PAGE[end : end + 32]
        assert sentence is None or str(exact) in str(sentence)  # of statements there is none
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
    assert [path.name for path in out.iterdir()] == ["facts.db"]


@pytest.mark.parametrize("name", ["facts.db", "facts.jsonl"])
def test_where_one_file_cannot_be_written_neither_changes(newsroom: Path, tmp_path: Path, name: str) -> None:
    build(newsroom, tmp_path)
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    (other,) = (path for path in (tmp_path / "facts.db", tmp_path / "facts.jsonl") if path.is_file())
    before = other.read_bytes()
    (newsroom / "flood.txt").write_text("The mill lost 12 carts in one fire.", encoding="utf-8")
    write_manifest(newsroom, ["flood.txt"])
    with pytest.raises(OutputError, match=rf"cannot write .*{name}"):
        build(newsroom, tmp_path)
    assert other.read_bytes() == before
    assert not list(tmp_path.glob(".facts*"))


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
    (newsroom / "articles.csv").write_text("file,published_on\nflood.txt,\ncopy.txt,\n", encoding="utf-8")
    with pytest.raises(ArticleError, match=r"flood\.txt has the same content as copy\.txt"):
        build(newsroom, tmp_path)


def test_a_renamed_file_and_its_old_row_are_refused(newsroom: Path, tmp_path: Path) -> None:
    (newsroom / "flood.txt").rename(newsroom / "copy.txt")
    with (newsroom / "articles.csv").open("a", encoding="utf-8") as handle:
        handle.write("copy.txt,,,,\n")
    with pytest.raises(ArticleError, match=r"flood\.txt has the same content as copy\.txt"):
        build(newsroom, tmp_path)


def test_an_id_that_does_not_follow_from_its_span_is_refused(newsroom: Path, tmp_path: Path) -> None:
    build(newsroom, tmp_path)
    facts = tmp_path / "facts.jsonl"
    lines = facts.read_text(encoding="utf-8").splitlines()
    identity = json.loads(lines[1])["id"]
    facts.write_text("\n".join(lines).replace(identity, "a" * 16), encoding="utf-8")
    with pytest.raises(FactsError, match=r"facts\.jsonl:2: the id a+ does not follow from"):
        build(newsroom, tmp_path, texts=False)


@pytest.mark.parametrize("change", [{"id": "short"}, {"line": 2**64}, {"exact": "\ud800"}])
def test_facts_that_no_table_holds_are_refused(newsroom: Path, tmp_path: Path, change: dict[str, Any]) -> None:
    release = make_newsroom_release(newsroom)
    facts = [dataclasses.replace(release.facts[0], **change)]
    with pytest.raises(FactsError, match=r"do not fit the tables of facts\.db"):
        build_database(tmp_path / "facts.db", release.articles, facts, release.texts)
    assert not (tmp_path / "facts.db").exists()


SENTENCE = "Some 120 barges of grain left 3 ports. "


@pytest.mark.slow
@pytest.mark.parametrize("text", [SENTENCE * 5000, f"{SENTENCE}\r\n" * 5000], ids=["one line", "many lines"])
def test_a_long_text_is_laid_out_once(tmp_path: Path, text: str) -> None:
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    article = Article(id=article_id(digest), file="long.txt", sha256=digest)
    facts = [_count_at(article, text, match.start()) for match in re.finditer("120", text)]
    begun = time.monotonic()
    build_database(tmp_path / "facts.db", [article], facts, {article.id: text})
    assert list(check_facts(facts, [article], {article.id: text})) == []
    assert time.monotonic() - begun < 20  # seconds; in square time it would take minutes
    (found,) = query(tmp_path / "facts.db", "SELECT count(*), min(sentence), max(sentence) FROM facts")
    assert found == (5000, SENTENCE.strip(), SENTENCE.strip())


def _count_at(article: Article, text: str, start: int) -> QuantityFact:
    return QuantityFact(
        id=fact_id(article.sha256, Kind.QUANTITY, start, start + 3),
        article=article.id,
        start=start,
        end=start + 3,
        line=text.count("\n", 0, start) + 1,
        exact="120",
        sha256=span_digest("120"),
        rule="cardinal",
        confidence=0.88,
        measure=Measure.LEVEL,
        value=120.0,
        value_low=120.0,
        value_high=120.0,
        bound=Bound.APPROXIMATE,
        unit="item",
    )


def test_what_the_service_reads_is_prepared_for_each_fact(newsroom: Path, tmp_path: Path) -> None:
    build(newsroom, tmp_path)
    database = tmp_path / "facts.db"
    prepared = query(database, "SELECT position, content FROM answers ORDER BY position")
    facts = query(database, "SELECT position, id FROM facts ORDER BY position")
    assert [(position, json.loads(str(content, "utf-8"))["id"]) for position, content in prepared] == facts  # type: ignore[call-overload]
    assert query(database, "SELECT min(known), max(known) FROM orderings WHERE name = 'position'") == [(6, 6)]
    ((digest, content),) = query(database, "SELECT sha256, content FROM exports WHERE name = 'facts.parquet'")
    assert isinstance(content, bytes)
    assert hashlib.sha256(content).hexdigest() == digest
    assert content[:4] == content[-4:] == b"PAR1"


def test_a_release_without_facts_can_be_built(tmp_path: Path) -> None:
    build_database(tmp_path / "facts.db", [], [], {})
    assert query(tmp_path / "facts.db", "SELECT articles, facts, texts FROM release") == [(0, 0, 0)]
    assert query(tmp_path / "facts.db", "SELECT count(*) FROM terms") == [(0,)]
