"""Reviewing in a terminal: the sentence with the fact in it, its fields, its neighbours, and a question."""

from __future__ import annotations

import shlex
from collections.abc import Callable

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from dataset.corrections import write_fields
from dataset.document import read_document
from dataset.errors import ReviewError
from dataset.model import Fact, Kind
from dataset.reviewing import Reviewing

_HELP = """\
a               accept
c FIELD=VALUE … correct, such as: c metric=killed "claimants=the Kremlin"
r REASON        reject
n KIND "WORDS" FIELD=VALUE …   add a fact by its words, such as: n quantity "40" unit=item value=40
u               undo the last decision
s               skip, for later
q               stop here; the next time goes on with what is undecided"""
_SHOWN = 300  # code points of the text before and behind that are shown at most
_WORDS = 60  # code points of a span on one line


class Terminal:
    """One reviewer before one article."""

    def __init__(self, session: Reviewing, console: Console | None = None) -> None:
        self._session = session
        self._console = console or Console(highlight=False)
        self._skipped: set[str] = set()
        self._sentences = [
            (sentence.start, sentence.end) for sentence in read_document(session.article, session.text).sentences
        ]

    def run(self) -> None:
        """Ask about each fact that is undecided, until none is left or the reviewer stops."""
        for finding in self._session.findings():
            self._console.print(Text(str(finding), "red"))
        self._console.print(_HELP, style="dim", markup=False)
        while fact := self._next():
            self._show(fact)
            if not self._ask(fact):
                break
        left = len(self._session.undecided())
        self._console.print(f"{left} facts of {self._session.article.file} are undecided")

    def _next(self) -> Fact | None:
        """The first fact that is neither decided nor skipped."""
        return next((fact for fact in self._session.undecided() if fact.id not in self._skipped), None)

    def _show(self, fact: Fact) -> None:
        start, end = self._around(fact)
        text = self._session.text
        words = Text.assemble(
            text[start : fact.start], (text[fact.start : fact.end], "bold black on yellow"), text[fact.end : end]
        )
        facts = self._session.facts()
        done = sum(each.review.status != "machine" for each in facts)
        title = f"{self._session.article.file}, line {fact.line}: {done} of {len(facts)} facts decided"
        self._console.print(Panel(words, title=title))
        table = Table(show_header=False, box=None)
        table.add_row(str(fact.kind), Text(fact.id))
        for name, value in write_fields(fact).items():
            table.add_row(name, Text(value))
        self._console.print(table)
        for other in facts:
            if other.id != fact.id and other.start < end and start < other.end:
                self._console.print(Text(f"  beside it: {describe(other, text)}", "dim"))

    def _around(self, fact: Fact) -> tuple[int, int]:
        """The span of the sentences that the fact stands in."""
        touched = [(start, end) for start, end in self._sentences if start < fact.end and fact.start < end]
        start, end = (touched[0][0], touched[-1][1]) if touched else (fact.start, fact.end)
        return max(start, fact.start - _SHOWN), max(fact.end, min(end, fact.end + _SHOWN))

    def _ask(self, fact: Fact) -> bool:
        """Read one answer and carry it out; False where the reviewer stops."""
        answer = self._console.input("[b]a c r n u s q ? [/b]").strip()
        command, _, rest = answer.partition(" ")
        if command == "q":
            return False
        carry_out = self._commands().get(command)
        if carry_out is None:
            self._console.print(_HELP, style="dim", markup=False)
            return True
        try:
            carry_out(fact, rest)
        except (ReviewError, ValueError) as error:  # ValueError: a quotation mark that is not closed
            self._console.print(Text(str(error), "red"))
        return True

    def _commands(self) -> dict[str, Callable[[Fact, str], object]]:
        return {
            "a": lambda fact, _rest: self._session.accept(fact.id),
            "c": lambda fact, rest: self._session.correct(fact.id, shlex.split(rest)),
            "r": lambda fact, rest: self._session.reject(fact.id, rest),
            "n": lambda _fact, rest: self._add(shlex.split(rest)),
            "u": lambda _fact, _rest: self._undo(),
            "s": lambda fact, _rest: self._skipped.add(fact.id),
        }

    def _add(self, words: list[str]) -> None:
        if len(words) < 2 or words[0] not in list(Kind):
            raise ReviewError("that adds nothing", f"write n, one of {', '.join(Kind)}, and the words of the span")
        fact = self._session.add(Kind(words[0]), words[1], words[2:])
        self._console.print(f"added {describe(fact, self._session.text)}", markup=False)

    def _undo(self) -> None:
        if not self._session.undo():
            raise ReviewError("nothing is decided in this session", "decide by a, c or r")


def describe(fact: Fact, text: str) -> str:
    """A fact of the text on one line: id, kind, words and fields."""
    shown = text[fact.start : fact.end].replace("\n", " ")
    shown = shown if len(shown) <= _WORDS else f"{shown[:_WORDS]}…"
    fields = ", ".join(f"{name}={value}" for name, value in write_fields(fact).items())
    return f"{fact.id} {fact.kind} “{shown}” {fields}"
