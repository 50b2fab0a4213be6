import dataclasses
import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataset.checks import FIELDS
from dataset.errors import FactsError
from dataset.extraction import extract_facts
from dataset.model import (
    Article,
    EventFact,
    Fact,
    Kind,
    Mention,
    Period,
    QuantityFact,
    StatementFact,
    Subject,
    article_id,
)
from dataset.records import (
    Record,
    fact_from_record,
    fact_to_record,
    format_facts,
    format_line,
    format_record,
    read_facts,
)
from tests.conftest import PAGE

ARTICLE = Article(id=article_id("ab" * 32), file="flood.txt", sha256="ab" * 32)


TOLD = "“We will not move,” Holm said on Sunday. On 3 May gunmen attacked the port of Norby.\n\n"
STORY = PAGE.replace("At least five", TOLD + "At least five")


def facts() -> list[Fact]:
    return extract_facts(ARTICLE, STORY)


def figure() -> QuantityFact:
    return next(fact for fact in facts() if isinstance(fact, QuantityFact))


def test_facts_survive_the_way_there_and_back(tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text(format_facts(facts()), encoding="utf-8")
    assert read_facts(path) == facts()


def test_every_field_survives() -> None:
    record = fact_to_record(figure()) | {
        "subject": {"id": None, "name": "Dalby", "inferred": True},
        "period": {"edtf": "2031", "start_on": "2031-01-01", "end_on": "2031-12-31"},
        "claimants": [{"id": "mayor", "name": "the mayor", "start": 1, "end": 2, "inferred": True}],
    }
    fact = fact_from_record(record)
    assert isinstance(fact, QuantityFact)
    assert fact.subject == Subject(None, "Dalby", inferred=True)
    assert fact.period == Period("2031", "2031-01-01", "2031-12-31")
    assert fact.claimants == (Mention("mayor", "the mayor", 1, 2, inferred=True),)
    assert fact_to_record(fact) == record


def test_the_form_is_canonical() -> None:
    line = format_facts([figure()])
    assert line == json.dumps(json.loads(line), sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
    assert '"value":1200,' in line


DAMAGE = [
    ("{", "is not JSON"),
    ("[]", "is not a JSON object"),
    ('{"id":"x"}', "the field kind is missing"),
    ("[" * 100_000, "is not JSON"),
    ("9" * 5000, "is not JSON"),
    ("{good}", "unknown field"),
]


@pytest.mark.parametrize(("line", "message"), DAMAGE)
def test_a_damaged_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    good = format_facts([figure()])
    line = line.replace("{good}", '{"colour":"red",' + good[1:].strip())
    path = tmp_path / "facts.jsonl"
    path.write_text(good + line + "\n", encoding="utf-8")
    with pytest.raises(FactsError, match=r"facts\.jsonl:2") as error:
        read_facts(path)
    assert message in error.value.message


HUGE = 10**400
CLAIMANT = {"id": None, "name": "x", "start": None, "end": None, "inferred": False}
MENTION = CLAIMANT | {"role": "actor"}
FIELDS_DAMAGED: list[tuple[str, object, str]] = [
    ("id", "x", "id is 'x', not 16 characters"),
    ("id", 7, "id is 7"),
    ("article", "", "article is ''"),
    ("kind", "opinion", "kind is 'opinion', not one of quantity, statement, event"),
    ("start", -1, "start is -1, not a whole number"),
    ("start", 1.5, "start is 1.5"),
    ("start", True, "start is True"),
    ("start", HUGE, "start is 1000"),
    ("start", 10**9, "start, end are not in order"),
    ("end", 2**63, "end is"),
    ("line", 0, "line is 0"),
    ("exact", "x" * 61, "not text of at most 60 characters"),
    ("exact", "\ud800", "exact is '\\ud800'"),
    ("sha256", "AB" * 32, "not 64 lower-case hexadecimal digits"),
    ("value", "1200", "value is '1200', not a finite number"),
    ("value", math.nan, "value is nan"),
    ("value_high", math.inf, "value_high is inf"),
    ("value", HUGE, "value is 1000"),
    ("value_low", 1300, "value_low, value, value_high are not in order"),
    ("value_high", 1100, "value_low, value, value_high are not in order"),
    ("unit", None, "unit is None, not text"),
    ("unit", ["person"], "unit is ['person'], not text"),
    ("bound", None, "bound is None"),
    ("measure", None, "measure is None"),
    ("confidence", 1.1, "confidence is 1.1, not a number from 0 to 1"),
    ("confidence", -0.1, "confidence is -0.1"),
    ("rule", None, "rule is None"),
    ("counted", "\udfff", "counted is"),
    ("modality", None, "modality is None"),
    ("subject", "Dalby", "subject is 'Dalby', not an object"),
    ("subject", {"id": None, "inferred": False}, "the field subject.name is missing"),
    ("subject", {"id": None, "name": "Dalby", "inferred": False, "age": 3}, "unknown field 'subject.age'"),
    ("period", {"edtf": "2031", "start_on": "May", "end_on": None}, "period.start_on is 'May'"),
    ("period", {"edtf": "2031", "start_on": "2031-02-01", "end_on": "2031-01-01"}, "are not in order"),
    ("claimants", None, "claimants is None, not a list"),
    ("claimants", ["mayor"], "claimants[0] is 'mayor', not an object"),
    ("claimants", [CLAIMANT | {"name": ""}], "claimants[0].name is ''"),
    ("claimants", [CLAIMANT | {"start": 2, "end": 2}], "are not in order"),
    ("repeats", "a" * 16, "which is no other fact of its article"),
    ("review", {}, "the field review.note is missing"),
    ("review", {"status": "liked", "reviewer": None, "reviewed_on": None, "note": None}, "review.status is 'liked'"),
]


@pytest.mark.parametrize(("name", "value", "message"), FIELDS_DAMAGED)
def test_a_damaged_field_is_named(tmp_path: Path, name: str, value: object, message: str) -> None:
    _expect_refusal(tmp_path, Kind.QUANTITY, {name: value}, message)


OTHER_FIELDS_DAMAGED: list[tuple[Kind, str, object, str]] = [
    (Kind.STATEMENT, "exact", "No.", "exact is 'No.', not null: what was said stays with its article"),
    (Kind.STATEMENT, "direct", None, "direct is None, not true or false"),
    (Kind.STATEMENT, "cue", {"start": 5, "end": 5, "exact": "said"}, "cue.start, cue.end are not in order"),
    (Kind.STATEMENT, "cue", {"start": 1, "end": 5, "exact": "x" * 61}, "cue.exact is"),
    (Kind.STATEMENT, "unit", "person", "unknown field 'unit'"),
    (Kind.EVENT, "event_type", "", "event_type is ''"),
    (Kind.EVENT, "polarity", "maybe", "polarity is 'maybe', not one of positive, negative"),
    (Kind.EVENT, "modality", "asserted", "modality is 'asserted', not one of done, announced, planned, denied"),
    (Kind.EVENT, "participants", None, "participants is None, not a list"),
    (Kind.EVENT, "participants", [{"role": "actor"}], "the field participants[0].end is missing"),
    (Kind.EVENT, "participants", [{**MENTION, "role": "hero"}], "participants[0].role is 'hero'"),
    (Kind.EVENT, "participants", [{**MENTION, "inferred": None}], "participants[0].inferred is None"),
]


@pytest.mark.parametrize(("kind", "name", "value", "message"), OTHER_FIELDS_DAMAGED)
def test_a_damaged_field_of_any_kind_is_named(
    tmp_path: Path, kind: Kind, name: str, value: object, message: str
) -> None:
    _expect_refusal(tmp_path, kind, {name: value}, message)


def _expect_refusal(tmp_path: Path, kind: Kind, change: dict[str, object], message: str) -> None:
    one = next(fact for fact in facts() if fact.kind is kind)
    other = next(fact for fact in facts() if fact.kind is not kind)
    path = tmp_path / "facts.jsonl"
    path.write_text(format_facts([other]) + json.dumps(fact_to_record(one) | change) + "\n", encoding="utf-8")
    with pytest.raises(FactsError, match=r"facts\.jsonl:2") as error:
        read_facts(path)
    assert message in error.value.message
    assert error.value.remedy


def test_a_quantity_commits_to_something() -> None:
    with pytest.raises(FactsError, match="value_low and value_high are both null"):
        fact_from_record(fact_to_record(figure()) | {"value": None, "value_low": None, "value_high": None})


def test_every_field_of_a_fact_has_its_check() -> None:
    for kind in (QuantityFact, StatementFact, EventFact):
        assert set(FIELDS[kind.kind]) == {"kind", *(field.name for field in dataclasses.fields(kind))}


def test_an_id_that_stands_twice_is_named(tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text("\n" + format_facts([*facts()[:2], facts()[0]]), encoding="utf-8")
    with pytest.raises(FactsError, match=r"jsonl:4: the id \w+ stands in .*jsonl:2 too"):
        read_facts(path)


def test_a_fact_may_repeat_one_of_its_article_but_not_itself(tmp_path: Path) -> None:
    one, other = facts()[:2]
    path = tmp_path / "facts.jsonl"
    path.write_text(format_facts([one, dataclasses.replace(other, repeats=one.id)]), encoding="utf-8")
    assert read_facts(path)[1].repeats == one.id
    path.write_text(format_facts([one, dataclasses.replace(other, repeats=other.id)]), encoding="utf-8")
    with pytest.raises(FactsError, match="which is no other fact of its article"):
        read_facts(path)


def test_with_the_articles_known_ids_are_checked(tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text(format_facts(facts()), encoding="utf-8")
    assert read_facts(path, {ARTICLE.id: ARTICLE.sha256}) == facts()
    with pytest.raises(FactsError, match=r"jsonl:1: the id \w+ does not follow from"):
        read_facts(path, {ARTICLE.id: "cd" * 32})
    with pytest.raises(FactsError, match=r"jsonl:1 is of the article .*, which is not in the manifest"):
        read_facts(path, {})


def test_numbers_of_any_size_come_back_as_they_were(tmp_path: Path) -> None:
    fact = dataclasses.replace(figure(), value=3e25, value_low=3e25, value_high=None)
    path = tmp_path / "facts.jsonl"
    path.write_text(format_facts([fact]), encoding="utf-8")
    assert read_facts(path) == [fact]
    (read,) = read_facts(path)
    assert isinstance(read, QuantityFact)
    assert isinstance(read.value, float)


def test_a_missing_or_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="no facts file"):
        read_facts(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b"\xff")
    with pytest.raises(FactsError, match="cannot read"):
        read_facts(tmp_path / "latin.jsonl")


NUMBERS = (
    st.none() | st.floats() | st.integers(-(2**70), 2**70) | st.sampled_from([1e-4, 9e-5, 1e15 + 0.5, 1e16, 0.0, -0.0])
)
TEXTS = st.text(st.characters(exclude_categories=[])) | st.sampled_from(['\x00\x1b\x7f\u2028"\\/', "🌊é"])


@given(st.dictionaries(st.sampled_from(["value", "value_low", "confidence"]), NUMBERS), TEXTS, st.booleans())
def test_a_line_is_the_canonical_one_whatever_it_says(numbers: dict[str, float | None], text: str, said: bool) -> None:
    record: Record = {"name": text, "in": {"b": [said, None, text], "a": 1}, **numbers}
    try:
        expected: object = f"{format_record(record)}\n".encode()
    except ValueError as error:  # for infinite numbers, and for half a character
        expected = type(error)
    try:
        found: object = format_line(record)
    except ValueError as error:
        found = type(error)
    assert found == expected
