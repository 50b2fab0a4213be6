import json
from pathlib import Path
from typing import Any

import pytest

from dataset.errors import FactsError
from dataset.history import ChangeKind, change_lines, change_record, find_changes, read_records

BOATS: dict[str, Any] = {
    "id": "boats",
    "kind": "quantity",
    "article": "post",
    "line": 5,
    "start": 40,
    "exact": "650,000",
    "metric": "armed-forces-size",
    "period": {"edtf": "2031", "start_on": "2031-01-01"},
    "claimants": [],
}
SAID = {"id": "said", "kind": "statement", "article": "post", "line": 2, "start": 10, "exact": None}
RAID = {"id": "raid", "kind": "event", "article": "herald", "line": 3, "start": 90, "exact": "attack"}


def write(path: Path, *records: object) -> Path:
    path.write_text("\n".join(json.dumps(record) for record in records) + "\n\n", encoding="utf-8")
    return path


def lines(old: list[dict[str, Any]], new: list[dict[str, Any]], reasons: dict[str, str] | None = None) -> list[str]:
    before, after = ({record["id"]: record for record in records} for records in (old, new))
    return [line for change in find_changes(before, after) for line in change_lines(change, reasons or {})]


def test_records_of_any_schema_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "facts.jsonl", {"id": "x", "colour": "red"}, BOATS)
    assert read_records(path) == {"x": {"id": "x", "colour": "red"}, "boats": BOATS}


DAMAGE = [
    ("{", r"facts\.jsonl:2 is not JSON"),
    ("[" * 100_000, r"facts\.jsonl:2 is not JSON"),
    ("9" * 5000, r"facts\.jsonl:2 is not JSON"),
    ("[]", r"facts\.jsonl:2 is not a JSON object"),
    ("{}", r"facts\.jsonl:2: the field id is missing"),
    ('{"id":7}', r"facts\.jsonl:2: the field id is missing, or is no text"),
    ('{"id":"boats"}', r"facts\.jsonl:2: the id boats stands in .*facts\.jsonl:1 too"),
]


@pytest.mark.parametrize(("line", "message"), DAMAGE)
def test_a_line_that_cannot_be_taken_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path / "facts.jsonl", BOATS)
    path.write_text(path.read_text(encoding="utf-8").strip() + "\n" + line, encoding="utf-8")
    with pytest.raises(FactsError, match=message) as error:
        read_records(path)
    assert error.value.remedy


def test_a_missing_or_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="no facts file"):
        read_records(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b"\xff")
    with pytest.raises(FactsError, match="cannot read"):
        read_records(tmp_path / "latin.jsonl")


def test_equal_releases_have_no_changes() -> None:
    assert lines([BOATS, SAID], [SAID, BOATS]) == []


def test_changes_come_by_article_and_place() -> None:
    assert lines([RAID], [BOATS, SAID], {"raid": "it was a film"}) == [
        'withdrawn raid event "attack" (article herald, line 3): it was a film',
        "added said statement (article post, line 2)",
        'added boats quantity "650,000" (article post, line 5)',
    ]


def test_a_withdrawal_without_a_reason_says_so() -> None:
    assert lines([SAID], []) == ["withdrawn said statement (article post, line 2): no reason is recorded"]


IDA = {"name": "Ida", "start": 1}
CHANGED: list[tuple[dict[str, Any], list[str]]] = [
    ({"metric": "active-servicemen"}, ["metric: armed-forces-size -> active-servicemen"]),
    ({"metric": None}, ["metric: armed-forces-size -> null"]),
    ({"period": {"edtf": "2030", "start_on": "2031-01-01"}}, ["period.edtf: 2031 -> 2030"]),
    ({"period": None}, ["period.edtf: 2031 -> null", "period.start_on: 2031-01-01 -> null"]),
    ({"claimants": [{"name": "Ida"}]}, ['claimants: [] -> [{"name": "Ida"}]']),
    ({"review": {"status": "accepted"}}, ["review.status: null -> accepted"]),
    ({"repeats": None}, []),  # a field that the older schema lacks, and that says nothing
    ({"line": 6, "exact": "a\nb"}, ['exact: 650,000 -> "a\\nb"', "line: 5 -> 6"]),
    ({"metric": "x" * 200}, [f"metric: armed-forces-size -> {'x' * 100}…"]),
    ({"claimants": [IDA, {"name": "Jan"}]}, ['claimants: [] -> [{"name": "Ida", "start": 1}, {"name": "Jan"}]']),
]


OLD_NAMES = [IDA, {"name": "British Defence Intelligence", "start": 40}]
LISTS: list[tuple[list[Any], str]] = [
    ([OLD_NAMES[0], {"name": "British Military Intelligence", "start": 40}], "British Military Intelligence"),
    ([OLD_NAMES[0]], " -> []"),
    ([*reversed(OLD_NAMES)], '"start": 40}, {"name": "Ida"'),
]


@pytest.mark.parametrize(("new", "shown"), LISTS)
def test_of_lists_the_members_that_differ_are_shown(new: list[Any], shown: str) -> None:
    (_, line) = lines([BOATS | {"claimants": OLD_NAMES}], [BOATS | {"claimants": new}])
    old, _, changed = line.partition(" -> ")
    assert shown in f" -> {changed}"
    assert ("Ida" in line) == (len(new) == 2 and new[0] != IDA)
    assert old.removeprefix("  claimants: ") != changed


def test_long_values_are_cut_around_their_difference() -> None:
    (_, line) = lines([BOATS | {"metric": "x" * 200 + "old"}], [BOATS | {"metric": "x" * 200 + "new"}])
    assert line == f"  metric: …{'x' * 97}old -> …{'x' * 97}new"
    (_, line) = lines([BOATS | {"metric": "x" * 99 + "old" * 90}], [BOATS | {"metric": "x" * 99 + "new"}])
    assert line == f"  metric: …{'x' * 20}{('old' * 90)[:80]}… -> …{'x' * 97}new"


@pytest.mark.parametrize(("change", "fields"), CHANGED)
def test_changed_fields_are_listed(change: dict[str, Any], fields: list[str]) -> None:
    assert [line.strip() for line in lines([BOATS], [BOATS | change])[1:]] == fields


def test_a_record_with_hardly_a_field_has_its_line() -> None:
    assert lines([], [{"id": "x", "start": "here"}]) == ["added x null (article null, line null)"]


def test_the_record_of_a_change_is_plain_json() -> None:
    changes = find_changes({"boats": BOATS, "raid": RAID}, {"boats": BOATS | {"line": 6}, "said": SAID})
    assert [change.kind for change in changes] == [ChangeKind.WITHDRAWN, ChangeKind.ADDED, ChangeKind.CHANGED]
    records = [change_record(change, {"raid": "it was a film", "boats": "not told"}) for change in changes]
    assert json.loads(json.dumps(records)) == records
    assert [record["reason"] for record in records] == ["it was a film", None, None]
    assert records[2] == {
        "change": "changed",
        "id": "boats",
        "article": "post",
        "kind": "quantity",
        "line": 6,
        "exact": "650,000",
        "fields": [{"field": "line", "old": 5, "new": 6}],
        "reason": None,
    }
