"""The commands `curate.py compare` and `curate.py diff`: what the facts say side by side, and what became of them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dataset.build import read_inputs
from dataset.comparison import comparison_record, find_disagreements
from dataset.comparison_text import comparison_lines
from dataset.history import change_lines, change_record, find_changes, read_records
from dataset.records import format_record, read_facts
from dataset.reviews import read_withdrawals
from scripts.options import facts_option, manifest_option, path_type, read_table, reviews_option

_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON lines instead.")


@click.command()
@manifest_option
@facts_option
@click.option("--metric", help="Of this metric alone.")
@_json_option
def compare(manifest: Path | None, facts: Path, metric: str | None, as_json: bool) -> None:
    r"""Print who says what about the same metric and subject where periods overlap, and how far apart they are.

    Nobody is declared right; what an article repeats counts once (+1). Ends with 1 where claims contradict one
    another.

    \b
    Examples:
      curate.py compare
      curate.py compare --metric casualties --json
    """
    known, _ = read_inputs(None, read_table(manifest))
    found = find_disagreements(read_facts(facts), known)
    found = [comparison for comparison in found if metric in (None, comparison.metric)]
    for comparison in found:
        lines = [format_record(comparison_record(comparison))] if as_json else [*comparison_lines(comparison), ""]
        click.echo("\n".join(lines))
    contradictions = sum(len(comparison.contradictions) for comparison in found)
    click.echo(f"{len(found)} groups of claims, {contradictions} pairs that contradict one another", err=True)
    sys.exit(1 if contradictions else 0)


@click.command()
@click.argument("old", type=path_type)
@click.argument("new", type=path_type)
@manifest_option
@reviews_option
@_json_option
def diff(old: Path, new: Path, manifest: Path | None, reviews: Path, as_json: bool) -> None:
    r"""Print what was added, changed (field by field) and withdrawn between two facts.jsonl; end with 1 if anything.

    OLD may be of an older version. The reasons of withdrawals are those of the decisions.

    \b
    Examples:
      curate.py diff old.jsonl dataset/facts.jsonl
      curate.py diff <(git show v0.1.0:dataset/facts.jsonl) dataset/facts.jsonl
    """
    known, _ = read_inputs(None, read_table(manifest))
    reasons = {withdrawal.id: withdrawal.reason for withdrawal in read_withdrawals(reviews, known)}
    changes = find_changes(read_records(old), read_records(new))
    for change in changes:
        lines = [format_record(change_record(change, reasons))] if as_json else change_lines(change, reasons)
        click.echo("\n".join(lines))
    sys.exit(1 if changes else 0)
