from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from dataset.build import Release, write_release
from dataset.decisions import Decision, approved_digest, read_decisions, write_decisions
from dataset.errors import FactsError
from dataset.model import Fact, Kind, QuantityFact, ReviewStatus, Verdict, fact_id, span_digest
from dataset.records import format_facts
from dataset.reviewing import Reviewing
from dataset.reviews import make_added, read_withdrawals
from tests.conftest import PAGE, make_newsroom_release, write_manifest


@pytest.fixture
def session(newsroom: Path) -> Reviewing:
    return open_session(newsroom)


def open_session(newsroom: Path) -> Reviewing:
    release = make_newsroom_release(newsroom)
    (article,) = release.articles
    return Reviewing(article, release.texts[article.id], newsroom / "reviews", "ih", "2031-05-20")


def find(facts: list[Fact], exact: str) -> Fact:
    return [fact for fact in facts if fact.exact == exact][-1]


def problems(release: Release) -> list[str]:
    return [str(finding) for finding in release.findings]


def test_decisions_make_the_release(newsroom: Path, session: Reviewing) -> None:
    forty, share = find(session.facts(), "40"), find(session.facts(), "3%")
    session.accept(forty.id)
    session.correct(share.id, ["subject=fields", "modality=estimated"], "the fields of Dalby")
    session.reject(find(session.facts(), "five").id, "nobody was hurt")
    added = session.add(Kind.QUANTITY, "a week", ["unit=week", "value=1", "value_as_written=a"])
    release = make_newsroom_release(newsroom)
    by_id = {fact.id: fact for fact in release.facts}
    assert release.findings == []
    assert by_id[forty.id] == dataclasses.replace(forty, review=by_id[forty.id].review)
    assert by_id[forty.id].review.status is ReviewStatus.ACCEPTED
    corrected = by_id[share.id]
    assert isinstance(corrected, QuantityFact)
    assert (corrected.modality, corrected.subject and corrected.subject.name) == ("estimated", "fields")
    assert dataclasses.astuple(corrected.review) == ("corrected", "ih", "2031-05-20", "the fields of Dalby")
    assert (by_id[added.id].review.status, by_id[added.id].rule, by_id[added.id].confidence) == (
        "added",
        "review",
        None,
    )
    assert [(each.reason, each.reviewer) for each in release.withdrawals] == [("nobody was hurt", "ih")]
    assert "five" not in {fact.exact for fact in release.facts}
    assert release.undecided == 3


def test_a_build_on_another_day_gives_the_same_bytes(newsroom: Path, session: Reviewing, tmp_path: Path) -> None:
    session.accept(find(session.facts(), "40").id)
    contents = []
    for name in ("one", "two"):
        write_release(make_newsroom_release(newsroom), tmp_path / name / "facts.jsonl", tmp_path / name / "facts.db")
        contents.append((tmp_path / name / "facts.jsonl").read_bytes())
    assert contents[0] == contents[1]


def test_a_release_without_texts_keeps_what_was_reviewed(newsroom: Path, session: Reviewing, tmp_path: Path) -> None:
    session.accept(find(session.facts(), "40").id)
    session.reject(find(session.facts(), "five").id, "nobody was hurt")
    release = make_newsroom_release(newsroom)
    write_release(release, tmp_path / "facts.jsonl", tmp_path / "facts.db")
    again = make_newsroom_release(newsroom, tmp_path / "facts.jsonl", texts=False)
    assert (again.facts, again.digest, again.findings) == (release.facts, release.digest, [])


def test_a_rejection_that_is_not_built_yet_is_named(newsroom: Path, session: Reviewing, tmp_path: Path) -> None:
    write_release(make_newsroom_release(newsroom), tmp_path / "facts.jsonl", tmp_path / "facts.db")
    five = find(session.facts(), "five")
    session.reject(five.id, "nobody was hurt")
    release = make_newsroom_release(newsroom, tmp_path / "facts.jsonl", texts=False)
    assert problems(release) == [f"facts.jsonl {five.id}: it is rejected: build with the article's text"]


def test_a_decision_about_words_that_changed_is_named(newsroom: Path, session: Reviewing) -> None:
    forty = find(session.facts(), "40")
    session.accept(forty.id)
    (newsroom / "flood.txt").write_text(PAGE.replace("40 boats", "41 boats"), encoding="utf-8")
    write_manifest(newsroom, ["flood.txt"])
    release = make_newsroom_release(newsroom)
    assert problems(release) == [
        f"flood.jsonl {forty.id}: accept is of a span that no longer matches flood.txt: decide again"
    ]
    assert release.undecided == len(release.facts) == 6


def test_a_decision_about_a_fact_that_is_found_no_longer_is_named(newsroom: Path, session: Reviewing) -> None:
    accepted = session.accept(find(session.facts(), "40").id)
    (decision,) = read_decisions(session.path)
    start = PAGE.index("boats")
    moved = dataclasses.replace(
        decision,
        id=fact_id(session.article.sha256, decision.kind, start, start + 5),
        start=start,
        end=start + 5,
        sha256=span_digest("boats"),
    )
    write_decisions(session.path, [moved])
    release = make_newsroom_release(newsroom)
    assert problems(release) == [
        f"flood.jsonl {moved.id}: accept is of a fact that the machine no longer finds: add it, or reject it"
    ]
    assert find(release.facts, "40").review.status is ReviewStatus.MACHINE
    assert accepted.review.status is ReviewStatus.ACCEPTED


def test_a_fact_that_reads_otherwise_than_approved_is_named_and_not_reviewed(
    newsroom: Path, session: Reviewing
) -> None:
    session.accept(find(session.facts(), "40").id)
    (decision,) = read_decisions(session.path)
    write_decisions(session.path, [dataclasses.replace(decision, approved="b" * 16)])
    release = make_newsroom_release(newsroom)
    assert problems(release) == [
        f"flood.jsonl {decision.id}: accept is of other fields than the machine reads now: decide again"
    ]
    assert find(release.facts, "40").review.status is ReviewStatus.MACHINE
    assert [fact.exact for fact in open_session(newsroom).undecided()].count("40") == 1


def test_decisions_that_contradict_one_another_are_named_and_left(newsroom: Path, session: Reviewing) -> None:
    session.accept(find(session.facts(), "40").id)
    (one,) = read_decisions(session.path)
    two = dataclasses.replace(one, decision=Verdict.REJECT, approved=None, reason="no", reviewer="nw")
    write_decisions(session.path, [one, two])
    release = make_newsroom_release(newsroom)
    (problem,) = problems(release)
    assert "accept by ih on 2031-05-20, reject by nw on 2031-05-20): keep one" in problem
    assert find(release.facts, "40").review.status is ReviewStatus.MACHINE
    assert release.withdrawals == []


def test_an_added_fact_that_the_machine_finds_too_is_named(newsroom: Path, session: Reviewing) -> None:
    session.add(Kind.QUANTITY, "a week", ["unit=week", "value=1"])
    (added,) = read_decisions(session.path)
    forty = find(session.facts(), "40")
    fields = {**added.fields, "value": 40, "value_low": 40, "value_high": 40, "unit": "item"}
    own = dataclasses.replace(added, id=forty.id, start=forty.start, end=forty.end, sha256=forty.sha256, fields=fields)
    fact = make_added(session.article, session.text, own)
    write_decisions(session.path, [dataclasses.replace(own, approved=approved_digest(fact))])
    release = make_newsroom_release(newsroom)
    assert "add is of a fact that the machine finds itself: decide about that one" in problems(release)[0]
    assert find(release.facts, "40").review.status is ReviewStatus.ADDED


def test_decisions_about_no_article_are_named(newsroom: Path) -> None:
    (newsroom / "reviews").mkdir()
    (newsroom / "reviews/mill.jsonl").write_text("", encoding="utf-8")
    assert problems(make_newsroom_release(newsroom)) == [
        "mill.jsonl: it belongs to no article of the manifest: add its row"
    ]


def test_what_a_reviewer_says_is_repeated_holds(newsroom: Path, session: Reviewing) -> None:
    facts = [fact for fact in session.facts() if fact.exact == "1,200"]
    session.correct(facts[1].id, [f"repeats={facts[0].id}"])
    assert [fact.repeats for fact in make_newsroom_release(newsroom).facts if fact.exact == "1,200"] == [
        None,
        facts[0].id,
    ]


def test_what_is_said_again_leads_to_the_first_mention(newsroom: Path) -> None:
    (newsroom / "flood.txt").write_text("Some 40 boats came to Dalby.\n" * 3, encoding="utf-8")
    write_manifest(newsroom, ["flood.txt"])
    session = open_session(newsroom)
    first, second, third = (fact.id for fact in session.facts() if fact.exact == "40")
    session.correct(second, [f"repeats={first}"])
    session.correct(third, [f"repeats={second}"])
    forties = [fact.repeats for fact in make_newsroom_release(newsroom).facts if fact.exact == "40"]
    assert forties == [None, first, first]


def test_a_repetition_of_a_fact_that_is_gone_is_named(newsroom: Path, session: Reviewing) -> None:
    first, second = (fact.id for fact in session.facts() if fact.exact == "1,200")
    session.correct(second, [f"repeats={first}"])
    session.reject(first, "a headline")
    release = make_newsroom_release(newsroom)
    (problem,) = problems(release)
    assert f"flood.jsonl {second}: correct says that it repeats {first}, which is no earlier quantity of" in problem
    assert find(release.facts, "1,200").repeats is None


def test_an_added_fact_with_other_fields_than_approved_is_named_and_left_out(
    newsroom: Path, session: Reviewing
) -> None:
    added = session.add(Kind.QUANTITY, "a week", ["unit=week", "value=1"])
    (decision,) = read_decisions(session.path)
    write_decisions(session.path, [dataclasses.replace(decision, fields={**decision.fields, "unit": "month"})])
    release = make_newsroom_release(newsroom)
    assert problems(release) == [
        f"flood.jsonl {added.id}: add is of other fields than those that were approved: decide again"
    ]
    assert added.id not in {fact.id for fact in release.facts}


def test_a_decision_that_makes_no_fact_is_named(newsroom: Path, session: Reviewing) -> None:
    session.accept(find(session.facts(), "40").id)
    (decision,) = read_decisions(session.path)
    fields = {"value_low": 90}
    write_decisions(session.path, [dataclasses.replace(decision, decision=Verdict.CORRECT, fields=fields)])
    (problem,) = problems(make_newsroom_release(newsroom))
    assert f"flood.jsonl {decision.id}: correct makes no fact (value_low, value, value_high are not in order" in problem


def build_from(newsroom: Path, lines: list[str]) -> list[str]:
    """What a build without texts says of the facts on these lines."""
    (newsroom / "facts.jsonl").write_text("".join(lines), encoding="utf-8")
    return problems(make_newsroom_release(newsroom, newsroom / "facts.jsonl", texts=False))


def test_without_texts_facts_that_are_not_as_decided_are_named(newsroom: Path, session: Reviewing) -> None:
    forty = session.accept(find(session.facts(), "40").id)
    week = session.add(Kind.QUANTITY, "a week", ["unit=week", "value=1"])
    lines = format_facts(make_newsroom_release(newsroom).facts).splitlines(keepends=True)
    place, remedy = f"facts.jsonl {forty.id}: ", ": build with the article's text"
    assert build_from(newsroom, lines) == []
    assert build_from(newsroom, [line for line in lines if week.id not in line]) == [
        f"facts.jsonl {week.id}: it is added, and not among the facts{remedy}"
    ]
    changed = [line.replace('"counted":"boats"', '"counted":"ships"') for line in lines]
    assert build_from(newsroom, changed) == [f"{place}it is not as it was accepted{remedy}"]
    signed = [line.replace('"reviewer":"ih"', '"reviewer":"nw"') if forty.id in line else line for line in lines]
    assert build_from(newsroom, signed) == [f"{place}its review is not what the decision says{remedy}"]
    session.path.unlink()
    assert set(build_from(newsroom, lines)) == {
        f"{place}it is accepted, and no decision says so{remedy}",
        f"facts.jsonl {week.id}: it is added, and no decision says so{remedy}",
    }


def test_without_texts_decisions_that_contradict_one_another_are_named(newsroom: Path, session: Reviewing) -> None:
    session.accept(find(session.facts(), "40").id)
    (one,) = read_decisions(session.path)
    lines = format_facts(make_newsroom_release(newsroom).facts).splitlines(keepends=True)
    moved = dataclasses.replace(one, start=one.start + 1)
    write_decisions(session.path, [moved])
    (problem,) = build_from(newsroom, lines)
    assert "its id does not follow from the span that was decided about" in problem
    write_decisions(session.path, [one, dataclasses.replace(one, decision=Verdict.REJECT, approved=None, reason="no")])
    (problem,) = build_from(newsroom, lines)
    assert "decisions contradict one another (accept by ih" in problem


def test_an_added_fact_has_to_have_every_field(session: Reviewing) -> None:
    decision = Decision(
        id="a" * 16,
        kind=Kind.QUANTITY,
        start=0,
        end=4,
        sha256=span_digest("Skip"),
        decision=Verdict.ADD,
        fields={"unit": "item"},
        reviewer="ih",
        reviewed_on="2031-05-20",
    )
    with pytest.raises(FactsError, match="is missing"):
        make_added(session.article, session.text, decision)


def test_withdrawals_need_no_text(newsroom: Path, session: Reviewing) -> None:
    five = find(session.facts(), "five")
    session.reject(five.id, "nobody was hurt")
    assert [each.id for each in read_withdrawals(newsroom / "reviews", [session.article])] == [five.id]
