"""Comparisons as lines of text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from dataset.comparison import Basis, Claim, Comparison, Pair
from dataset.model import Bound, QuantityFact
from dataset.records import number

WIDTH = 120  # columns of a line in a terminal

_NAME = 16  # columns that the name of a claimant has at least


def comparison_lines(comparison: Comparison) -> list[str]:
    """A comparison for a terminal: what is compared, a numbered line for each claim, and who is at odds with whom."""
    rows = [_row(position, claim) for position, claim in enumerate(comparison.claims, start=1)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths[-1] = min(widths[-1], max(_NAME, WIDTH - sum(widths[:-1]) - 2 * len(widths)))  # names give way
    return [
        *wrap(_title(comparison), WIDTH, subsequent_indent="  "),
        *(_line(row, widths) for row in rows),
        *_pair_lines("contradict", comparison.contradictions),
        *_pair_lines("agree", comparison.agreements),
    ]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (_shorten(cell, width).ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"  {'  '.join(padded)}".rstrip()


def _title(comparison: Comparison) -> str:
    of = f" of {comparison.counted}" if comparison.counted else ""
    about = f"{comparison.metric}{of}, {comparison.subject}, {comparison.measure} in {comparison.unit}"
    spread = _figure(comparison.low)
    if comparison.low != comparison.high:
        spread += f" to {_figure(comparison.high)}"
        spread += f" ({comparison.ratio:.3g} times)" if comparison.ratio is not None else ""
    return f"{about}: {len(comparison.claims)} claims, {spread}"


def _row(position: int, claim: Claim) -> list[str]:
    """The cells of a claim."""
    fact = claim.fact
    return [
        str(position),
        _shorten(fact.period.edtf if fact.period else "no period", 21),
        _amount(fact),
        fact.modality.value,
        f"+{len(claim.repeated)}" if claim.repeated else "",
        f"{_shorten(claim.file, 28)}:{fact.line}",
        claim.claimant or "the article itself",
    ]


def _shorten(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


_SIGNS = {
    Bound.APPROXIMATE: "about ",
    Bound.MORE_THAN: "> ",
    Bound.AT_LEAST: ">= ",
    Bound.LESS_THAN: "< ",
    Bound.AT_MOST: "<= ",
    Bound.NEARLY: "nearly ",
}


def _amount(fact: QuantityFact) -> str:
    """The figure with its bound: > 5,000, or 10,000 to 99,000."""
    ends = [figure for figure in (fact.value_low, fact.value_high) if figure is not None]
    figures = [fact.value] if fact.value is not None else ends
    return _SIGNS.get(fact.bound, "") + " to ".join(_figure(figure) for figure in figures)


def _figure(figure: float) -> str:
    return f"{number(figure):,}"


def _pair_lines(verb: str, pairs: Sequence[Pair]) -> Iterator[str]:
    """One entry for each basis, wrapped."""
    for basis in Basis:
        if named := ", ".join(f"{pair.one + 1}-{pair.other + 1}" for pair in pairs if pair.basis is basis):
            text = f"  {verb} ({basis}): {named}"
            yield from wrap(text, WIDTH, subsequent_indent="    ", break_on_hyphens=False)
