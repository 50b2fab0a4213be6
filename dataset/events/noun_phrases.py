"""Noun phrases of events: read forward from a verb or a preposition, without what is no noun."""

from __future__ import annotations

from dataset.attribution.phrases import (
    DETERMINERS,
    FINITE,
    PREPOSITIONS,
    Line,
    Phrase,
    PhraseKind,
    read_group,
)
from dataset.attribution.words import Form, report_words
from dataset.events.words import event_words

LONGEST = 9  # tokens of a noun phrase
NO_NOUNS = frozenset(
    "to that who which and or but as so when where while after before than not least most only also".split()
)
_QUANTIFIERS = frozenset("at least more than up to about around nearly almost over some only down".split())
_TIMES = frozenset("last this next earlier yesterday today tomorrow early late".split())


def noun_phrase(line: Line, begin: int) -> Phrase | None:
    """The noun phrase that begins at the token, behind what only says how many; of several joined the first."""
    first = begin
    while first < len(line.low) and (line.low[first] in _QUANTIFIERS or line.low[first].endswith("ly")):
        first += 1
    first = min(first, len(line.low) - 1)
    last = first
    while last < min(len(line.low), first + LONGEST) and not _ends_phrase(line, last, first):
        last += 1
    return read_group(line, first, first, last)


def _ends_phrase(line: Line, index: int, first: int) -> bool:
    word = line.low[index]
    if line.is_break(index) or word in NO_NOUNS or (word in PREPOSITIONS and word != "of"):
        return True
    if word in report_words().days or word in _TIMES or (index > first and word in DETERMINERS):
        return True
    begun = index > first and line.low[index - 1] not in DETERMINERS and not line.capital(index)
    if begun and word.endswith(("ed", "ing", "ly")):
        behind = line.at(index + 1)
        return index + 1 >= len(line.low) or behind in DETERMINERS or behind in PREPOSITIONS or line.is_break(index + 1)
    told = begun and line.at(index + 1) in DETERMINERS  # struck Norby | woke the town
    return told or (index > first and _is_finite(line, index))


def joined_with(line: Line, phrase: Phrase) -> list[Phrase]:
    """The names that stand beside the phrase in a list: Lithuania, | Latvia and Estonia."""
    found = _listed_before(line, phrase) if phrase.parts else []
    at = phrase.last
    while line.at(at) in (",", "and") and line.capital(phrase.head) and at + 1 < len(line.low) and line.capital(at + 1):
        following = noun_phrase(line, at + 1)
        if following is None or _goes_on(line, following.last):
            break
        found.append(following)
        if line.at(at) == "and":
            return found
        at = following.last
    return _listed_before(line, phrase) if phrase.parts else []


def _listed_before(line: Line, phrase: Phrase) -> list[Phrase]:
    """The names of a list in front of the last two: | Finland, Sweden and Norway."""
    found: list[Phrase] = []
    last = phrase.first - 1
    while last > 0 and line.low[last] == "," and line.capital(last - 1):
        first = last - 1
        while first > 0 and line.capital(first - 1):
            first -= 1
        if name := read_group(line, first, first, last):
            found.insert(0, name)
        last = first - 1
    return found


def _goes_on(line: Line, index: int) -> bool:
    """Whether a verb follows, so that the name is rather its subject."""
    return index < len(line.low) and (line.low[index] in FINITE or is_verbal(line, index) or _tells(line, index))


def after_verbs(line: Line, phrase: Phrase | None) -> Phrase | None:
    """The phrase without a clause in front of it (the army believes | ten men) and a headline's verb behind it."""
    if phrase is None:
        return None
    first, last = phrase.first, phrase.last
    inside = [at for at in range(first, last - 1) if not line.capital(at) and _tells(line, at)]
    first = inside[-1] + 1 if inside else first
    while last - 1 > first and (line.low[last - 1] in event_words().governors or _tells(line, last - 1)):
        last -= 1
    return phrase if (first, last) == (phrase.first, phrase.last) else read_group(line, first, first, last)


def _tells(line: Line, index: int) -> bool:
    """Whether the word is a verb of saying in a finite form."""
    verbs = report_words().verbs.get(line.low[index], ())
    return any(verb.forms & {Form.THIRD, Form.PAST} for verb in verbs) and line.low[index] not in report_words().nouns


def is_noun(line: Line, phrase: Phrase) -> bool:
    """Whether the head can be a noun at all."""
    word = line.low[phrase.head]
    if word in ("nobody", "none", "neither", "nothing", "no"):
        return False
    if line.capital(phrase.head) or phrase.kind is PhraseKind.PRONOUN:
        return True
    if word in DETERMINERS or word in NO_NOUNS or word in PREPOSITIONS or word.endswith(("ly", "ed", "ing")):
        return False
    return not _is_finite(line, phrase.head)


def _is_finite(line: Line, index: int) -> bool:
    """Whether the word is a finite verb that the vocabularies know: sends, sent."""
    word = line.low[index]
    forms = [verb.forms for verb in event_words().verbs.get(word, ())]
    forms += [verb.forms for verb in report_words().verbs.get(word, ())]
    return word in FINITE or (bool(forms) and all(Form.PAST in form for form in forms))


def is_verbal(line: Line, index: int) -> bool:
    """Whether the word looks like a form of a verb."""
    return not line.capital(index) and (line.low[index].endswith(("ing", "ed")) or _is_finite(line, index))
