"""What a sentence may take over from the text around it when it gives no time itself."""

from __future__ import annotations

from dataset.lexer import TokenKind, Tokens, lower_at
from dataset.periods import Moment
from dataset.timeline_reach import Limits
from dataset.timeline_scope import Expression, Role
from dataset.timeline_tense import Tense, tense_of_word
from dataset.timeline_words import time_words

_NEWS_AGE = 3  # days: what lies further back is no news of the day
_LONG = 120  # tokens: what stands further on in a sentence says little of its figures
_REACH = 40  # tokens back to the verb of an amount
_STEM = 6  # letters that conscript, conscripts and conscription share
_OPENING = 3  # tokens that may stand before the phrase that opens a sentence
_ASIDES = frozenset("who which that whose when where after before until".split())
_SUBJECT = 6  # tokens before the verb that may name the campaign
_CLAUSE_WALLS = frozenset(';"“”')


def find_frame(tokens: Tokens, found: list[Expression], *roles: Role) -> Limits | None:
    """The time a sentence is about: its first expression that dates rather than compares, of one of the roles."""
    for each in found:
        sure = not (each.loose or each.leaning or each.told or each.possessive or _is_aside(tokens, each))
        if each.role in roles and sure and (each.role is not Role.WINDOW or each.first <= _OPENING):
            return each.start, each.end
    return None


def _is_aside(tokens: Tokens, found: Expression) -> bool:
    """Whether the date stands in a relative clause, beside what the sentence is about: who was elected in 2019."""
    near = tokens[max(0, found.first - 6) : found.first] if found.role is Role.AT else ()
    return any(token.lower in _ASIDES for token in near)


def tells_past(tokens: Tokens) -> bool:
    """Whether some verb of the sentence looks back."""
    return any(tense_of_word(token.lower) is Tense.PAST for token in tokens[:_LONG])


def find_news_day(found: list[Expression], published: Moment) -> Limits | None:
    """The first recent day among the expressions; the month where publication is known no better."""
    for each in found:
        day = each.start
        if each.role is not Role.AT or each.loose or each.told or day is None or day != each.end:
            continue
        if day.day and published.day and 0 <= (published.first_day - day.first_day).days <= _NEWS_AGE:
            return day, day
    return None


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
    return any(token.lower in ("has", "have") for token in tokens[max(0, first - 12) : first + 8])


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
