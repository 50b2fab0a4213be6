import pytest

from dataset.lexer import lex
from dataset.sentences import split_sentences

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


def test_no_sentence_is_longer_than_what_reads_it_may_look_at() -> None:
    sentences = list(split_sentences(lex("one " * 1000)))
    assert [len(tokens) for tokens in sentences] == [250] * 4
