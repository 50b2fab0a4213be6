from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dataset.decisions import read_decisions
from dataset.errors import ReviewError
from dataset.model import Fact, Kind, QuantityFact, ReviewStatus, Verdict
from dataset.reviewing import Reviewing
from tests.conftest import make_newsroom_release


@pytest.fixture
def session(newsroom: Path) -> Reviewing:
    return open_session(newsroom)


def open_session(newsroom: Path, reviewer: str = "ih") -> Reviewing:
    release = make_newsroom_release(newsroom)
    (article,) = release.articles
    return Reviewing(article, release.texts[article.id], newsroom / "reviews", reviewer, "2031-05-20")


def find(session: Reviewing, exact: str) -> Fact:
    return [fact for fact in session.facts() if fact.exact == exact][-1]


def test_it_goes_on_where_it_stopped(newsroom: Path, session: Reviewing) -> None:
    first = session.undecided()[0]
    session.accept(first.id)
    assert len(session.undecided()) == 5
    assert [fact.id for fact in open_session(newsroom).undecided()] == [fact.id for fact in session.undecided()]
    session.reject(session.undecided()[0].id, "a headline")
    assert len(session.undecided()) == 4
    assert len(open_session(newsroom).facts()) == 5


def test_undoing_goes_back_step_by_step(session: Reviewing) -> None:
    before = session.facts()
    session.accept(find(session, "40").id)
    session.reject(find(session, "five").id, "nobody was hurt")
    session.reject(find(session, "40").id, "no boats came")
    assert session.undo()
    assert [each.decision for each in read_decisions(session.path)] == [Verdict.ACCEPT, Verdict.REJECT]
    assert session.undo()
    assert session.undo()
    assert not session.undo()
    assert session.facts() == before
    assert not session.path.exists()


def test_a_later_decision_takes_the_place_of_the_earlier(session: Reviewing) -> None:
    forty = find(session, "40")
    session.accept(forty.id)
    session.correct(forty.id, ["counted=boats", "modality=alleged"])
    (decision,) = read_decisions(session.path)
    assert decision.decision is Verdict.CORRECT
    corrected = find(session, "40")
    assert isinstance(corrected, QuantityFact)
    assert (corrected.modality, corrected.review.status) == ("alleged", "corrected")


def test_a_decision_can_be_taken_back(session: Reviewing) -> None:
    forty = session.accept(find(session, "40").id)
    session.forget(forty.id)
    assert find(session, "40").review.status is ReviewStatus.MACHINE
    with pytest.raises(ReviewError, match="nothing is decided about"):
        session.forget(forty.id)


def test_an_added_fact_can_be_corrected_and_rejected(session: Reviewing) -> None:
    added = session.add(Kind.QUANTITY, "a week", ["unit=week", "value=1"], reason="of mails")
    corrected = session.correct(added.id, ["modality=planned"])
    assert isinstance(corrected, QuantityFact)
    assert (corrected.unit, corrected.modality, corrected.review.note) == ("week", "planned", "of mails")
    session.reject(added.id, "page furniture")
    assert added.id not in {fact.id for fact in session.facts()}
    (decision,) = read_decisions(session.path)
    assert (decision.decision, decision.fields) == (Verdict.REJECT, {})


def test_statements_and_events_can_be_added(session: Reviewing) -> None:
    said = session.add(Kind.STATEMENT, "40 boats came", ["claimants=mayor", "cue=said"])
    event = session.add(Kind.EVENT, "left", ["event_type=deployment", "actor=people", "place=Dalby"])
    assert dataclasses.asdict(said)["cue"]["exact"] == "said"
    assert [one["name"] for one in dataclasses.asdict(event)["participants"]] == ["people", "Dalby"]
    assert session.findings() == []


REFUSED = [
    ("200", "1,200 people left", "'200' stands 0 times in '1,200 people left'"),
    ("e", "five villagers were", "'e' stands 0 times in"),
    ("1,200", None, "'1,200' stands 2 times in flood.txt: add the words around it with --near"),
    ("1,300", None, "'1,300' stands 0 times in flood.txt: quote its own words"),
    ("", None, "quote both as the article has them"),
    ("40", "boats", "'boats' does not hold '40'"),
    ("40", None, "the machine finds it itself as"),
    ("1,200", "More than 1,200", "the machine finds it itself as"),
]


@pytest.mark.parametrize(("quote", "near", "message"), REFUSED)
def test_words_that_cannot_be_added_are_refused(session: Reviewing, quote: str, near: str | None, message: str) -> None:
    with pytest.raises(ReviewError) as error:
        session.add(Kind.QUANTITY, quote, ["unit=item", "value=40"], near=near)
    assert message in str(error.value)
    assert not session.path.exists()


UNSOUND = [
    ([], "that changes nothing of"),
    (["counted=boats"], "that changes nothing of"),
    (["bound=zz"], "that is no quantity: bound is 'zz', not one of"),
    (["bound="], "that is no quantity: bound is None, not one of"),
    (["counted=bo\udcffats"], "that is no quantity: counted is 'bo"),
    (["repeats=aaaaaaaaaaaaaaaa"], "repeats aaaaaaaaaaaaaaaa, which is no earlier quantity of the article"),
    (["value=41"], "value: value 41 does not stand in '40'"),
    (["unit=furlong"], "unit: furlong is not in units.csv"),
    (["modality=hoped"], "that is no quantity: modality is 'hoped', not one of"),
    (["value_low=50"], "that is no quantity: value_low, value, value_high are not in order"),
    (["repeats=x"], "that is no quantity: repeats is 'x'"),
]


@pytest.mark.parametrize(("fields", "message"), UNSOUND)
def test_a_correction_that_makes_no_sound_fact_is_refused(session: Reviewing, fields: list[str], message: str) -> None:
    with pytest.raises(ReviewError) as error:
        session.correct(find(session, "40").id, fields)
    assert message in str(error.value)
    assert not session.path.exists()


def test_what_cannot_be_decided_is_refused(session: Reviewing) -> None:
    with pytest.raises(ReviewError, match=r"flood\.txt has no fact aaaa"):
        session.accept("aaaa")
    with pytest.raises(ReviewError, match="has to have a reason"):
        session.reject(find(session, "40").id, " ")
    added = session.add(Kind.QUANTITY, "a week", ["unit=week", "value=1"])
    with pytest.raises(ReviewError, match="is a fact that a reviewer added"):
        session.accept(added.id)


def test_a_fact_cannot_repeat_itself(session: Reviewing) -> None:
    forty = find(session, "40").id
    with pytest.raises(ReviewError, match="which is no earlier quantity"):
        session.correct(forty, [f"repeats={forty}"])


def test_a_further_correction_keeps_the_earlier_one(session: Reviewing) -> None:
    forty = find(session, "40").id
    session.correct(forty, ["modality=alleged"])
    session.correct(forty, ["measure=rate"])
    corrected = find(session, "40")
    assert isinstance(corrected, QuantityFact)
    assert (corrected.modality, corrected.measure) == ("alleged", "rate")
    session.correct(forty, ["modality=asserted"])
    assert session.decisions[forty].fields == {"measure": "rate"}
    with pytest.raises(ReviewError, match="changes nothing"):
        session.correct(forty, ["measure=level"])


def test_whoever_changes_an_added_fact_signs_for_it(newsroom: Path, session: Reviewing) -> None:
    added = session.add(Kind.QUANTITY, "a week", ["unit=week", "value=1"])
    other = open_session(newsroom, "nw")
    assert other.correct(added.id, ["modality=planned"]).review.reviewer == "nw"
    with pytest.raises(ReviewError, match="changes nothing"):
        other.correct(added.id, ["modality=planned"])
    last = Reviewing(session.article, session.text, newsroom / "reviews", "zo", "2031-06-01")
    last.reject(added.id, "page furniture")
    (withdrawal,) = make_newsroom_release(newsroom).withdrawals
    assert (withdrawal.reviewer, withdrawal.withdrawn_on) == ("zo", "2031-06-01")


def test_what_another_reviewer_decides_meanwhile_is_kept(newsroom: Path, session: Reviewing) -> None:
    other = open_session(newsroom, "nw")
    forty, five = find(session, "40").id, find(session, "five").id
    session.accept(forty)
    other.accept(five)
    assert {each.id: each.reviewer for each in read_decisions(session.path)} == {forty: "ih", five: "nw"}
    with pytest.raises(ReviewError, match="somebody else has decided about"):
        session.reject(five, "nobody was hurt")
    session.reject(five, "nobody was hurt")
    assert session.undo()
    assert other.decisions.keys() == {forty, five}
    assert {each.id: each.reviewer for each in read_decisions(session.path)} == {forty: "ih", five: "nw"}
    with pytest.raises(ReviewError, match="somebody else has decided about"):
        other.reject(forty, "no boats came") if session.undo() else None


def test_many_reviewers_at_once_lose_nothing(newsroom: Path, session: Reviewing) -> None:
    facts = session.undecided()
    sessions = [open_session(newsroom, f"r{count}") for count in range(len(facts))]
    with ThreadPoolExecutor(len(facts)) as pool:
        list(pool.map(lambda pair: pair[0].accept(pair[1].id), zip(sessions, facts, strict=True)))
    assert {each.id for each in read_decisions(session.path)} == {fact.id for fact in facts}


def test_an_added_fact_is_not_added_again(session: Reviewing) -> None:
    added = session.add(Kind.QUANTITY, "a week", ["unit=week", "value=1"])
    assert isinstance(added, QuantityFact)
    assert added.value_as_written == "a"
    with pytest.raises(ReviewError, match=f"it is added already as {added.id}: correct it"):
        session.add(Kind.QUANTITY, "a week", ["unit=week", "value=1"])


def test_a_released_fact_is_not_forgotten_without_a_word(newsroom: Path, session: Reviewing) -> None:
    added = session.add(Kind.QUANTITY, "a week", ["unit=week", "value=1"])
    again = Reviewing(session.article, session.text, newsroom / "reviews", "ih", "2031-05-21", {added.id})
    with pytest.raises(ReviewError, match="would be gone without a word: reject it"):
        again.forget(added.id)
    session.forget(added.id)
    assert not session.path.exists()


def test_words_around_that_hold_the_quotation_twice_tell_nothing(session: Reviewing) -> None:
    with pytest.raises(ReviewError, match=r"'the' stands 2 times in"):
        session.add(
            Kind.EVENT,
            "the",
            [],
            near="the mayor said \U0001f30a and 40 boats came.\n\nAt least five villagers were injured, and 3% of the",
        )
    with pytest.raises(ReviewError, match=r"'1,200 ' stands 2 times in flood\.txt: quote with --near"):
        session.add(Kind.EVENT, "1,200", [], near="1,200 ")


@pytest.mark.parametrize("reviewer", ["", " ", "i\udcff"])
def test_a_decision_needs_a_name_that_can_be_written(newsroom: Path, reviewer: str) -> None:
    session = open_session(newsroom, reviewer)
    with pytest.raises(ReviewError, match="reviewer is"):
        session.accept(find(session, "40").id)
    assert not session.path.exists()
