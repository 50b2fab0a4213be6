import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dataset.articles import find_article_files, read_article
from dataset.extraction import extract_facts
from dataset.model import Article, Kind, QuantityFact, article_id, span_digest
from dataset.pages import describe_article
from dataset.records import fact_from_record, format_facts
from tests.conftest import PAGE

ARTICLE = Article(id=article_id("ab" * 32), file="a.txt", sha256="ab" * 32)


def quantities(article: Article, text: str) -> list[QuantityFact]:
    return [fact for fact in extract_facts(article, text) if isinstance(fact, QuantityFact)]


def test_a_page() -> None:
    facts = quantities(ARTICLE, PAGE)
    found = [(fact.exact, fact.value, fact.bound, fact.unit, fact.line) for fact in facts]
    assert found == [
        ("1,200", 1200, "exact", "person", 3),
        ("1,200", 1200, "more_than", "person", 7),
        ("40", 40, "exact", "item", 7),
        ("five", 5, "at_least", "person", 9),
        ("3%", 3, "exact", "percent", 9),
    ]
    assert len({fact.id for fact in facts}) == len(facts)


def test_a_long_span_carries_no_text() -> None:
    number = "two hundred and seventy-seven thousand million million million"
    (fact,) = quantities(ARTICLE, f"It holds {number} litres of water.")
    assert fact.exact is None
    assert fact.end - fact.start > 60
    assert len(fact.sha256) == 64


NEWSLIKE = st.lists(
    st.sampled_from([*"0123456789", *".,;:-–—$€%()“”\"'/ \n", "half", "a", "million", "between", "and", "to", "one"])
    | st.sampled_from(
        [
            "said",
            "he",
            "Norby",
            "that",
            "attack",
            "struck",
            "was",
            "signed",
            "decree",
            "will",
            "not",
            "told",
            "as",
            "according",
            "Mr",
            "who",
        ]
    )
    | st.sampled_from(["May", "people", "years", "old", "aged", "over", "dozens", "of", "times", "minus", "1/2", "½"]),
    max_size=60,
).map(" ".join)


def test_words_without_end_leave_their_article_cut_or_not_at_all() -> None:
    word = "A" + "a" * 90
    text = f"A spokesman for {word} said 40 {word}s struck {word} on Monday. Mr {word} {word} said that “we won”."
    facts = extract_facts(ARTICLE, text)
    assert {fact.kind for fact in facts} == set(Kind)
    assert [fact_from_record(json.loads(line)) for line in format_facts(facts).splitlines()] == facts


ANY = st.characters(exclude_categories=["Cs"])  # of every plane, with controls, marks and what is not assigned
RUNS = st.lists(st.tuples(ANY | st.sampled_from("0½.,-“”‘’'\"()$%@/ \n\r"), st.integers(1, 400)), max_size=8).map(
    lambda runs: "".join(character * count for character, count in runs)
)
WOVEN = st.tuples(NEWSLIKE, st.text(ANY, max_size=20), NEWSLIKE, RUNS).map("".join)


@given(st.text(ANY) | NEWSLIKE | RUNS | WOVEN)
def test_any_text_gives_exact_spans_twice_the_same(text: str) -> None:
    facts = extract_facts(ARTICLE, text)
    assert all(text[fact.start : fact.end] == fact.exact for fact in facts if fact.exact is not None)
    assert all(span_digest(text[fact.start : fact.end]) == fact.sha256 for fact in facts)
    assert all(text[one.start : one.end].strip() for fact in facts for one in fact.claimants if one.start is not None)
    assert len({fact.id for fact in facts}) == len(facts)
    for kind in (Kind.QUANTITY, Kind.EVENT):
        assert all(one.end <= two.start for one, two in pairwise(fact for fact in facts if fact.kind is kind))
    assert facts == extract_facts(ARTICLE, text)


@given(st.text(ANY) | NEWSLIKE | RUNS | WOVEN)
def test_any_text_describes_its_article_and_is_written_and_read_again(text: str) -> None:
    described = describe_article(ARTICLE, text)
    assert described.title is None or described.title in text
    facts = extract_facts(described, text)
    assert [fact_from_record(json.loads(line)) for line in format_facts(facts).splitlines()] == [
        replace(fact, exact=None) if fact.kind is Kind.STATEMENT else fact for fact in facts
    ]


def test_the_real_articles_have_exact_spans(shared: Path) -> None:
    for path in find_article_files([shared / "articles", shared / "articles-dev"]):
        article, text = read_article(path, None)
        facts = extract_facts(article, text)
        assert facts
        assert {fact.kind for fact in facts} == set(Kind)
        assert all(span_digest(text[fact.start : fact.end]) == fact.sha256 for fact in facts)
