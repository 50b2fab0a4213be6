"""What a reviewer writes as `field=value`, turned into the JSON values of a fact's fields.

Whom a fact names is given in the article's own words, of which the nearest ones to the fact are meant:

    claimants=TASS; the Kremlin     the origin first
    claimants=vladimir-putin=he     an identifier, and the words that stand for it
    actor=russia=                   an identifier that no words stand for
    place==Washington               words alone, though an identifier goes by them
    claimants=tass=TASS*            resolved, though the name stands there: other words stand for it at the fact
    subject=russian-armed-forces    an identifier, or words; a final * says that its own sentence does not tell

`null`, or nothing, takes a value away. Value, limits and bound go together: where only value or bound is given,
the limits follow.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from dataset.agents import AgentEntry, agent, find_agent
from dataset.amounts import read_amount
from dataset.checks import ANCHORED, FIELDS
from dataset.errors import ReviewError
from dataset.lexer import find_places, lex
from dataset.metric_tables import metric_ids
from dataset.model import Bound, Fact, Kind, Role
from dataset.periods import parse_edtf
from dataset.quantities import limits
from dataset.records import fact_to_record

_LIMITS = ("value_low", "value_high")
_ROLES = tuple(Role)
Record = dict[str, Any]

_COMMON: dict[str, object] = {"period": None, "claimants": []}
DEFAULTS: dict[Kind, dict[str, object]] = {  # the fields of an added fact that nothing is said of
    Kind.QUANTITY: {
        **_COMMON,
        **dict.fromkeys(("metric", "subject", "counted", "value", "value_low", "value_high", "value_as_written")),
        "measure": "level",
        "bound": "exact",
        "modality": "asserted",
    },
    Kind.STATEMENT: {**_COMMON, "direct": False, "cue": None},
    Kind.EVENT: {**_COMMON, "polarity": "positive", "modality": "done", "participants": []},
}


class Words:
    """The text around a fact, in which a reviewer quotes whole words."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end

    def find(self, words: str) -> tuple[int, int]:
        """The span of the words that stands nearest to the fact; ReviewError where they stand nowhere."""
        places = list(find_places(self._text, words))
        if not places:
            raise ReviewError(f"the article does not say {words!r}", "quote its words as they stand there, whole")
        nearest = min(places, key=self._distance)
        return nearest, nearest + len(words)

    def _distance(self, place: int) -> tuple[bool, int]:
        """How far off a place is: what stands in the line of the fact is nearer than what stands in another."""
        first, last = sorted((self._start, place))
        return "\n" in self._text[first:last], max(self._start - place, place - self._end)


def find_number(quote: str) -> str:
    """The number of quoted words as it is printed; all of them where they are read as none."""
    tokens = lex(quote)
    amount = next((found for index in range(len(tokens)) if (found := read_amount(tokens, index))), None)
    if amount is None:
        return quote
    return quote[tokens[amount.number.first].start : tokens[amount.number.last - 1].end]


def parse_fields(kind: Kind, written: Iterable[str], words: Words, known: Mapping[str, Any]) -> Record:
    """The fields that `field=value` texts set, as JSON values; `known` are those of the fact so far.

    ReviewError names the field, and what it takes.
    """
    fields: Record = {}
    for text in written:
        name, equals, value = text.partition("=")
        if not equals:
            raise ReviewError(f"{text!r} sets nothing", "write field=value")
        name = name.strip()
        _check_name(kind, name)
        value = value.strip()
        if name in _ROLES:
            others = [one for one in fields.get("participants", known.get("participants", [])) if one["role"] != name]
            named = [{**one, "role": name} for one in _parse_mentions(value, words)]
            fields["participants"] = sorted([*others, *named], key=lambda one: _ROLES.index(one["role"]))
        else:
            fields[name] = (
                _PARSERS.get(name, _parse_text)(value, words) if value not in ("", "null") else _EMPTY.get(name)
            )
    return fields | _follow(fields, known)


def write_fields(fact: Fact) -> dict[str, str]:
    """The fields of a fact as a reviewer would set them; those without a value are left out."""
    record = fact_to_record(fact)
    roles = record.get("participants", [])
    fields = {
        name: [one for one in roles if one["role"] == name] if name in _ROLES else record[name]
        for name in settable(fact.kind)
    }
    return {name: _write(value) for name, value in fields.items() if value not in (None, [])}


def _write(value: object) -> str:
    """A JSON value as a reviewer would write it."""
    if isinstance(value, list):
        return "; ".join(_write_mention(one) for one in value)
    if isinstance(value, dict):  # a period, a cue, a subject
        named = value.get("edtf") or value.get("exact") or value.get("id") or value["name"]
        return f"{named}*" if value.get("inferred") else str(named)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _write_mention(mention: Mapping[str, Any]) -> str:
    named = f"{mention['id']}={mention['name']}" if mention["id"] else str(mention["name"])
    return f"{named}{'*' * mention['inferred']}"


def settable(kind: Kind) -> list[str]:
    """The names that a reviewer can set of facts of a kind."""
    names = [name for name in FIELDS[kind] if name not in ANCHORED | {"participants"}]
    return [*names, *_ROLES] if kind is Kind.EVENT else names


def _check_name(kind: Kind, name: str) -> None:
    names = settable(kind)
    if name not in names:
        nearest = difflib.get_close_matches(name, names, n=1)
        hint = f"did you mean {nearest[0]}? " if nearest else ""
        remedy = "reject it and add the right one" if name in ("start", "end", "exact") else f"set {', '.join(names)}"
        raise ReviewError(f"{with_article(kind)} has no field {name!r} to set", hint + remedy)


def with_article(kind: Kind) -> str:
    """The kind as one says it: a quantity, an event."""
    return f"{'an' if kind is Kind.EVENT else 'a'} {kind}"


def _follow(fields: Record, known: Mapping[str, Any]) -> Record:
    """The limits that follow from value and bound, where one of these is set and none of the limits is."""
    if not fields.keys() & {"value", "bound"} or fields.keys() & set(_LIMITS):
        return {}
    value, bound = fields.get("value", known.get("value")), fields.get("bound", known.get("bound", Bound.EXACT))
    if value is None or bound not in list(Bound):  # which the checks of the fact tell
        return {}
    _, low, high = limits(Bound(bound), abs(value), abs(value))
    if value < 0:
        low, high = (None if high is None else -high), (None if low is None else -low)
    return {"value_low": low, "value_high": high}


def _parse_text(value: str, _words: Words) -> str:
    return value


def _parse_number(value: str, _words: Words) -> float:
    try:
        number = float(value.replace(",", ""))
    except ValueError as error:
        raise ReviewError(f"{value!r} is no number", "write digits, such as 650000") from error
    return int(number) if number.is_integer() else number


def _parse_boolean(value: str, _words: Words) -> bool:
    if value not in ("true", "false"):
        raise ReviewError(f"{value!r} is neither true nor false", "write one of them")
    return value == "true"


def _parse_period(value: str, _words: Words) -> Record:
    try:
        return asdict(parse_edtf(value))
    except ValueError as error:
        raise ReviewError(f"{value!r} is no period", "write EDTF, such as 2024-03 or 2022-02-24/2023") from error


def _parse_metric(value: str, _words: Words) -> str:
    if value not in metric_ids():
        nearest = difflib.get_close_matches(value, metric_ids(), n=1)
        hint = f"did you mean {nearest[0]}?" if nearest else "take one of metrics.csv, or add a row there"
        raise ReviewError(f"there is no metric {value!r}", hint)
    return value


def _parse_subject(value: str, words: Words) -> Record:
    name, inferred = value.removesuffix("*").strip(), value.endswith("*")
    entry = _known_agent(name) or find_agent(name)
    if entry is None:
        words.find(name)
    return {"id": entry.id if entry else None, "name": entry.name if entry else name, "inferred": inferred}


def _parse_cue(value: str, words: Words) -> Record:
    start, end = words.find(value)
    return {"start": start, "end": end, "exact": value}


def _parse_mentions(value: str, words: Words) -> list[Record]:
    if value in ("", "null"):
        return []
    return [_parse_mention(part.strip(), words) for part in value.split(";") if part.strip()]


def _parse_mention(written: str, words: Words) -> Record:
    """`words`, `id=words`, `id=` or `=words`: somebody named, with the span of the words that stand for them."""
    identifier, equals, quoted = written.removesuffix("*").partition("=")
    if not (equals and identifier):
        name = quoted if equals else identifier
        start, end = words.find(name)
        entry, inferred = None if equals else find_agent(name), written.endswith("*")
        return {"id": entry.id if entry else None, "name": name, "start": start, "end": end, "inferred": inferred}
    entry = _known_agent(identifier)
    if entry is None:
        raise ReviewError(f"there is no agent {identifier!r}", "take an identifier of agents.csv, or add a row there")
    span = words.find(quoted) if quoted else (None, None)
    named = find_agent(quoted)
    inferred = written.endswith("*") or named is None or named.id != entry.id
    return {
        "id": entry.id,
        "name": entry.name if inferred else quoted,
        "start": span[0],
        "end": span[1],
        "inferred": inferred,
    }


def _known_agent(identifier: str) -> AgentEntry | None:
    try:
        return agent(identifier)
    except KeyError:
        return None


_PARSERS: dict[str, Callable[[str, Words], object]] = {
    **dict.fromkeys(("value", *_LIMITS), _parse_number),
    "direct": _parse_boolean,
    "period": _parse_period,
    "metric": _parse_metric,
    "subject": _parse_subject,
    "cue": _parse_cue,
    "claimants": _parse_mentions,
}
_EMPTY: dict[str, object] = {"claimants": []}
