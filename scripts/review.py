"""The command `curate.py review`: by options, or question by question in a terminal."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from dataset.build import read_inputs
from dataset.corrections import settable
from dataset.errors import ReviewError
from dataset.history import read_records
from dataset.model import Article, Fact, Kind
from dataset.reviewing import Reviewing
from scripts.options import articles_option, facts_option, manifest_option, read_table, require_articles, reviews_option
from scripts.terminal import Terminal, describe

Decisions = tuple[tuple[str, str], ...]
_FIELDS = "; ".join(f"{kind}: {', '.join(settable(kind))}" for kind in Kind)


@click.command(epilog=f"Fields: {_FIELDS}. `dataset/corrections.py` says how each is written.")
@click.argument("article")
@articles_option
@manifest_option
@facts_option
@reviews_option
@click.option("--reviewer", envvar="FACTLINE_REVIEWER", help="Who decides; FACTLINE_REVIEWER, where this is not given.")
@click.option("--list", "listing", is_flag=True, help="List the facts with what is decided about them.")
@click.option(
    "--decide",
    "decisions",
    type=(str, click.Choice(["accept", "correct", "reject", "forget"])),
    multiple=True,
    metavar="ID VERDICT",
    help="Decide about the fact with this id: accept, correct (with --set), reject (with --reason), or forget what "
    "is decided.",
)
@click.option("--set", "fields", multiple=True, metavar="FIELD=VALUE", help="A field of the fact decided or added.")
@click.option("--add", "adding", is_flag=True, help="Add a fact that the machine did not find, by --quote.")
@click.option("--quote", help="The words of the added fact's span.")
@click.option("--near", help="Longer words around them, where they stand in the article more than once.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    default="quantity",
    help="Kind of the added fact (quantity).",
)
@click.option("--reason", help="Why; a rejection has to have one.")
def review(
    article: str,
    articles: Path | None,
    manifest: Path | None,
    facts: Path,
    reviews: Path,
    reviewer: str | None,
    listing: bool,
    decisions: Decisions,
    fields: tuple[str, ...],
    adding: bool,
    quote: str | None,
    near: str | None,
    kind: str,
    reason: str | None,
) -> None:
    """Look at the facts of ARTICLE (a file name, the beginning of one, or an id) and decide about each.

    Every decision is kept at once, in a file for each article that git can diff and merge. In a terminal the facts
    that are not decided yet are shown one after the other; with the options below nothing is asked.

    \b
    Examples:
      curate.py review 004
      curate.py review 004 --list
      curate.py review 004 --decide gh5fxcl2mgigzgtx accept
      curate.py review 004 --decide gh5fxcl2mgigzgtx correct --set metric=killed --set claimants=TASS
      curate.py review 004 --decide gh5fxcl2mgigzgtx reject --reason "a house number"
      curate.py review 004 --add --quote "650,000" --set value=650000 --set bound=more_than --set unit=person
    """
    known, texts = read_inputs(require_articles(articles), read_table(manifest))
    chosen = _choose(article, [each for each in known if each.id in texts])
    if listing:
        _list(Reviewing(chosen, texts[chosen.id], reviews, "", ""))
        return
    if not (reviewer or "").strip():
        raise click.UsageError("say who decides: --reviewer NAME, or set FACTLINE_REVIEWER")
    today = datetime.now(UTC).date().isoformat()
    released = read_records(facts).keys() if facts.exists() else ()
    session = Reviewing(chosen, texts[chosen.id], reviews, str(reviewer), today, released)
    _check_options(decisions, fields, adding=adding, quote=quote, reason=reason)
    if adding:
        _tell("added", session.add(Kind(kind), quote or "", fields, near=near, reason=reason), session)
    elif decisions:
        for id_, verdict in decisions:
            _decide(session, id_, verdict, fields, reason)
    elif sys.stdin.isatty() and sys.stdout.isatty():
        Terminal(session).run()
    else:
        raise click.UsageError("this is no terminal: decide by --decide, --add or look by --list")


def _choose(name: str, articles: list[Article]) -> Article:
    """The one article that is meant."""
    found = [each for each in articles if Path(name).name in (each.file, Path(each.file).stem, each.id)]
    found = found or [each for each in articles if each.file.startswith(name)]
    if len(found) != 1:
        names = ", ".join(each.file for each in found or articles)
        raise ReviewError(f"{name!r} names {len(found)} articles", f"name one of {names}")
    return found[0]


def _check_options(
    decisions: Decisions, fields: tuple[str, ...], *, adding: bool, quote: str | None, reason: str | None
) -> None:
    """Options that belong together."""
    if adding and decisions:
        raise click.UsageError("--add and --decide do not go together")
    if adding != (quote is not None):
        raise click.UsageError("--add goes with --quote")
    if fields and not adding and [verdict for _, verdict in decisions] != ["correct"]:
        raise click.UsageError("--set goes with --add, or with one --decide ID correct")
    if reason and len(decisions) > 1:
        raise click.UsageError("--reason goes with one --decide: each decision has its own")


def _decide(session: Reviewing, id_: str, verdict: str, fields: tuple[str, ...], reason: str | None) -> None:
    if verdict == "accept":
        _tell("accepted", session.accept(id_, reason), session)
    elif verdict == "correct":
        _tell("corrected", session.correct(id_, fields, reason), session)
    elif verdict == "reject":
        session.reject(id_, reason or "")
        click.echo(f"rejected {id_}")
    else:
        session.forget(id_)
        click.echo(f"undecided {id_}")


def _tell(what: str, fact: Fact, session: Reviewing) -> None:
    click.echo(f"{what} {describe(fact, session.text)}")


def _list(session: Reviewing) -> None:
    """Every fact and every rejection on a line; what does not fit goes to standard error."""
    for fact in session.facts():
        click.echo(f"{fact.review.status:9} {describe(fact, session.text)}")
    for decision in session.decisions.values():
        if decision.decision == "reject":
            click.echo(f"rejected  {decision.id} {decision.kind} {decision.start}-{decision.end}: {decision.reason}")
    for finding in session.findings():
        click.echo(finding, err=True)
