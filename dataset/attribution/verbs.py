"""Reports by a verb: active, inverted, passive or as a participle."""

from __future__ import annotations

from dataclasses import dataclass

from dataset.attribution.clauses import (
    QUOTES,
    after_phrase,
    clause_end,
    clause_start,
    count_words,
    said_start,
    sentence_start,
    stretch,
)
from dataset.attribution.names import phrase_after, phrase_before
from dataset.attribution.phrases import DETERMINERS, PREPOSITIONS, Line, Phrase, PhraseKind
from dataset.attribution.scope import PLACES, SPEECH, find_contents, is_over, skip_to_content
from dataset.attribution.subjects import (
    BE,
    DO,
    HAVE,
    MODALS,
    NOT,
    NoSubject,
    find_subject,
    helpers_before,
)
from dataset.attribution.words import Form, Frame, Verb, report_words
from dataset.lexer import TokenKind
from dataset.vocabulary import vocabulary

_HOMOGRAPHS = frozenset(
    "claim report estimate forecast project plan call demand state hope fear post point note comment remark record "
    "document support question threat list detail worry doubt promise pledge vow warning project tweet quote".split()
)
_ARTICLES = frozenset("the a an his her its their our my your".split())  # behind which there is no verb
_REACHES = frozenset("reached hit topped exceeded passed totalled totaled doubled tripled quadrupled halved".split())
_NO_NOUNS = (TokenKind.NUMBER, TokenKind.CURRENCY, TokenKind.MARK, TokenKind.DASH)
_NO_OBJECT = frozenset("to with as up by in at on for from of off".split())
_NO_INVERSION = frozenset({Frame.NAME, Frame.WISH, Frame.TOPIC, Frame.CITE, Frame.COUNT, Frame.REVISE, Frame.DECIDE})
_NO_PARTICIPLE = frozenset({Frame.WISH, Frame.QUOTE, Frame.COUNT, Frame.REVISE, Frame.DECIDE})
_FAR_REACH = 5  # tokens: agreed on Monday to, cut its growth forecast
_OPEN = frozenset("and by in also while when after before but".split())  # behind these a participle has no subject
_BEHIND_NOUN = frozenset(
    "of from by about into have has had are is was were be been will would could can may did do does".split()
)


@dataclass(frozen=True, slots=True)
class Report:
    """A cue (token indices), who speaks, and what is said as stretches of tokens; all half-open.

    `relays` is who passes it on, where the cue names both. `frame` is None for `according to` and for nouns.
    """

    first: int
    last: int
    speaker: Phrase | NoSubject
    contents: tuple[tuple[int, int], ...]
    frame: Frame | None = None
    relays: Phrase | None = None
    source: bool = False  # according to


def find_by_verb(line: Line, index: int, verb: Verb) -> Report | None:
    """The report whose cue is the verb at `index`, if it is one."""
    last = _cue_end(line, index, verb)
    before, helpers = helpers_before(line, index)
    if last is None or (index and line.capital(index)) or _is_noun(line, index, verb):
        return None
    if helpers & (MODALS | NOT) or line.at(before) == "to":
        return None
    if verb.frame is Frame.REQUEST and line.low[last : last + 2] == ["not", "to"]:
        return None  # one who asked not to be named
    return _by_form(line, (before, index, last), helpers, verb)


def _by_form(line: Line, at: tuple[int, int, int], helpers: set[str], verb: Verb) -> Report | None:
    """Read the verb by its form; `at` holds the indices before it and its helpers, of it, and behind the cue."""
    before, index, last = at
    if Form.ING in verb.forms and not helpers & BE:
        return _by_participle(line, index, last, verb)
    if helpers & BE and Form.ING not in verb.forms:
        return _by_passive(line, index, last, verb, before)
    if not _fits_form(verb, helpers):
        return None
    if verb.frame is Frame.CITE and (quoting := _by_quoting(line, before, index, last)):
        return quoting
    if line.at(index - 1) == "," and (found := _by_subject(line, at, verb)):
        return found
    return _by_inversion(line, index, last, verb) or _by_subject(line, at, verb)


def _is_noun(line: Line, index: int, verb: Verb) -> bool:
    """Whether the word is the noun that looks like the verb: early reports of, long-term."""
    if line.tokens[index - 1].text == "-" and line.tokens[index].glued:
        return True
    following = line.at(index + 1)
    if following in (",", ".") and verb.base in ("record", "document", "list") and Form.PAST not in verb.forms:
        return True
    if verb.frame is Frame.NAME and not verb.after:
        return following in _NO_OBJECT and not (following == "as" and line.at(index + 2) in QUOTES)
    if verb.forms & {Form.BASE, Form.THIRD} and verb.base in _HOMOGRAPHS:
        if following == "about" and index + 2 < len(line.low):
            return line.tokens[index + 2].kind is not TokenKind.NUMBER  # estimates about 40
        told = following in _BEHIND_NOUN or (following in report_words().verbs and not following.endswith("ing"))
        return told or line.low[index - 1] in _ARTICLES or _changes(line, index + 1)
    return False


def _changes(line: Line, index: int) -> bool:
    """Whether what stands before is told to change or to reach something: Claims | rose 8 percent, fell, hit $40."""
    word = line.at(index)
    past = word.endswith("ed") or word in report_words().pasts
    if word not in _REACHES and not (past and word in vocabulary().change_words):
        return False
    if index + 1 == len(line.low) or line.tokens[index + 1].kind in _NO_NOUNS:
        return True
    follows = line.low[index + 1]  # what increased sales means depends on who reports them
    return follows in PREPOSITIONS or follows in ("to", "a", "an", "the", "more", "nearly") or follows.endswith("ly")


def _cue_end(line: Line, index: int, verb: Verb) -> int | None:
    if not verb.after:
        return index + 1
    reach = _FAR_REACH if verb.frame in (Frame.DECIDE, Frame.REVISE) else 3
    for ahead in range(index + 1, min(index + reach, len(line.low))):
        if line.low[ahead] in verb.after:
            noun = verb.frame is Frame.DECIDE and _is_thing(line, ahead + 1)
            return None if noun else ahead + 1
        if line.is_break(ahead):
            return None
    return None


def _is_thing(line: Line, index: int) -> bool:
    """Whether what is agreed to is a thing (agreed to a truce) rather than something to do."""
    return line.at(index) in DETERMINERS or index >= len(line.low) or line.tokens[index].kind is TokenKind.NUMBER


def _fits_form(verb: Verb, helpers: set[str]) -> bool:
    if helpers & HAVE:
        return Form.DONE in verb.forms
    if helpers & DO:
        return Form.BASE in verb.forms
    return bool(verb.forms & {Form.BASE, Form.THIRD, Form.PAST}) or bool(helpers & BE)


def _by_inversion(line: Line, index: int, last: int, verb: Verb) -> Report | None:
    """`…, said X` and `“…” said X`."""
    before = line.at(index - 1)
    if index == 0 and verb.forms & {Form.PAST}:
        return _by_opening(line, last, verb)
    if verb.frame in _NO_INVERSION or not (before in (",", "-", "–", "—") or before in QUOTES):
        return None
    speaker = phrase_after(line, last)
    if speaker is None or speaker.kind in (PhraseKind.OTHER, PhraseKind.DOCUMENT, PhraseKind.PRONOUN):
        return None
    end = min(speaker.last, after_phrase(line, last))
    if not _is_closed(line, end) or (before == "," and verb.frame not in (Frame.SAY, Frame.TELL, Frame.CLAUSE)):
        return None
    content = stretch(line, said_start(line, index), index)
    return Report(index, last, speaker, (content,), verb.frame) if content else None


def _is_closed(line: Line, end: int) -> bool:
    """Whether nothing that could be said follows the name."""
    follows = line.at(end)
    if end >= len(line.low) or line.is_break(end):
        return True
    return follows in PLACES or follows in ("and", "who") or follows in report_words().days


def _by_opening(line: Line, last: int, verb: Verb) -> Report | None:
    """`Said X: “…”`."""
    speaker = phrase_after(line, last)
    end = after_phrase(line, last)
    content = stretch(line, end, len(line.low))
    if speaker is None or speaker.kind in (PhraseKind.OTHER, PhraseKind.PRONOUN) or line.at(end) != ":" or not content:
        return None
    return Report(0, last, speaker, (content,), verb.frame)


def _by_subject(line: Line, at: tuple[int, int, int], verb: Verb) -> Report | None:
    before, index, last = at
    speaker = find_subject(line, before, index, verb)
    if speaker is None or (verb.frame is Frame.ANNOUNCE and _is_relative(line, speaker)):
        return None
    begin = speaker.edge if isinstance(speaker, Phrase) else index
    contents = find_contents(line, (begin, index, last), verb)
    if not contents and not _is_bare(line, begin, last, verb):
        return None
    return Report(index, last, speaker, contents, verb.frame)


def _is_relative(line: Line, speaker: Phrase | NoSubject) -> bool:
    """Whether the subject stands right behind the things it is said of: of the ships Finland | promised."""
    if not isinstance(speaker, Phrase) or speaker.parts or not speaker.first < speaker.head:
        return False
    things = [
        word for at, word in enumerate(line.low[speaker.first : speaker.head], speaker.first) if not line.capital(at)
    ]
    return bool(things) and things[-1].endswith("s") and things[-1] not in report_words().nouns and len(things) > 1


def _is_bare(line: Line, begin: int, last: int, verb: Verb) -> bool:
    """Whether the sentence only tells who speaks: the words stand in the sentence before, or behind the colon."""
    if verb.frame not in SPEECH or line.quoted[last - 1]:
        return False
    return line.low[-1] == ":" or (begin == 0 and is_over(line, last, verb))


def _by_participle(line: Line, index: int, last: int, verb: Verb) -> Report | None:
    """`X, saying …`, `with X reporting …`, `X, citing Y`."""
    if verb.frame is Frame.CITE:
        return _by_citing(line, index, last)
    if verb.frame in _NO_PARTICIPLE or line.at(index - 1) == "as":
        return None  # quoted X as saying is one cue
    speaker = _beside_participle(line, index, verb)
    if speaker is None:
        return None
    end = clause_end(line, last)
    content = stretch(line, skip_to_content(line, last, verb, end), end)
    if content is None or count_words(line, content) < 2:
        return None
    return Report(index, last, speaker, (content,), verb.frame)


def _beside_participle(line: Line, index: int, verb: Verb) -> Phrase | NoSubject | None:
    """The subject of a participle: the phrase right before it, else that of the words before."""
    if index == 0 or line.is_break(index - 1) or line.low[index - 1] in _OPEN:
        return NoSubject.ELIDED
    speaker = phrase_before(line, index)
    if speaker is None or speaker.kind in (PhraseKind.OTHER, PhraseKind.PRONOUN):
        return NoSubject.ELIDED if verb.base == "say" else None
    return speaker


def _by_citing(line: Line, index: int, last: int) -> Report | None:
    origin = phrase_after(line, last)
    if origin is None or origin.kind in (PhraseKind.OTHER, PhraseKind.PRONOUN):
        return None
    relay = phrase_before(line, index) if not line.is_break(index - 1) else phrase_before(line, index - 1)
    behind = after_phrase(line, last)
    if line.at(behind) == "," and (line.at(behind + 1) == "that" or line.at(behind + 1) in report_words().verbs):
        start = behind + 2 + (line.at(behind + 2) == "that")  # X reported, citing Y, that; X, citing Y, reported that
        content = stretch(line, start, clause_end(line, start))
        return Report(index, last, origin, (content,), Frame.CITE, relay) if content else None
    end = relay.edge - 2 if relay and line.at(relay.edge - 2) == "according" else index
    content = stretch(line, sentence_start(line, index), end)
    return Report(index, last, origin, (content,) if content else (), Frame.CITE, relay)


def _by_quoting(line: Line, before: int, index: int, last: int) -> Report | None:
    """`X quoted Y as saying …`."""
    for at in range(last + 1, min(last + 14, len(line.low) - 1)):
        if line.low[at] == "as" and line.low[at + 1] in ("saying", "telling"):
            speaker, relay = phrase_after(line, last), phrase_before(line, before + 1)
            start = at + 2 + (line.at(at + 2) in ("that", ":", ","))
            content = _front_quotation(line, relay) or stretch(line, start, clause_end(line, start))
            if speaker and content and speaker.kind is not PhraseKind.OTHER:
                return Report(index, last, speaker, (content,), Frame.SAY, relay)
    return None


def _front_quotation(line: Line, speaker: Phrase | None) -> tuple[int, int] | None:
    """The quotation that ends right before the speaker, if one does."""
    front = stretch(line, 0, speaker.edge) if speaker and speaker.edge else None
    return front if front and line.low[front[1] - 1] in QUOTES and line.quoted[front[1] - 1] else None


def _by_passive(line: Line, index: int, last: int, verb: Verb, before: int) -> Report | None:
    """`X was quoted as saying …`, `… was reported by X`, `it was reported that …`."""
    if verb.frame is Frame.CITE and line.at(last) == "as":
        quoted = phrase_before(line, before + 1)
        front = _front_quotation(line, quoted)
        if quoted and front and is_over(line, last + 2, verb):
            return Report(index, last + 2, quoted, (front,), Frame.SAY)
        end = clause_end(line, last + 2)
        content = stretch(line, skip_to_content(line, last + 2, verb, end), end)
        return Report(index, last + 2, quoted, (content,), Frame.SAY) if quoted and content else None
    for ahead in range(last, min(last + 3, len(line.low))):
        if line.low[ahead] == "by" and verb.frame in (Frame.SAY, Frame.ANNOUNCE, Frame.CALL):
            speaker = phrase_after(line, ahead + 1)
            content = stretch(line, clause_start(line, index), before + 1)
            if speaker and content and speaker.kind is not PhraseKind.OTHER:
                return Report(index, last, speaker, (content,), verb.frame)
    if verb.frame is Frame.NAME and line.at(last + (line.at(last) == "as")) in QUOTES:
        content = stretch(line, last, clause_end(line, last))  # was labelled “mostly true”, by nobody who is named
        return Report(index, last, NoSubject.NOBODY, (content,), verb.frame) if content else None
    if line.at(before) == "it" and line.at(last) == "that":
        content = stretch(line, last + 1, clause_end(line, last + 1))
        place = phrase_after(line, 1) if line.low[0] == "in" else None  # In a report by X, it was said that
        named = place if place and place.kind is PhraseKind.DOCUMENT and place.owners else NoSubject.NOBODY
        return Report(index, last, named, (content,), verb.frame) if content else None
    return None
