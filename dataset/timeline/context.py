"""What a sentence may take over from the text around it when it gives no time itself."""

from __future__ import annotations

from dataset.lexer import TokenKind, Tokens, lower_at
from dataset.periods import Moment
from dataset.timeline.asides import aside_end
from dataset.timeline.reach import Limits
from dataset.timeline.scope import Expression, Role
from dataset.timeline.tense import Tense, tense_of_word
from dataset.timeline.words import time_words

_LONG = 120  # tokens: what stands further on in a sentence says little of its figures
_REACH = 40  # tokens back to the verb of an amount
_WEEK = 7  # days
_STEM = 6  # letters that conscript, conscripts and conscription share
_OPENING = 3  # tokens that may stand before the phrase that opens a sentence
_ASIDES = frozenset("who which that whose when where after before until".split())
_SUBJECT = 6  # tokens before the verb that may name the campaign
_NEAR = 12  # tokens between a verb and its amount
_PRESENT = frozenset("is are be".split())
_CLAUSE_WALLS = frozenset(';"“”')


def find_frame(tokens: Tokens, found: list[Expression], *roles: Role) -> Limits | None:
    """The time a sentence is about: its first expression that dates rather than compares, of one of the roles."""
    for each in found:
        sure = not (each.loose or each.leaning or each.told or each.possessive or _is_aside(tokens, each))
        frames = each.role is not Role.WINDOW or each.first <= _OPENING or _is_few_days(each)
        if each.role in roles and sure and frames:
            return each.start, each.end
    return None


def find_time_ahead(found: list[Expression], published: Moment) -> Limits | None:
    """The first date after publication: what is planned is planned for then."""
    for each in found:
        if each.role is Role.AT and each.start and not each.loose and each.start.first_day > published.last_day:
            return each.start, each.end
    return None


def _is_few_days(found: Expression) -> bool:
    """Whether it is a handful of days, which an event takes: on Saturday and Sunday."""
    start, end = found.start, found.end
    if not (start and end and start.day and end.day):
        return False
    return (end.first_day - start.first_day).days < _WEEK


def _is_aside(tokens: Tokens, found: Expression) -> bool:
    """Whether the date stands beside what the sentence is about: who was elected in 2019; founded in 1921."""
    if aside_end(tokens, found):
        return True
    near = range(max(0, found.first - 6), found.first) if found.role is Role.AT else range(0)
    reports = time_words().roles["report"]
    return any(tokens[at].lower in _ASIDES and lower_at(tokens, at - 1) not in reports for at in near)


def tells_past(tokens: Tokens) -> bool:
    """Whether some verb of the sentence looks back."""
    return any(tense_of_word(token.lower) is Tense.PAST for token in tokens[:_LONG])


def adds(tokens: Tokens) -> bool:
    """Whether the sentence opens with what adds to the one before: a further three, another ten."""
    return any(lower_at(tokens, index) in ("further", "another", "others") for index in range(_OPENING))


def names_vague_time(tokens: Tokens) -> bool:
    """Whether the sentence gives a time of its own that no date tells: in recent years, the past few months."""
    roles = time_words().roles
    return any(
        token.lower in roles["vague"] and lower_at(tokens, index + 1) in roles["unit"]
        for index, token in enumerate(tokens[:_LONG])
    )


def looks_ahead(tokens: Tokens, first: int) -> bool:
    """Whether the clause before the amount speaks of what is to come, may be, or always is."""
    roles = time_words().roles
    for index in range(first - 1, max(-1, first - _REACH), -1):
        word = tokens[index].lower
        if word in roles["hypothetical"] or word in roles["total"]:
            return True
        if word in _CLAUSE_WALLS:
            return False
    return False


def speaks_formerly(tokens: Tokens) -> bool:
    """Whether the sentence opens with a word for what held before, as "previously"."""
    return any(lower_at(tokens, index) in time_words().roles["formerly"] for index in range(3))


def is_perfect(tokens: Tokens, first: int) -> bool:
    """Whether the verb near the amount is in the perfect tense, which carries on what began in the past."""
    return any(token.lower in ("has", "have") for token in tokens[max(0, first - _NEAR) : first + 8])


def tells_done(tokens: Tokens, first: int) -> bool:
    """Whether the verb before the amount tells of what is over, which no date to come holds for: has called up 40."""
    reports = time_words().roles["report"]
    return any(
        tense_of_word(token.lower) is Tense.PAST
        and token.lower not in reports
        and lower_at(tokens, at - 1) not in _PRESENT  # all are required to serve
        for at, token in enumerate(tokens[max(0, first - _NEAR) : first], start=max(0, first - _NEAR))
    )


def shares_name(tokens: Tokens, before: Tokens) -> bool:
    """Whether both sentences name the same country, person or place; a capital at the start of both tells nothing."""
    inner, outer = _names(tokens[1:]), _names(before[1:])
    return not inner.isdisjoint(outer | _names(before[:1])) or not outer.isdisjoint(_names(tokens[:1]))


def _names(tokens: Tokens) -> set[str]:
    return {token.lower.removesuffix("'s") for token in tokens[:_LONG] if token.capitalised and len(token.text) > 2}


def find_campaign(tokens: Tokens, found: list[Expression]) -> tuple[frozenset[str], Limits] | None:
    """A window that something runs over, with the stems of the words that name it: the draft will run until July."""
    roles = time_words().roles
    for each in found:
        if each.role is not Role.WINDOW or each.leaning:
            continue
        verb = next(
            (at for at in range(each.first - 1, max(-1, each.first - 5), -1) if tokens[at].lower in roles["run"]), 0
        )
        if verb:
            return _stems(tokens, verb), (each.start, each.end)
    return None


def _stems(tokens: Tokens, verb: int) -> frozenset[str]:
    """Stems of the nouns before the verb, or before the verb of beginning that shares its subject."""
    begins = time_words().roles["begin"]
    start = next((at for at in range(verb) if tokens[at].lower in begins), verb)
    near = tokens[max(0, start - _SUBJECT) : start]
    return frozenset(token.lower[:_STEM] for token in near if token.kind is TokenKind.WORD and len(token.text) >= _STEM)


def shares_stem(tokens: Tokens, stems: frozenset[str]) -> bool:
    """Whether a word of the sentence has one of the stems."""
    return any(token.lower[:_STEM] in stems for token in tokens[:_LONG] if len(token.text) >= _STEM)
