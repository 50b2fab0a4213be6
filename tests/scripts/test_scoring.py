import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from scripts.scoring import judge_statements, score_events, score_quotations

TEXT = "Gunmen attacked Norby. The attack on Norby woke it.\nPolice arrested ten."


@pytest.fixture
def score(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def quotation(start: int, end: int, speaker: str | None = "Jan Holm") -> dict[str, Any]:
    return {"source": "a.txt", "start": start, "end": end, "speaker": speaker}


def statement(start: int, end: int, *names: str, direct: bool = True) -> dict[str, Any]:
    place = {"kind": "statement", "source": "a.txt", "start": start, "end": end, "direct": direct}
    return place | {"claimants": [{"name": name} for name in names]}


def same(speaker: object, claimant: dict[str, Any]) -> bool:
    return bool(speaker == claimant["name"])


def test_quotations_are_found_by_their_ends_and_speakers_by_their_origin() -> None:
    gold = [quotation(0, 10), quotation(20, 30), quotation(40, 50, None), quotation(60, 70)]
    facts = [statement(2, 8, "Jan Holm"), statement(20, 30, "TASS", "Jan Holm"), statement(41, 50), statement(63, 70)]
    assert score_quotations(gold, facts, same) == {"quotations found": 0.75, "speaker": 0.333}
    assert score_quotations(gold, [], same) == {"quotations found": 0.0, "speaker": 0.0}


def event(event_type: str, trigger: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - as a record holds them
    start = TEXT.index(trigger)
    span = {"source": "a.txt", "start": start, "end": start + len(trigger), "event_type": event_type}
    record: dict[str, Any] = {
        "kind": "event",
        "modality": "done",
        "polarity": "positive",
        "time": None,
        "participants": [],
    }
    return span | record | dict.fromkeys(("actor", "object", "place")) | fields


def test_events_pair_one_to_one_inside_their_sentence(score: ModuleType) -> None:
    norby = {"start": TEXT.index("Norby"), "end": TEXT.index("Norby") + 5}
    gold = [event("attack", "attacked", object=norby, time="2024-05"), event("capture", "arrested")]
    facts = [
        event("attack", "attacked", participants=[{"role": "object", **norby}], time="2024-05-01/2024-05-31"),
        event("attack", "attack on"),  # of another sentence
        event("visit", "arrested"),
    ]
    figures = score_events(gold, facts, {"a.txt": TEXT}, score)
    assert (figures["events precision"], figures["events recall"]) == (0.333, 0.5)
    assert (figures["event object"], figures["event time"], figures["event modality"]) == (1.0, 1.0, 1.0)
    assert score_events(gold, [], {"a.txt": TEXT}, score)["events F1"] == 0.0


def test_a_trigger_beside_the_annotated_one_counts(score: ModuleType) -> None:
    figures = score_events([event("attack", "attack on")], [event("attack", "woke")], {"a.txt": TEXT}, score)
    assert figures["events F1"] == 1.0


def test_a_statement_is_right_where_most_of_it_is_attributed() -> None:
    annotated = {"a.txt": [{"content": [(0, 10), (20, 30)]}]}
    facts = [statement(0, 12), statement(5, 20), statement(22, 29), {**statement(0, 12), "source": "b.txt"}]
    assert [right for _, right in judge_statements(annotated, facts)] == [True, False, True]
