from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataset.model import Kind
from dataset.surroundings import Surroundings, quote_nothing
from tests.api.sample import CARTS, HARBOUR, HARBOUR_TEXT, LIGHTHOUSE, make_article, make_fact
from tests.api.test_exports import COUNT

SHORT = "a\u00e9\u2603\U0001f6a2 \n"
TEXT = "".join(SHORT * 100)


@given(st.integers(0, len(TEXT) - 2), st.integers(1, 90))
def test_bytes_are_those_of_the_file(start: int, length: int) -> None:
    words = TEXT[start : start + length]
    fact = make_fact(ARTICLE, "x" * start + words, words, **COUNT) if words not in "x" * start else None
    assert fact is not None
    assert fact.start == start
    quoted = LAID_OUT.quote(fact)
    content = TEXT.encode("utf-8")
    assert content[quoted["byte_start"] : quoted["byte_end"]].decode("utf-8") == words == quoted["exact"]
    assert quoted["prefix"] == TEXT[max(0, start - 32) : start]
    assert quoted["suffix"] == TEXT[fact.end : fact.end + 32]


ARTICLE = make_article("bytes.txt", TEXT)
LAID_OUT = Surroundings(ARTICLE, TEXT)


@pytest.mark.parametrize("exact", ["650,000", "42", "18 to 30", "500,000"])
def test_the_sentence_is_the_one_around(exact: str) -> None:
    fact = make_fact(HARBOUR, HARBOUR_TEXT, exact, **COUNT)
    sentence = Surroundings(HARBOUR, HARBOUR_TEXT).quote(fact)["sentence"]
    assert exact in sentence
    assert sentence in HARBOUR_TEXT
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_of_a_statement_there_is_none() -> None:
    quoted = Surroundings(HARBOUR, HARBOUR_TEXT).quote(LIGHTHOUSE)
    assert quoted["sentence"] is None
    assert quoted["exact"] == "We will not move the lighthouse"


def test_a_span_over_two_sentences_has_both() -> None:
    text = "The mill burns. The pier sinks. All is well.\n"
    article = make_article("mill.txt", text)
    fact = make_fact(article, text, "burns. The pier", Kind.EVENT, event_type="visit")
    sentence = Surroundings(article, text).quote(fact)["sentence"]
    assert sentence.startswith("The mill burns. The pier")
    assert "All is well" not in sentence


def test_a_line_end_of_two_characters_counts_once_in_the_fragment() -> None:
    text = "Port\r\n\r\n42 cranes\r\n"
    article = make_article("crlf.txt", text)
    quoted = Surroundings(article, text).quote(make_fact(article, text, "42", **COUNT))
    assert (quoted["fragment"], quoted["byte_start"]) == ("char=6,8", 8)


def test_without_the_text_only_what_the_fact_itself_says_is_known() -> None:
    assert quote_nothing(CARTS) == {
        "exact": "900",
        "prefix": None,
        "suffix": None,
        "byte_start": None,
        "byte_end": None,
        "sentence": None,
        "fragment": f"char={CARTS.start},{CARTS.end}",
    }
