import pytest

from dataset.designations import designation_indices
from dataset.lexer import lex

NAMES = [
    ("An F-16 flew over.", "16"),
    ("The council cites Resolution 2202 and page 3.", "2202 3"),
    ("She lives at No. 10, he in 22 Harbour Street.", "10 22"),
    ("On the Arden 100, shares fell.", "100"),
    ("He phones over 5G in 3D.", "5 3"),
    ("The club joined the Big Four.", "Four"),
    ("It is in the top 10 and the bottom three.", "10 three"),
    ("Dalby won the match 3-1.", "3 1"),
    ("A category 4 storm hit.", "4"),
    ("A magnitude 6.4 quake hit.", "6.4"),
    ("Call 0800 555 0111 now.", "0800 555 0111"),
    ("3. Boats are sold here.", "3"),
]


@pytest.mark.parametrize(("text", "named"), NAMES)
def test_numbers_that_name(text: str, named: str) -> None:
    tokens = lex(text)
    assert [tokens[index].text for index in sorted(designation_indices(tokens))] == named.split()


COUNTS = [
    "She has 16 planes.",
    "In order 30 boats left.",
    "The senate voted 30-20 in favour.",
    "A mid-30 fever and twenty-five boats.",
    "It sold 17 000 boats and 5km of rope.",
    "Dalby 18 Boats Sink at Pier",
    "The 5th boat and 3 more sank.",
]


@pytest.mark.parametrize("text", COUNTS)
def test_numbers_that_count(text: str) -> None:
    assert designation_indices(lex(text)) == set()
