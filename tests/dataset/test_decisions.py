from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dataset.corrections import DEFAULTS
from dataset.decisions import (
    Decision,
    decision_path,
    find_contradictions,
    read_decisions,
    settle_decisions,
    write_decisions,
)
from dataset.errors import OutputError, ReviewError
from dataset.model import Article, Kind, Verdict, article_id, fact_id, span_digest

ARTICLE = Article(id=article_id("ab" * 32), file="flood.v2.txt", sha256="ab" * 32)

NUMBERS = dict.fromkeys(("value", "value_low", "value_high"), 40)
ADDED = {
    **DEFAULTS[Kind.QUANTITY],
    **NUMBERS,
    "unit": "item",
}


def make(start: int = 10, verdict: Verdict = Verdict.ACCEPT, **changes: Any) -> Decision:  # noqa: ANN401 - as Decision takes them
    fields: dict[str, Any] = {"fields": {"metric": "killed"}} if verdict is Verdict.CORRECT else {}
    fields = {"fields": ADDED} if verdict is Verdict.ADD else fields
    more: dict[str, Any] = {"approved": "a" * 16} if verdict is not Verdict.REJECT else {"reason": "a house number"}
    return Decision(
        **{
            "id": fact_id("ab" * 32, Kind.QUANTITY, start, start + 2),
            "kind": Kind.QUANTITY,
            "start": start,
            "end": start + 2,
            "sha256": span_digest("40"),
            "decision": verdict,
            "reviewer": "nw",
            "reviewed_on": "2031-05-12",
            **fields,
            **more,
            **changes,
        }
    )


def test_decisions_survive_the_way_there_and_back_in_order(tmp_path: Path) -> None:
    path = decision_path(tmp_path / "reviews", ARTICLE)
    decisions = [make(start, verdict) for start, verdict in zip((30, 10, 200, 20), Verdict, strict=True)]
    write_decisions(path, decisions)
    assert path.name == "flood.v2.jsonl"
    assert [each.start for each in read_decisions(path)] == [10, 20, 30, 200]
    assert sorted(read_decisions(path), key=lambda each: each.start) == sorted(decisions, key=lambda each: each.start)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines == [json.dumps(json.loads(line), sort_keys=True, separators=(",", ":")) for line in lines]


def test_where_nothing_is_decided_there_is_no_file(tmp_path: Path) -> None:
    path = decision_path(tmp_path, ARTICLE)
    assert read_decisions(path) == []
    write_decisions(path, [make()])
    write_decisions(path, [])
    assert not path.exists()


DAMAGE: list[tuple[dict[str, Any], str]] = [
    ({"id": "x"}, "id is 'x'"),
    ({"decision": "like"}, "decision is 'like', not one of accept, correct, reject, add"),
    ({"reviewed_on": "today"}, "reviewed_on is 'today', not a date"),
    ({"reviewer": ""}, "reviewer is ''"),
    ({"fields": {"metric": "killed"}}, "accept goes with no field"),
    ({"decision": "correct"}, "correct goes with a field"),
    ({"decision": "correct", "fields": {"start": 3}}, "no field 'start' that can be set"),
    ({"decision": "correct", "fields": {"direct": True}}, "no field 'direct' that can be set"),
    ({"decision": "reject", "reason": "no"}, "reject goes without the digest of a fact"),
    ({"decision": "reject", "approved": None}, "a rejection has to have a reason"),
    ({"approved": None}, "accept goes with the digest of a fact"),
    ({"end": 10}, "start, end are not in order"),
    ({"mood": "good"}, "unknown field 'mood'"),
    ({"reviewed_on": "2031-99-99"}, "reviewed_on is '2031-99-99', not a date"),
    ({"reviewer": " "}, "reviewer is ' ', not a name"),
    ({"decision": "correct", "fields": {"value": "many"}}, "fields.value is 'many', not a finite number"),
    ({"decision": "correct", "fields": {"claimants": ["foo"]}}, "fields.claimants[0] is 'foo', not an object"),
    ({"decision": "correct", "fields": {"subject": {"id": None}}}, "the field fields.subject.inferred is missing"),
    ({"decision": "add", "fields": {**ADDED, "claimants": "foo"}}, "fields.claimants is 'foo', not a list"),
    (
        {"decision": "add", "fields": {name: value for name, value in ADDED.items() if name != "claimants"}},
        "the field fields.claimants is missing",
    ),
]


@pytest.mark.parametrize(("change", "message"), DAMAGE)
def test_a_damaged_decision_is_named(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    path = tmp_path / "flood.jsonl"
    write_decisions(path, [make()])
    good = path.read_text(encoding="utf-8")
    path.write_text(good + json.dumps(json.loads(good) | change) + "\n", encoding="utf-8")
    with pytest.raises(ReviewError, match=r"flood\.jsonl:2") as error:
        read_decisions(path)
    assert message in error.value.message
    assert str(json.loads(good)["id"] if "id" not in change else "") in error.value.message


@pytest.mark.parametrize(
    ("line", "message"), [("{", "not JSON"), ("[]", "not a JSON object"), ("<<<<<<< main", "is left from a merge")]
)
def test_a_damaged_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "flood.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ReviewError, match=r"flood\.jsonl:1") as error:
        read_decisions(path)
    assert message in error.value.message


def test_a_file_that_cannot_be_read_or_removed_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "flood.jsonl"
    folder.mkdir()
    with pytest.raises(ReviewError, match=r"cannot read .*flood\.jsonl"):
        read_decisions(folder)
    with pytest.raises(OutputError, match=r"cannot remove .*flood\.jsonl"):
        write_decisions(folder, [])


def test_decisions_contradict_where_they_say_different_things() -> None:
    same = [make(10), make(10, reviewer="ih", reviewed_on="2031-06-01")]
    other = [
        make(20),
        make(20, Verdict.REJECT),
        make(30, Verdict.CORRECT),
        make(30, Verdict.CORRECT, approved="b" * 16),
    ]
    assert find_contradictions(same) == {}
    assert set(find_contradictions([*same, *other])) == {other[0].id, other[2].id}


def test_of_those_who_say_the_same_the_first_counts_in_any_order() -> None:
    late, early = make(10, reviewed_on="2031-06-01"), make(10, reviewer="zo")
    assert settle_decisions([late, early]) == settle_decisions([early, late]) == [early]


def test_a_line_that_stands_twice_is_written_once(tmp_path: Path) -> None:
    path = tmp_path / "flood.jsonl"
    write_decisions(path, [make(), make(), make(reviewer="ih")])
    assert [each.reviewer for each in read_decisions(path)] == ["ih", "nw"]
    before = path.read_bytes()
    write_decisions(path, reversed(read_decisions(path)))
    assert path.read_bytes() == before


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")
def test_git_merges_decisions_about_neighbouring_facts(tmp_path: Path) -> None:
    attributes = Path(__file__).parents[2] / ".gitattributes"
    (tmp_path / ".gitattributes").write_bytes(attributes.read_bytes())
    path = tmp_path / "dataset/reviews/flood.jsonl"

    def git(*arguments: str) -> None:
        named = ["-c", "user.name=ih", "-c", "user.email=ih@dalby.example", "-c", "commit.gpgsign=false"]
        subprocess.run([str(shutil.which("git")), *named, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def commit(*decisions: Decision) -> None:
        write_decisions(path, decisions)
        git("add", "--all")
        git("commit", "--message", "decide")

    ends = make(10), make(40)
    git("init", "--initial-branch=main")
    commit(*ends)
    git("switch", "--create", "theirs")
    commit(*ends, make(20, reviewer="zo"))
    git("switch", "main")
    commit(*ends, make(30), make(20, Verdict.REJECT, reviewer="ih"))
    git("merge", "theirs")
    merged = read_decisions(path)
    assert sorted(each.start for each in merged) == [10, 20, 20, 30, 40]
    assert [each.reviewer for each in find_contradictions(merged)[make(20).id]] == ["ih", "zo"]
