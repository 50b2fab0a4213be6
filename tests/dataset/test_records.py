import json
from pathlib import Path

import pytest

from dataset.errors import FactsError
from dataset.extraction import extract_facts
from dataset.model import Agent, Article, Claimant, Fact, Period, article_id
from dataset.records import fact_from_record, fact_to_record, format_facts, read_facts
from tests.conftest import PAGE

ARTICLE = Article(id=article_id("ab" * 32), file="flood.txt", sha256="ab" * 32)


def facts() -> list[Fact]:
    return list(extract_facts(ARTICLE, PAGE))


def test_facts_survive_the_way_there_and_back(tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text(format_facts(facts()), encoding="utf-8")
    assert read_facts(path) == facts()


def test_every_field_survives() -> None:
    record = fact_to_record(facts()[0]) | {
        "subject": {"id": None, "name": "Dalby"},
        "period": {"edtf": "2031", "start_on": "2031-01-01", "end_on": "2031-12-31"},
        "claimants": [{"id": "mayor", "name": "the mayor", "start": 1, "end": 2}],
    }
    fact = fact_from_record(record)
    assert fact.subject == Agent(None, "Dalby")
    assert fact.period == Period("2031", "2031-01-01", "2031-12-31")
    assert fact.claimants == (Claimant("mayor", "the mayor", 1, 2),)
    assert fact_to_record(fact) | {"claimants": record["claimants"]} == record


def test_the_form_is_canonical() -> None:
    line = format_facts(facts()[:1])
    assert line == json.dumps(json.loads(line), sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
    assert '"value":1200,' in line


DAMAGE = [
    ("{", "is not JSON"),
    ("[]", "is not a JSON object"),
    ('{"id":"x"}', "malformed fact 'x'"),
    ("{good}", "unknown field"),
]


@pytest.mark.parametrize(("line", "message"), DAMAGE)
def test_a_damaged_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    good = format_facts(facts()[:1])
    line = line.replace("{good}", '{"colour":"red",' + good[1:].strip())
    path = tmp_path / "facts.jsonl"
    path.write_text(good + line + "\n", encoding="utf-8")
    with pytest.raises(FactsError, match=r"facts\.jsonl:2") as error:
        read_facts(path)
    assert message in error.value.message


def test_a_missing_or_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="no facts file"):
        read_facts(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b"\xff")
    with pytest.raises(FactsError, match="cannot read"):
        read_facts(tmp_path / "latin.jsonl")
