"""Scoring of statements and events against annotations, as the figures of the evaluation.

Quotations are found where both ends agree to two characters. An event is found where one of the same type stands
over the same words, or within `_NEAR` characters of them in the same sentence, one for one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType

from dataset.records import Record

Texts = Mapping[str, str]  # file name to unmodified text
Same = Callable[[object, Record], bool]
Pairs = list[tuple[Record, Record]]  # annotated, predicted

_SLACK = 2  # characters that the ends of a quotation may differ by
_NEAR = 60  # characters between two triggers of one event
_ROLES = ("actor", "object", "place")


def score_quotations(gold: Sequence[Record], facts: Sequence[Record], same: Same) -> dict[str, float]:
    """Share of the annotated quotations that are found, and of those with a speaker whose origin is right."""
    statements = [fact for fact in facts if fact["kind"] == "statement"]
    pairs = [(quotation, _find_quotation(quotation, statements)) for quotation in gold]
    spoken = [(quotation, found) for quotation, found in pairs if quotation["speaker"]]
    right = sum(_speaks(found, quotation["speaker"], same) for quotation, found in spoken)
    return {
        "quotations found": _share(sum(found is not None for _, found in pairs), len(pairs)),
        "speaker": _share(right, len(spoken)),
    }


def _find_quotation(quotation: Record, statements: Sequence[Record]) -> Record | None:
    """The statement over the words of the quotation, a direct one first."""
    found = [one for one in statements if one["source"] == quotation["source"] and _is_same_span(one, quotation)]
    return max(found, key=lambda one: bool(one["direct"]), default=None)


def _is_same_span(one: Record, other: Record) -> bool:
    return bool(abs(one["start"] - other["start"]) <= _SLACK and abs(one["end"] - other["end"]) <= _SLACK)


def _speaks(found: Record | None, speaker: object, same: Same) -> bool:
    return bool(found and found["claimants"] and same(speaker, found["claimants"][0]))


def score_events(gold: Sequence[Record], facts: Sequence[Record], texts: Texts, score: ModuleType) -> dict[str, float]:
    """Precision and recall of events, and of the paired ones the shares whose fields are right."""
    events = events_of(gold, facts)
    pairs = pair_events(gold, events, texts)
    dated = [(one, other) for one, other in pairs if one["time"]]
    precision, recall = _share(len(pairs), len(events)), _share(len(pairs), len(gold))
    figures = {
        "events precision": precision,
        "events recall": recall,
        "events F1": round(2 * precision * recall / (precision + recall), 3) if pairs else 0.0,
        "event modality": _share(sum(one["modality"] == other["modality"] for one, other in pairs), len(pairs)),
        "event polarity": _share(sum(one["polarity"] == other["polarity"] for one, other in pairs), len(pairs)),
        "event time": _share(sum(score.times_right(one["time"], other["time"]) for one, other in dated), len(dated)),
    }
    for role in _ROLES:
        filled = [(one, other) for one, other in pairs if one[role]]
        right = sum(_fills(other, role, one[role]) for one, other in filled)
        figures[f"event {role}"] = _share(right, len(filled))
    return figures


def events_of(gold: Sequence[Record], facts: Sequence[Record]) -> list[Record]:
    """The predicted events of the articles that are annotated."""
    sources = {event["source"] for event in gold}
    return [fact for fact in facts if fact["kind"] == "event" and fact["source"] in sources]


def pair_events(gold: Sequence[Record], events: Sequence[Record], texts: Texts) -> Pairs:
    """One-to-one pairs of the same event, the nearest triggers first."""
    options = sorted(
        (distance, i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(events)
        if (distance := _distance(one, other, texts)) is not None
    )
    used: tuple[set[int], set[int]] = set(), set()
    pairs: Pairs = []
    for _, i, j in options:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((gold[i], events[j]))
    return pairs


def _distance(one: Record, other: Record, texts: Texts) -> int | None:
    """Characters between two triggers that may tell the same event; None where they cannot."""
    if one["source"] != other["source"] or one["event_type"] != other["event_type"]:
        return None
    distance: int = max(0, max(one["start"], other["start"]) - min(one["end"], other["end"]))
    between = texts[one["source"]][min(one["start"], other["start"]) : max(one["end"], other["end"])]
    return distance if distance <= _NEAR and "\n" not in between and ". " not in between else None


def _fills(event: Record, role: str, span: Record) -> bool:
    """Whether somebody in the role stands over some of the annotated words."""
    own = (one for one in event["participants"] if one["role"] == role and one["start"] is not None)
    return any(one["start"] < span["end"] and span["start"] < one["end"] for one in own)


def judge_statements(annotated: Mapping[str, list[Record]], facts: Sequence[Record]) -> list[tuple[Record, bool]]:
    """Each statement of the annotated articles, and whether it is right: most of it is what an attribution says.

    `annotated` holds, by file name, attributions with the spans of `content`.
    """
    judged = []
    for fact in facts:
        if fact["kind"] == "statement" and fact["source"] in annotated:
            inside = {
                at for one in annotated[fact["source"]] for start, end in one["content"] for at in range(start, end)
            }
            covered = sum(at in inside for at in range(fact["start"], fact["end"]))
            judged.append((fact, covered * 2 > fact["end"] - fact["start"]))
    return judged


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0
