from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataset.lexer import TokenKind, lex

KINDS = [
    ("5,281", "number"),
    ("1’000’000", "number"),
    ("1\u202f250", "number"),
    ("2.5", "number"),
    ("1.300.000", "number"),
    ("12,34,567", "number"),
    ("½", "number"),
    ("2½", "number"),
    ("21st", "ordinal"),
    ("G7", "code"),
    ("M777", "code"),
    ("3.11.7", "code"),
    ("US$", "currency"),
    ("€", "currency"),
    ("U.S.", "word"),
    ("miller’s", "word"),
    ("%", "percent"),
    ("—", "dash"),
    ("https://example.org/a?b=1", "link"),
    ("#tag", "link"),
    (";", "mark"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_one_token_of_its_kind(text: str, kind: str) -> None:
    assert [(token.text, token.kind) for token in lex(text)] == [(text, TokenKind(kind))]


CUTS = [
    ("$95bn", "$ 95 bn"),
    ("18-30", "18 - 30"),
    ("The F-16, again.", "The F - 16 , again ."),
    ("7,50 and 1,000,000.", "7 , 50 and 1,000,000 ."),
    ("cost $US5,400 ($A8,100)", "cost $US 5,400 ( $A 8,100 )"),
    ("1,260km off", "1,260 km off"),
    ("½km off", "½ km off"),
    ("½½", "½ ½"),
]


@pytest.mark.parametrize(("text", "cut"), CUTS)
def test_cuts_between_tokens(text: str, cut: str) -> None:
    assert " ".join(token.text for token in lex(text)) == cut


def test_glued_tells_white_space_from_none() -> None:
    assert [token.glued for token in lex("a -b c")] == [False, False, True, False]


@given(st.text())
def test_spans_cover_everything_but_white_space(text: str) -> None:
    tokens = lex(text)
    covered = "".join(text[token.start : token.end] for token in tokens)
    assert covered == "".join(token.text for token in tokens)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(one.end <= two.start for one, two in pairwise(tokens))


@given(st.text(), st.integers(0, 20), st.integers(0, 40))
def test_a_slice_is_lexed_in_the_offsets_of_the_whole(text: str, start: int, end: int) -> None:
    assert all(start <= token.start < token.end <= end for token in lex(text, start, end))
