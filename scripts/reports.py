"""The commands `curate.py compare` and `curate.py diff`: what the facts say side by side, and what became of them."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from pathlib import Path

import click

from dataset.build import read_inputs
from dataset.comparison import comparison_record, find_disagreements
from dataset.comparison_text import comparison_lines
from dataset.history import change_lines, change_record, find_changes, read_records
from dataset.metric_tables import metric_ids
from dataset.records import format_record, read_facts
from dataset.repetitions import find_repetitions, repetition_lines, repetition_record
from dataset.reviews import read_withdrawals
from scripts.options import facts_option, manifest_option, path_type, read_table, reviews_option

_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON lines instead.")


@click.command()
@manifest_option
@facts_option
@click.option("--metric", help="Of this metric alone.")
@_json_option
def compare(manifest: Path | None, facts: Path, metric: str | None, as_json: bool) -> None:
    """Print who says what about the same metric and subject where periods overlap, and how far apart they are.

    Nobody is declared right; what an article repeats counts once (+1), and is listed at the end. Ends with 1 where
    claims contradict one another.

    \b
    Examples:
      curate.py compare
      curate.py compare --metric casualties --json
    """
    _check_metric(metric)
    known, _ = read_inputs(None, read_table(manifest))
    released = read_facts(facts)
    found = [each for each in find_disagreements(released, known) if metric in (None, each.metric)]
    repetitions = find_repetitions(released, known, metric)
    for comparison in found:
        lines = [format_record(comparison_record(comparison))] if as_json else [*comparison_lines(comparison), ""]
        click.echo("\n".join(lines))
    for each in repetitions:
        click.echo(format_record(repetition_record(each)) if as_json else "\n".join(repetition_lines(each)))
    contradictions = sum(len(comparison.contradictions) for comparison in found)
    told = f"{len(found)} groups of claims, {contradictions} pairs that contradict one another"
    click.echo(f"{told}, {sum(len(each.again) for each in repetitions)} mentions that repeat another", err=True)
    sys.exit(1 if contradictions else 0)


def _check_metric(metric: str | None) -> None:
    if metric is not None and metric not in metric_ids():
        nearest = get_close_matches(metric, metric_ids(), n=1, cutoff=0.0)
        raise click.UsageError(f"there is no metric {metric!r}: the nearest in metrics.csv is {nearest[0]}")


@click.command()
@click.argument("old", type=path_type)
@click.argument("new", type=path_type)
@manifest_option
@reviews_option
@_json_option
def diff(old: Path, new: Path, manifest: Path | None, reviews: Path, as_json: bool) -> None:
    """Print what was added, changed (field by field) and withdrawn between two facts.jsonl; end with 1 if anything.

    OLD may be of an older version. The reasons of withdrawals are those of the decisions.

    \b
    Examples:
      curate.py diff old.jsonl dataset/facts.jsonl
      curate.py diff <(git show HEAD:dataset/facts.jsonl) dataset/facts.jsonl
    """
    known, _ = read_inputs(None, read_table(manifest))
    reasons = {withdrawal.id: withdrawal.reason for withdrawal in read_withdrawals(reviews, known)}
    changes = find_changes(read_records(old), read_records(new))
    for change in changes:
        lines = [format_record(change_record(change, reasons))] if as_json else change_lines(change, reasons)
        click.echo("\n".join(lines))
    sys.exit(1 if changes else 0)
