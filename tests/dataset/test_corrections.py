from __future__ import annotations

from typing import Any

import pytest

from dataset.corrections import Words, find_number, parse_fields, settable, write_fields
from dataset.errors import ReviewError
from dataset.extraction import extract_facts
from dataset.lexer import find_places
from dataset.model import Article, Kind, article_id
from dataset.records import fact_to_record

TEXT = (
    "TASS said on Monday that the Kremlin lost 40 boats off Norby.\n\n"
    "He counted more than 90 of them, Ida Holm said. Finland attacked the port of Norby on 3 May 2031.\n"
)
ARTICLE = Article(id=article_id("ab" * 32), file="boats.txt", sha256="ab" * 32, published_on="2031-05-05")


def words(around: str) -> Words:
    start = TEXT.index(around)
    return Words(TEXT, start, start + len(around))


def parse(kind: Kind, *written: str, around: str = "40", **known: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return parse_fields(kind, written, words(around), known)


def mention(id_: str | None, name: str, quoted: str, *, inferred: bool = False) -> dict[str, Any]:
    start = TEXT.index(quoted)
    return {"id": id_, "name": name, "start": start, "end": start + len(quoted), "inferred": inferred}


QUANTITIES: list[tuple[str, dict[str, Any]]] = [
    ("metric=killed", {"metric": "killed"}),
    ("metric=null", {"metric": None}),
    ("counted=", {"counted": None}),
    ("unit=item", {"unit": "item"}),
    ("value=1,500", {"value": 1500, "value_low": 1500, "value_high": 1500}),
    ("value=0.5", {"value": 0.5, "value_low": 0.5, "value_high": 0.5}),
    ("value_low=7", {"value_low": 7}),
    ("period=2031-04", {"period": {"edtf": "2031-04", "start_on": "2031-04-01", "end_on": "2031-04-30"}}),
    ("period=null", {"period": None}),
    ("subject=finland", {"subject": {"id": "finland", "name": "Finland", "inferred": False}}),
    ("subject=finland*", {"subject": {"id": "finland", "name": "Finland", "inferred": True}}),
    ("subject=boats", {"subject": {"id": None, "name": "boats", "inferred": False}}),
    ("claimants=TASS", {"claimants": [mention("tass", "TASS", "TASS")]}),
    (
        "claimants=Ida Holm; TASS",
        {"claimants": [mention(None, "Ida Holm", "Ida Holm"), mention("tass", "TASS", "TASS")]},
    ),
    ("claimants=tass=He", {"claimants": [mention("tass", "TASS", "He", inferred=True)]}),
    ("claimants=tass=TASS*", {"claimants": [mention("tass", "TASS", "TASS", inferred=True)]}),
    ("claimants=Ida Holm*", {"claimants": [mention(None, "Ida Holm", "Ida Holm", inferred=True)]}),
    ("claimants==TASS", {"claimants": [mention(None, "TASS", "TASS")]}),
    ("claimants=tass=", {"claimants": [{"id": "tass", "name": "TASS", "start": None, "end": None, "inferred": True}]}),
    ("claimants=null", {"claimants": []}),
]


@pytest.mark.parametrize(("written", "fields"), QUANTITIES)
def test_a_field_is_read(written: str, fields: dict[str, Any]) -> None:
    assert parse(Kind.QUANTITY, written) == fields


BOUNDS: list[tuple[list[str], float | None, float | None]] = [
    (["bound=more_than"], 40, None),
    (["bound=at_most"], None, 40),
    (["bound=more_than", "value=-3"], None, -3),
    (["bound=exact", "value=41"], 41, 41),
]


@pytest.mark.parametrize(("written", "low", "high"), BOUNDS)
def test_the_limits_follow_from_value_and_bound(written: list[str], low: float | None, high: float | None) -> None:
    fields = parse(Kind.QUANTITY, *written, value=40, bound="exact")
    assert (fields["value_low"], fields["value_high"]) == (low, high)


def test_limits_that_are_set_stay() -> None:
    fields = parse(Kind.QUANTITY, "bound=range", "value=null", "value_low=4", "value_high=9", value=40)
    assert fields == {"bound": "range", "value": None, "value_low": 4, "value_high": 9}


def test_the_nearest_words_are_meant() -> None:
    (norby,) = parse(Kind.EVENT, "place=Norby", around="attacked")["participants"]
    assert norby["start"] == TEXT.rindex("Norby")


INSIDE = [
    ("he", 1, "a word"),
    ("2,000", 1, "a number"),
    ("302", 1, "a number"),
    ("Norby", 1, "before an apostrophe"),
    ("boat", 0, "a word"),
    ("T-7", 0, "a designation"),
]


@pytest.mark.parametrize(("quoted", "count", "cut"), INSIDE)
def test_only_whole_words_are_found(quoted: str, count: int, cut: str) -> None:
    text = "The 302,000 boats of Norby’s T-72 fleet, he said, and 2,000 of them off gate 302."
    assert len(list(find_places(text, quoted))) == count, cut


@pytest.mark.parametrize(
    ("quote", "number"), [("650,000", "650,000"), ("a week", "a"), ("$5 million", "5 million"), ("dozens", "dozens")]
)
def test_the_number_of_a_quotation_is_as_printed(quote: str, number: str) -> None:
    assert find_number(quote) == number


def test_words_in_the_line_of_the_fact_are_nearer_than_others() -> None:
    text = "The port of Norby\nburns. Boats left, as those who live in the old port say.\n"
    start = text.index("burns")
    assert Words(text, start, start + 5).find("port")[0] == text.rindex("port")


def test_roles_are_set_one_by_one() -> None:
    known = [
        {**mention("finland", "Finland", "Finland"), "role": "actor"},
        {**mention(None, "boats", "boats"), "role": "object"},
    ]
    fields = parse(Kind.EVENT, "object=the port", "place=Norby", around="attacked", participants=known)
    assert [(one["role"], one["name"]) for one in fields["participants"]] == [
        ("actor", "Finland"),
        ("object", "the port"),
        ("place", "Norby"),
    ]
    assert parse(Kind.EVENT, "actor=null", participants=known[:1]) == {"participants": []}


def test_a_statement_has_its_own_fields() -> None:
    fields = parse(Kind.STATEMENT, "direct=true", "cue=said", around="He counted more than 90 of them")
    start = TEXT.rindex("said")
    assert fields == {"direct": True, "cue": {"start": start, "end": start + 4, "exact": "said"}}


REFUSED: list[tuple[Kind, str, str]] = [
    (Kind.QUANTITY, "metric", "'metric' sets nothing: write field=value"),
    (Kind.QUANTITY, "metrik=killed", "no field 'metrik' to set: did you mean metric?"),
    (Kind.QUANTITY, "start=4", "no field 'start' to set: reject it and add the right one"),
    (Kind.QUANTITY, "review=accepted", "no field 'review' to set"),
    (Kind.QUANTITY, "cue=said", "a quantity has no field 'cue'"),
    (Kind.STATEMENT, "value=3", "a statement has no field 'value'"),
    (Kind.EVENT, "participants=x", "no field 'participants' to set"),
    (Kind.QUANTITY, "metric=kiled", "there is no metric 'kiled': did you mean killed?"),
    (Kind.QUANTITY, "value=many", "'many' is no number"),
    (Kind.QUANTITY, "period=May", "'May' is no period: write EDTF"),
    (Kind.QUANTITY, "claimants=Nobody", "the article does not say 'Nobody'"),
    (Kind.QUANTITY, "claimants=glee-club=He", "there is no agent 'glee-club'"),
    (Kind.QUANTITY, "subject=owls", "the article does not say 'owls'"),
    (Kind.QUANTITY, "claimants=tass=inland", "the article does not say 'inland'"),
    (Kind.EVENT, "metric=killed", "an event has no field 'metric'"),
    (Kind.STATEMENT, "direct=yes", "'yes' is neither true nor false"),
]


@pytest.mark.parametrize(("kind", "written", "message"), REFUSED)
def test_what_cannot_be_set_is_refused_by_name(kind: Kind, written: str, message: str) -> None:
    with pytest.raises(ReviewError) as error:
        parse(kind, written)
    assert message in str(error.value)


def test_what_is_written_reads_back() -> None:
    facts = extract_facts(ARTICLE, TEXT)
    assert {fact.kind for fact in facts} == set(Kind)
    for fact in facts:
        written, record = write_fields(fact), fact_to_record(fact)
        assert written.keys() <= set(settable(fact.kind))
        again = parse_fields(fact.kind, [f"{k}={v}" for k, v in written.items()], Words(TEXT, fact.start, fact.end), {})
        named = {"claimants", "participants", "subject"}
        assert {name: again[name] for name in again if name not in named} == {
            name: record[name] for name in again if name not in named
        }
        for name in named & again.keys() - {"subject"}:
            assert [one["name"] for one in again[name]] == [one["name"] for one in record[name]]
