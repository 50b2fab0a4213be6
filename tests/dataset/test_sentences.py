import pytest

from dataset.lexer import lex
from dataset.sentences import sentence_around, split_sentences

SPLITS = [
    ("It rained. It poured.", ["It rained.", "It poured."]),
    ("Mr. Holm met Dr. Dahl. They ate.", ["Mr. Holm met Dr. Dahl.", "They ate."]),
    ("J. Holm left. K. Dahl stayed.", ["J. Holm left.", "K. Dahl stayed."]),
    ("It cost 2.5 million. Why?", ["It cost 2.5 million.", "Why?"]),
    ("He said “Go.” She went.", ["He said “Go.”", "She went."]),
    ("Really?! Yes… Well.", ["Really?!", "Yes…", "Well."]),
    ("It burned.The owner wept.", ["It burned.", "The owner wept."]),
    ("It lost 5 guns; 4 carts; and 2 boats.", ["It lost 5 guns; 4 carts; and 2 boats."]),
    ("On Feb. 24 it fell. 40 fled.", ["On Feb. 24 it fell.", "40 fled."]),
    ("approx. ten of them left", ["approx. ten of them left"]),
]


@pytest.mark.parametrize(("text", "sentences"), SPLITS)
def test_splits(text: str, sentences: list[str]) -> None:
    assert [text[tokens[0].start : tokens[-1].end] for tokens in split_sentences(lex(text))] == sentences


def test_sentence_around_stays_in_its_line() -> None:
    text = "First line.\nIt rained. It poured for 3 days. It stopped.\r\nLast line."
    start = text.index("3 days")
    assert sentence_around(text, start, start + 1) == "It poured for 3 days."
    assert sentence_around(text, 0, 5) == "First line."
    assert sentence_around(text, text.index("Last"), len(text)) == "Last line."
