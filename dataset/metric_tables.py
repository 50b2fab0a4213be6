"""The tables of metrics and of their cues, and what metrics.csv says of each metric."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dataset.tables import FOLDER, forms, read_table
from dataset.vocabulary import (
    DIMENSIONS,
    NOUN_CLASSES,
    UNMEASURED,
    Phrases,
    read_noun_classes,
    read_units,
)

NONE = "-"  # the metric of cues that say: this counts something else


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of metric_cues.csv."""

    metric: str
    units: frozenset[str]
    noun_class: str
    side: str
    strength: float
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Metric:
    """One row of metrics.csv."""

    definition: str
    about: str
    timed: bool  # an amount of it holds at some time, rather than always
    adds: bool  # amounts of it add up over time: a day has less of it than its year
    whole: str  # the metric of the whole when this one counts a part: 21 of the 28 missiles were shot down


@dataclass(frozen=True, slots=True)
class Metrics:
    """The metrics, their cues, and the classes of counted nouns."""

    metrics: dict[str, Metric]
    cues: Phrases[tuple[Cue, ...]]
    noun_classes: dict[str, frozenset[str]]


@cache
def metric_tables() -> Metrics:
    """The tables of the vocabulary."""
    return read_metrics(FOLDER)


def read_metrics(folder: Path) -> Metrics:
    """Read the tables below `folder`; VocabularyError names the row that does not fit."""
    rows = read_table(folder, "metrics", ("id", "definition", "about", "timed", "adds", "whole"))
    ids = {row["id"] for row in rows}
    metrics = {
        row["id"]: Metric(
            definition=row["definition"],
            about=row.one_of("about", _ABOUT),
            timed=row.one_of("timed", ("yes", "no")) == "yes",
            adds=row.one_of("adds", ("yes", "no")) == "yes",
            whole=row.one_of("whole", {*ids, ""}),
        )
        for row in rows
    }
    known = DIMENSIONS | UNMEASURED | {unit.id for _, unit in read_units(folder)}
    by_phrase: dict[str, list[Cue]] = {}
    columns = ("metric", "units", "class", "side", "strength", "with", "cues")
    for row in read_table(folder, "metric_cues", columns):
        metric, units = row.one_of("metric", {*ids, NONE}), row.some_of("units", known)
        noun_class, side = row.one_of("class", {*NOUN_CLASSES, "age", ""}), row.one_of("side", _SIDES)
        needs = tuple(f" {word} " for word in forms(row["with"]))
        cue = Cue(metric, units, noun_class, side, row.number("strength"), needs)
        for phrase in forms(row["cues"]):
            by_phrase.setdefault(phrase, []).append(cue)
    return Metrics(
        metrics=metrics,
        cues=Phrases((phrase, tuple(cues)) for phrase, cues in by_phrase.items()),
        noun_classes=read_noun_classes(folder),
    )


_ABOUT = ("force", "country", "people", "place")
_SIDES = ("before", "after", "both", "next")


def metric_ids() -> Collection[str]:
    """The metrics of metrics.csv, in its order."""
    return metric_tables().metrics.keys()


def metric_definition(metric: str) -> str:
    """What a metric counts or measures."""
    return metric_tables().metrics[metric].definition


def has_period(metric: str) -> bool:
    """Whether an amount of this metric holds at some time, rather than always."""
    return metric_tables().metrics[metric].timed


def adds_up(metric: str) -> bool:
    """Whether amounts of this metric add up over time, so that a day has less of it than its year."""
    return metric_tables().metrics[metric].adds


def subject_kind(metric: str) -> str:
    """What a metric is about: force, country, people or place."""
    return metric_tables().metrics[metric].about
