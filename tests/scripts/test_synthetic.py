import sqlite3
from collections import Counter
from contextlib import closing
from itertools import groupby, pairwise
from pathlib import Path

from dataset.checks import check_together
from dataset.model import Article, Fact, Kind, QuantityFact, article_id, fact_id
from dataset.records import fact_from_record, fact_to_record
from scripts.synthetic import build_release, make_articles, make_facts
from scripts.synthetic_words import by_rank, by_weight

MANY = list(make_facts(6000))
ARTICLES = list(make_articles(6000))


def quantities() -> list[QuantityFact]:
    return [fact for fact in MANY if isinstance(fact, QuantityFact)]


def test_the_same_seed_makes_the_same_release_and_another_seed_another() -> None:
    assert list(make_facts(300, seed=3)) == list(make_facts(300, seed=3))
    assert list(make_articles(300, seed=3)) == list(make_articles(300, seed=3))
    ids = {fact.id for fact in make_facts(300, seed=3)}
    assert not ids & {fact.id for fact in make_facts(300, seed=4)}


def test_a_small_release_is_the_beginning_of_a_large_one() -> None:
    assert list(make_facts(500)) == MANY[:500]


def test_there_are_as_many_facts_as_asked_for() -> None:
    assert [len(list(make_facts(number))) for number in (0, 1, 7, 300)] == [0, 1, 7, 300]


def test_every_fact_passes_the_checks_of_a_release() -> None:
    assert all(fact_from_record(fact_to_record(fact)) == fact for fact in MANY)
    check_together([(fact.id, fact) for fact in MANY], {article.id: article.sha256 for article in ARTICLES})


def test_identifiers_are_those_of_the_model() -> None:
    digests = {article.id: article.sha256 for article in ARTICLES}
    assert all(article.id == article_id(article.sha256) for article in ARTICLES)
    assert all(fact.id == fact_id(digests[fact.article], fact.kind, fact.start, fact.end) for fact in MANY)


def test_facts_come_in_release_order_and_do_not_overlap() -> None:
    assert [article.file for article in ARTICLES] == sorted(article.file for article in ARTICLES)
    together = [(article, list(facts)) for article, facts in groupby(MANY, key=lambda fact: fact.article)]
    assert [article for article, _ in together] == [article.id for article in ARTICLES]
    for _, facts in together:
        assert all(one.end <= other.start and one.line <= other.line for one, other in pairwise(facts))


def test_proportions_are_those_of_news() -> None:
    kinds = Counter(fact.kind for fact in MANY)
    assert 0.56 < kinds[Kind.QUANTITY] / 6000 < 0.64
    assert 0.21 < kinds[Kind.STATEMENT] / 6000 < 0.29
    assert 0.12 < kinds[Kind.EVENT] / 6000 < 0.18
    assert 13 < 6000 / len(ARTICLES) < 17
    claimants = Counter(len(fact.claimants) for fact in MANY)
    assert set(claimants) == {0, 1, 2}
    assert claimants[1] > claimants[2] > 0
    assert 2014 <= min(map(year_of, ARTICLES)) < max(map(year_of, ARTICLES)) == 2025


def year_of(article: Article) -> int:
    return int((article.published_on or "0")[:4])


def test_few_metrics_are_frequent_and_all_occur_somewhere() -> None:
    metrics = Counter(fact.metric for fact in quantities())
    (_, first), (_, second), *_ = metrics.most_common()
    assert 1.5 < first / second < 2.6
    assert len(metrics) > 30
    assert None in metrics


def test_amounts_reach_over_many_orders_of_magnitude() -> None:
    amounts = [fact.value for fact in quantities() if fact.value is not None]
    assert min(amounts) < 10
    assert max(amounts) > 1e8
    assert len({fact.bound for fact in quantities()}) == 9
    assert 0 < sum(fact.repeats is not None for fact in MANY) < 300


def test_it_builds_a_database(tmp_path: Path) -> None:
    build_release(tmp_path / "facts.db", 300)
    with closing(sqlite3.connect(tmp_path / "facts.db")) as connection:
        assert connection.execute("SELECT facts, texts FROM release").fetchone() == (300, 0)
        held = [row[0] for row in connection.execute("SELECT id FROM facts ORDER BY position")]
    expected: list[Fact] = MANY[:300]
    assert held == [fact.id for fact in expected]


def test_pools_hold_every_member_by_its_weight() -> None:
    weighed = Counter(by_weight({"a": 3.0, "b": 1.0}))
    assert 2.9 < weighed["a"] / weighed["b"] < 3.1
    ranked = Counter(by_rank([f"word {number}" for number in range(900)]))
    assert len(ranked) == 900
    assert 1.8 < ranked["word 0"] / ranked["word 1"] < 2.2
