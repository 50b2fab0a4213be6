from __future__ import annotations

import json

import pytest

from dataset.answers import Answer, answer_article, answer_fact, format_answer
from dataset.model import Article, Fact
from dataset.records import fact_to_record
from dataset.surroundings import Surroundings, quote_nothing
from tests.api.sample import ARTICLES, FACTS, LIGHTHOUSE, MORE_THAN_650000, PEOPLE, PRESS, TEXTS

BY_ID = {article.id: article for article in ARTICLES}


def _answer(fact: Fact, article: Article, context: Answer) -> Answer:
    return answer_fact(fact_to_record(fact), answer_article(article), context)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.exact or fact.kind)
def test_an_answer_says_what_the_record_says(fact: Fact) -> None:
    article, record = BY_ID[fact.article], fact_to_record(fact)
    answer = json.loads(format_answer(_answer(fact, article, quote_nothing(fact))))
    elsewhere = {"article", "start", "end", "line", "exact", "sha256"}
    for name in set(record) - elsewhere:
        assert answer[name] == record[name], name
    provenance = answer["provenance"]
    assert {name: provenance[name] for name in ("start", "end", "line", "exact")} == {
        name: record[name] for name in ("start", "end", "line", "exact")
    }
    assert (provenance["span_sha256"], provenance["sha256"]) == (fact.sha256, article.sha256)
    assert answer["article"]["id"] == article.id
    assert set(answer) - set(record) == {"provenance"}


def test_the_members_stand_in_the_order_that_is_documented() -> None:
    answer = _answer(MORE_THAN_650000, ARTICLES[0], quote_nothing(MORE_THAN_650000))
    names = list(json.loads(format_answer(answer)))
    assert names[:4] == ["id", "kind", "metric", "measure"]
    assert names[-4:] == ["repeats", "rule", "confidence", "review"]


def test_each_kind_has_its_own_members_alone() -> None:
    answers = [_answer(fact, ARTICLES[0], quote_nothing(fact)) for fact in (MORE_THAN_650000, LIGHTHOUSE, PRESS)]
    figure, statement, event = (set(answer) for answer in answers)
    assert statement - event == {"direct", "cue"}
    assert event - statement == {"event_type", "polarity", "modality", "participants"}
    assert figure & {"direct", "cue", "event_type", "participants"} == set()


def test_links_start_at_the_root_of_the_service() -> None:
    quoted = Surroundings(ARTICLES[0], TEXTS[ARTICLES[0].id]).quote(PEOPLE)
    provenance = _answer(PEOPLE, ARTICLES[0], quoted)["provenance"]
    assert provenance["links"] == {
        "self": f"/v1/facts/{PEOPLE.id}",
        "article": f"/v1/articles/{PEOPLE.article}",
        "text": f"/v1/articles/{PEOPLE.article}/text#char={PEOPLE.start},{PEOPLE.end}",
        "verification": f"/v1/facts/{PEOPLE.id}/verification",
    }
    assert provenance["exact"] == TEXTS[ARTICLES[0].id][PEOPLE.start : PEOPLE.end]


def test_whole_numbers_have_no_fraction() -> None:
    assert b'"value":650000,' in format_answer(_answer(MORE_THAN_650000, ARTICLES[0], quote_nothing(MORE_THAN_650000)))
