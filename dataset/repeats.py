"""Which facts of an article say again what an earlier mention in it says. Nothing is merged: mentions are linked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from dataset.model import Bound, EventFact, Fact, QuantityFact, Role
from dataset.vocabulary import vocabulary

_SINGLE = frozenset({"call-up", "mobilisation"})  # a state has one at a time; of attacks or visits it has many
_ROLES = (Role.ACTOR, Role.OBJECT, Role.PLACE)
_MOST = 50  # things of one sort, and ways to tell one, that are kept in mind: a page with more is a list
_COUNTED_APART = "item"  # the unit in which 5 tanks and 5 guns would be the same figure


@dataclass(frozen=True, slots=True)
class _Named:
    """Who or what stands in one role: their identifiers, the words of each name, and the numbers in the names."""

    ids: frozenset[str] = frozenset()
    names: frozenset[frozenset[str]] = frozenset()
    numbers: frozenset[str] = frozenset()

    def shared(self, other: _Named) -> bool:
        """Whether both name the same: by identifier where both have one, else by a name within the other's."""
        if self.ids and other.ids:
            return not self.ids.isdisjoint(other.ids)
        return any(mine <= theirs or theirs <= mine for mine in self.names for theirs in other.names)

    def counts_otherwise(self, other: _Named) -> bool:
        """Whether both have a number, and not the same."""
        return bool(self.numbers and other.numbers) and self.numbers.isdisjoint(other.numbers)


@dataclass(frozen=True, slots=True)
class _Sense:
    """What two mentions of the same may differ in, because the text leaves it out in one of them."""

    period: str | None
    origin: tuple[str | None, str] | None
    subject: str | None = None
    counted: str | None = None  # where one thing counted is another figure
    words: str | None = None  # the words for what is counted, whichever they are
    trigger: str = ""
    roles: tuple[_Named, ...] = ()
    said: bool = False


def mark_repeats(facts: Sequence[Fact]) -> list[Fact]:
    """The facts, in release order, with `repeats` the id of the first earlier mention that says the same, else None.

    Unknown is compatible with known, but a mention has to be compatible with all that repeat the same first one:
    else an undated figure would tie two years together.
    """
    groups: dict[Hashable, list[dict[_Sense, str]]] = defaultdict(list)
    return [replace(fact, repeats=_find_first(fact, groups[_key(fact)])) for fact in facts]


def _find_first(fact: Fact, groups: list[dict[_Sense, str]]) -> str | None:
    """The id of the mention that the fact repeats; what it says joins its group, or begins one."""
    sense = _sense(fact)
    single = isinstance(fact, EventFact) and fact.event_type in _SINGLE
    if not _compatible(sense, sense, single=single) or _is_loose(fact):
        return None  # tells too little to be told again
    for group in groups:
        if sense in group or all(_compatible(sense, other, single=single) for other in group):
            first = next(iter(group.values()))
            if len(group) < _MOST:
                group.setdefault(sense, fact.id)
            return first
    if len(groups) < _MOST:
        groups.append({sense: fact.id})
    return None


def _is_loose(fact: Fact) -> bool:
    """Whether a figure without a metric fits anything: thousands of people, one man; one is often but an article."""
    if not isinstance(fact, QuantityFact) or fact.metric is not None:
        return False
    return fact.counted is None or fact.bound is Bound.ORDER_OF_MAGNITUDE or fact.value == 1


def _key(fact: Fact) -> Hashable:
    """What two mentions of the same must have in common."""
    if isinstance(fact, QuantityFact):
        measured = fact.metric or (fact.counted and fact.counted.casefold())
        numbers = (fact.value, fact.value_low, fact.value_high)
        told = fact.metric is None, measured, fact.measure, fact.unit, fact.bound, numbers, fact.modality
    elif isinstance(fact, EventFact):
        return fact.article, fact.kind, fact.event_type, fact.polarity, fact.modality
    else:
        return fact.article, fact.kind, fact.sha256
    return fact.article, fact.kind, told


def _sense(fact: Fact) -> _Sense:
    """What of a fact is compared."""
    period = fact.period.edtf if fact.period else None
    origin = (fact.claimants[0].id, fact.claimants[0].name.casefold()) if fact.claimants else None
    if isinstance(fact, EventFact):
        roles = tuple(_named(fact, role) for role in _ROLES)
        return _Sense(period, origin, trigger=(fact.exact or "").casefold()[:3], roles=roles)
    if isinstance(fact, QuantityFact):
        words = fact.counted.casefold() if fact.counted else None
        counted = words if fact.unit == _COUNTED_APART else None
        return _Sense(period, origin, fact.subject.id if fact.subject else None, counted, words)
    return _Sense(period, origin, said=True)


def _named(event: EventFact, role: Role) -> _Named:
    """Who or what takes part in an event in one role."""
    mentions = [mention for mention in event.participants if mention.role is role]
    names = [frozenset(_WORD.findall(mention.name.casefold())) for mention in mentions]
    words = [name - vocabulary().function_words - _numbers(name) for name in names]
    return _Named(
        frozenset(mention.id for mention in mentions if mention.id is not None),
        frozenset(frozenset(word.removesuffix("s") for word in each) for each in words if each),
        frozenset[str]().union(*map(_numbers, names)),
    )


_WORD = re.compile(r"[^\W\d_]+|\d[\d.,]*")


def _numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if word[0].isdigit())


def _compatible(one: _Sense, other: _Sense, *, single: bool) -> bool:
    """Whether nothing that both mentions tell keeps them apart, and enough ties them.

    The same number of the same metric is not yet the same figure (two donors can give 20 million each): it takes
    the same subject or the same words for what is counted. The same words said again are tied by themselves.
    """
    pairs = (one.period, other.period), (one.subject, other.subject), (one.counted, other.counted)
    if not all(_meet(*pair) for pair in pairs) or not _same_origin(one.origin, other.origin):
        return False
    if one.roles:
        return _tied(one, other, single=single)
    return one.said or any(mine and mine == theirs for mine, theirs in (pairs[1], (one.words, other.words)))


def _meet(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _same_origin(one: tuple[str | None, str] | None, other: tuple[str | None, str] | None) -> bool:
    """Whether the claim can come from the same: by identifier where both have one, else by name."""
    if one is None or other is None:
        return True
    return one[0] == other[0] if one[0] and other[0] else one[1] == other[1]


def _tied(one: _Sense, other: _Sense, *, single: bool) -> bool:
    """Whether two mentions of one type of event can be taken for the same event.

    News tells of many attacks, visits or talks of the same parties, so the parties alone tie nothing. Whoever is named
    in a role on both sides has to be the same, counted alike; and beside that one of these must hold: actor and
    object are the same, told with the same word; both are dated to the same day, with the same word and a party
    in common, or with two parties in common. A draft or a mobilisation a state has one of at a time: there
    the same actor is enough, and the words for those called up may differ (conscripts, 160,000 men).
    """
    pairs = list(zip(one.roles, other.roles, strict=True))
    shared = [mine.shared(theirs) for mine, theirs in pairs]
    named = [mine != _Named() and theirs != _Named() for mine, theirs in pairs]
    apart = [both and not same for both, same in zip(named, shared, strict=True)]
    if any(mine.counts_otherwise(theirs) for mine, theirs in pairs):
        return False
    if single:
        return shared[0] and not apart[2]
    if any(apart):
        return False
    alike = bool(one.trigger) and one.trigger == other.trigger  # three letters: send, sent, sending; signed, signs
    if one.period and one.period == other.period and re.fullmatch(r"\d{4}-\d\d-\d\d", one.period):
        return sum(shared) + alike >= 2
    return alike and shared[0] and shared[1]
