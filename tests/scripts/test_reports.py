from __future__ import annotations

import json
from pathlib import Path

from click.testing import Result

from tests.conftest import write_manifest
from tests.scripts.test_curate import run

CLAIM = (
    "Finland’s army lost {} soldiers in May 2031, the defence ministry said.\n\n"
    "The loss of {} soldiers in May 2031 hurts Finland.\n"
)


def release(newsroom: Path, one: str, other: str) -> None:
    (newsroom / "flood.txt").write_text(one, encoding="utf-8")
    (newsroom / "other.txt").write_text(other, encoding="utf-8")
    write_manifest(newsroom, ["flood.txt", "other.txt"])
    assert run("--dataset", newsroom, "build").exit_code == 0


def compare(newsroom: Path, *options: str) -> Result:
    return run("--dataset", newsroom, "compare", *options)


def test_claims_that_cannot_both_hold_are_told(newsroom: Path) -> None:
    release(newsroom, CLAIM.format("400", "400"), CLAIM.format("900", "900"))
    result = compare(newsroom)
    assert result.exit_code == 1
    assert "personnel-losses, finnish-armed-forces, level in person: 2 claims, 400 to 900 (2.25 times)" in result.stdout
    assert "+1" in result.stdout
    assert "contradict (same period): 1-2" in result.stdout
    told = "1 groups of claims, 1 pairs that contradict one another, 2 mentions that repeat another"
    assert told in result.stderr
    printed = compare(newsroom, "--json", "--metric", "personnel-losses").stdout.splitlines()
    comparison, *repetitions = [json.loads(line) for line in printed]
    assert [claim["value"] for claim in comparison["claims"]] == [400, 900]
    assert [claim["repeated"] for claim in comparison["claims"]] == [
        [mention["id"] for mention in each["again"]] for each in repetitions
    ]
    first, (again,) = repetitions[0]["first"], repetitions[0]["again"]
    assert (first["line"], again["line"], first["exact"], again["exact"]) == (1, 3, "400", "400")
    assert f"flood.txt:1 quantity {first['id']} “400” is said again\n  line 3 {again['id']} “400”\n" in result.stdout


def test_claims_that_agree_end_with_0(newsroom: Path) -> None:
    release(newsroom, CLAIM.format("400", "400"), CLAIM.format("400", "about 400"))
    result = compare(newsroom)
    assert result.exit_code == 0
    assert "agree (same period)" in result.stdout
    assert compare(newsroom, "--metric", "killed").stdout == ""
    refused = compare(newsroom, "--metric", "kiled")
    assert refused.exit_code == 2
    assert "there is no metric 'kiled': the nearest in metrics.csv is killed" in refused.stderr


def test_events_that_are_said_again_are_listed(newsroom: Path) -> None:
    release(newsroom, "Gunmen attacked Norby on 3 May 2031.\n\nGunmen attacked Norby on 3 May 2031.\n", "Nothing.\n")
    result = compare(newsroom)
    assert result.exit_code == 0
    assert "flood.txt:1 event " in result.stdout
    assert "1 mentions that repeat another" in result.stderr


def test_what_became_of_facts_is_told(newsroom: Path, tmp_path: Path) -> None:
    release(newsroom, CLAIM.format("400", "400"), "Nothing.\n")
    old = tmp_path / "old.jsonl"
    old.write_bytes((newsroom / "facts.jsonl").read_bytes())
    assert run("--dataset", newsroom, "diff", old, newsroom / "facts.jsonl").exit_code == 0
    ids = [json.loads(line)["id"] for line in old.read_text(encoding="utf-8").splitlines()]
    decide: list[str | Path] = ["--dataset", newsroom, "review", "flood", "--reviewer", "ih", "--decide"]
    assert run(*decide, ids[0], "reject", "--reason", "said by nobody").exit_code == 0
    assert run(*decide, ids[1], "correct", "--set", "modality=alleged").exit_code == 0
    assert run("--dataset", newsroom, "build").exit_code == 0
    result = run("--dataset", newsroom, "diff", old, newsroom / "facts.jsonl")
    assert result.exit_code == 1
    assert f"withdrawn {ids[0]} " in result.stdout
    assert ": said by nobody" in result.stdout
    assert "  modality: asserted -> alleged" in result.stdout
    records = [
        json.loads(line)
        for line in run("--dataset", newsroom, "diff", "--json", old, newsroom / "facts.jsonl").stdout.splitlines()
    ]
    assert [record["change"] for record in records if record["id"] == ids[0]] == ["withdrawn"]


def test_a_file_that_cannot_be_compared_is_refused(newsroom: Path) -> None:
    result = run("--dataset", newsroom, "diff", newsroom / "none.jsonl", newsroom / "facts.jsonl")
    assert result.exit_code == 2
    assert "no facts file" in result.stderr
