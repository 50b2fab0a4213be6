import pytest

from dataset.attribution.names import leading_name, phrase_after, phrase_before
from dataset.attribution.phrases import Line, PhraseKind, text_of
from dataset.lexer import lex


def line_of(text: str) -> Line:
    tokens = lex(text)
    return Line(tokens, [token.lower for token in tokens], [0] * len(tokens))


BEFORE = [
    ("On Tuesday the mayor of Norby", "the mayor of Norby", PhraseKind.PERSON),
    ("It fell after President Jan Holm", "President Jan Holm", PhraseKind.PERSON),
    ("Jan Holm, the minister of trade,", "Jan Holm", PhraseKind.NAME),
    ("Norland’s foreign minister, Jan Holm,", "Jan Holm", PhraseKind.NAME),
    ("Sen. Jan Holm (N-Norby)", "Sen. Jan Holm", PhraseKind.NAME),
    ("it was raining but officials", "officials", PhraseKind.PERSON),
    ("That is the first time the Trade Ministry", "the Trade Ministry", PhraseKind.BODY),
    ("Figures compiled by the Norby Institute", "Figures", PhraseKind.DOCUMENT),
    ("Its owner, Norby Lines,", "Norby Lines", PhraseKind.NAME),
    ("a rights group I trust, Norby-Watch,", "Norby-Watch", PhraseKind.NAME),
    ("a baker from Norby named Jan", "Jan", PhraseKind.NAME),
    ("a cold wind", "a cold wind", PhraseKind.OTHER),
]


@pytest.mark.parametrize(("text", "name", "kind"), BEFORE)
def test_the_phrase_before_a_verb(text: str, name: str, kind: PhraseKind) -> None:
    line = line_of(text)
    phrase = phrase_before(line, len(line.low))
    assert phrase
    assert (text_of(line, phrase.first, phrase.last), phrase.kind) == (name, kind)


AFTER = [
    ("the mayor, Jan Holm.", "Jan Holm"),
    ("Jan Holm, head of the press office.", "Jan Holm"),
    ("the Centre for the Study of Snow, which", "the Centre for the Study of Snow"),
    ("state media, NORNEWS.", "NORNEWS"),
]


@pytest.mark.parametrize(("text", "name"), AFTER)
def test_the_phrase_behind_a_verb(text: str, name: str) -> None:
    line = line_of(text)
    phrase = phrase_after(line, 0)
    assert phrase
    assert text_of(line, phrase.first, phrase.last) == name


OWNERS = [
    ("Norby Institute’s figures", ["Norby Institute’s"]),
    ("the figures from Norby and Soby", ["Norby", "Soby"]),
    ("a report by Reuters", ["Reuters"]),
    ("the latest Reuters report", ["Reuters"]),
    ("some figures", []),
]


@pytest.mark.parametrize(("text", "owners"), OWNERS)
def test_whose_document_it_is(text: str, owners: list[str]) -> None:
    line = line_of(text)
    phrase = phrase_after(line, 0)
    assert phrase
    assert phrase.kind is PhraseKind.DOCUMENT
    assert [text_of(line, owner.first, owner.last) for owner in phrase.owners] == owners


LEADING = [
    ("However, Russia has changed its law.", "Russia"),
    ("Despite the rain, Jan Holm left.", "Jan Holm"),
    ("Russia’s law has changed.", None),
    ("It rained.", None),
    ("Jan, a 26-year-old baker, left.", "Jan"),
    ("Snow, cold and deep, fell.", None),
]


@pytest.mark.parametrize(("text", "name"), LEADING)
def test_whom_a_sentence_begins_with(text: str, name: str | None) -> None:
    line = line_of(text)
    phrase = leading_name(line, frozenset())
    assert (text_of(line, phrase.first, phrase.last) if phrase else None) == name
