from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import Result
from rich.console import Console

from dataset.decisions import read_decisions
from dataset.reviewing import Reviewing
from scripts.curate import ROOT
from scripts.terminal import Terminal
from tests.conftest import make_newsroom_release
from tests.scripts.test_curate import run

REVIEWER = {"FACTLINE_REVIEWER": "ih"}


def review(newsroom: Path, *arguments: str, env: dict[str, str] | None = None) -> Result:
    return run("--dataset", newsroom, "review", "flood", *arguments, env=REVIEWER if env is None else env)


def find_id(newsroom: Path, words: str) -> str:
    lines = [line for line in review(newsroom, "--list").stdout.splitlines() if f"“{words}”" in line]
    return re.sub(r"^\w+ +", "", lines[-1]).split()[0]


def test_facts_are_decided_by_options(newsroom: Path) -> None:
    forty, five, share = (find_id(newsroom, words) for words in ("40", "five", "3%"))
    assert review(newsroom, "--decide", forty, "accept").stdout.startswith(f"accepted {forty} quantity “40”")
    assert review(newsroom, "--decide", five, "reject", "--reason", "nobody was hurt").exit_code == 0
    corrected = review(newsroom, "--decide", share, "correct", "--set", "subject=fields", "--set", "modality=estimated")
    assert "subject=fields" in corrected.stdout
    added = review(newsroom, "--add", "--quote", "a week", "--set", "value=1", "--set", "unit=week")
    assert added.stdout.startswith("added ")
    listed = review(newsroom, "--list").stdout
    assert [line.split()[0] for line in listed.splitlines()].count("machine") == 3
    assert f"rejected  {five} quantity" in listed
    built = run("--dataset", newsroom, "build")
    assert (built.exit_code, built.stdout) == (0, "")
    assert "6 facts of 1 articles, 1 with their text, 3 not reviewed" in built.stderr
    assert review(newsroom, "--decide", forty, "forget").stdout == f"undecided {forty}\n"


def test_several_facts_are_decided_at_once(newsroom: Path) -> None:
    ids = [line.split()[1] for line in review(newsroom, "--list").stdout.splitlines()]
    assert review(newsroom, *(word for id_ in ids for word in ("--decide", id_, "accept"))).exit_code == 0
    assert "all reviewed" in run("--dataset", newsroom, "build").stderr


def test_a_decision_that_does_not_fit_ends_the_build_with_1(newsroom: Path) -> None:
    review(newsroom, "--decide", find_id(newsroom, "40"), "accept")
    path = newsroom / "reviews/flood.jsonl"
    path.write_text(re.sub('"approved":"[a-z2-7]+"', f'"approved":"{"b" * 16}"', path.read_text()), encoding="utf-8")
    built = run("--dataset", newsroom, "build")
    assert built.exit_code == 1
    assert "accept is of other fields than the machine reads now: decide again" in built.stdout
    assert (newsroom / "facts.db").is_file()
    assert "decide again" in review(newsroom, "--list").stderr


REFUSED = [
    (["--decide", "aaaa", "accept"], "has no fact aaaa"),
    (["--decide", "aaaa", "like"], "'like' is not one of"),
    (["--add"], "--add goes with --quote"),
    (["--quote", "40"], "--add goes with --quote"),
    (["--add", "--quote", "40", "--decide", "aaaa", "accept"], "do not go together"),
    (["--decide", "aaaa", "accept", "--set", "unit=item"], "--set goes with"),
    (["--decide", "aaaa", "reject", "--decide", "bbbb", "reject", "--reason", "no"], "--reason goes with one --decide"),
    (["--reviewer", " ", "--decide", "aaaa", "accept"], "say who decides"),
    ([], "this is no terminal"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
def test_options_that_cannot_be_taken_are_refused(newsroom: Path, arguments: list[str], message: str) -> None:
    result = review(newsroom, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_somebody_has_to_decide(newsroom: Path) -> None:
    result = review(newsroom, "--decide", "aaaa", "accept", env={"FACTLINE_REVIEWER": ""})
    assert result.exit_code == 2
    assert "say who decides" in result.stderr


def test_the_article_has_to_be_one(newsroom: Path) -> None:
    result = run("--dataset", newsroom, "review", "mill", "--list")
    assert result.exit_code == 2
    assert "'mill' names 0 articles: name one of flood.txt" in result.stderr


def test_the_whole_name_of_an_article_wins_over_its_beginning(newsroom: Path) -> None:
    (newsroom / "flood2.txt").write_text("Nothing came of it.\n", encoding="utf-8")
    assert "40" in review(newsroom, "--list").stdout
    assert "names 2 articles" in run("--dataset", newsroom, "review", "floo", "--list").stderr


def test_verify_holds_the_facts_against_the_decisions(newsroom: Path) -> None:
    forty = find_id(newsroom, "40")
    review(newsroom, "--decide", forty, "accept")
    run("--dataset", newsroom, "build")
    assert run("--dataset", newsroom, "verify").exit_code == 0
    facts = newsroom / "facts.jsonl"
    facts.write_text(facts.read_text(encoding="utf-8").replace('"reviewer":"ih"', '"reviewer":"nw"'), encoding="utf-8")
    (newsroom / "reviews/mill.jsonl").write_text("", encoding="utf-8")
    (newsroom / "facts.db").unlink()
    result = run("--dataset", newsroom, "verify")
    assert result.exit_code == 1
    assert set(result.stdout.splitlines()) == {
        f"{forty} review: its review is not what the decision says",
        "mill.jsonl review: it belongs to no article of the manifest: add its row",
    }


UNWRITABLE = [
    ("correct", "that changes nothing of"),
    ("correct --set bound=zz", "bound is 'zz', not one of"),
    ("correct --set bound=", "bound is None, not one of"),
    ("accept --reason bad\udcff", "review.note is 'bad"),
    ("reject --reason bad\udcff", "reason is 'bad"),
]


@pytest.mark.parametrize(("decided", "message"), UNWRITABLE)
def test_a_decision_that_could_not_be_read_again_is_refused_in_a_line(
    newsroom: Path, decided: str, message: str
) -> None:
    result = review(newsroom, "--decide", find_id(newsroom, "40"), *decided.split())
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert message in line
    assert not (newsroom / "reviews/flood.jsonl").exists()


def test_an_added_fact_that_is_released_is_not_forgotten(newsroom: Path) -> None:
    added = review(newsroom, "--add", "--quote", "a week", "--set", "value=1", "--set", "unit=week").stdout.split()[1]
    assert run("--dataset", newsroom, "build").exit_code == 0
    result = review(newsroom, "--decide", added, "forget")
    assert result.exit_code == 2
    assert f"{added} is released, and would be gone without a word: reject it with a reason" in result.stderr
    assert review(newsroom, "--decide", added, "reject", "--reason", "page furniture").exit_code == 0


def ask(newsroom: Path, monkeypatch: pytest.MonkeyPatch, *answers: str) -> tuple[Reviewing, str]:
    release = make_newsroom_release(newsroom)
    (article,) = release.articles
    session = Reviewing(article, release.texts[article.id], newsroom / "reviews", "ih", "2031-05-20")
    console = Console(file=io.StringIO(), width=100)
    left = list(answers)
    monkeypatch.setattr(console, "input", lambda _prompt: left.pop(0))
    Terminal(session, console).run()
    assert left == []
    output = console.file
    assert isinstance(output, io.StringIO)
    return session, output.getvalue()


def test_a_terminal_shows_each_fact_and_keeps_what_is_answered(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["a", "c modality=alleged", "s", "what", "c 'open", "c value=7", "r", "r no boats came", "u", "a", "q"]
    session, output = ask(newsroom, monkeypatch, *answers)
    assert [each.decision for each in read_decisions(session.path)] == ["accept", "correct", "accept"]
    assert "Flood Drives 1,200 People From Homes in Dalby" in output
    assert "line 3: 0 of 6 facts decided" in output
    assert "beside it: " in output
    assert "value 7 does not stand in" in output
    assert "No closing quotation" in output
    assert "a rejection has to have a reason" in output
    assert "3 facts of flood.txt are undecided" in output


def test_a_terminal_adds_facts(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session, output = ask(newsroom, monkeypatch, 'n quantity "a week" unit=week value=1', "n", "u", "u", "q")
    assert "added " in output
    assert "that adds nothing: write n, one of quantity, statement, event" in output
    assert "nothing is decided in this session" in output
    assert not session.path.exists()


def test_a_real_terminal_is_asked(newsroom: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, str(ROOT / "scripts/curate.py"), "--dataset", str(newsroom), "review", "flood"]
    environment = {**os.environ, "FACTLINE_REVIEWER": "ih", "FACTLINE_ARTICLES": "", "TERM": "xterm"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        os.write(ours, b"a\nq\n")
        shown, deadline = b"", time.monotonic() + 60
        while b"are undecided" not in shown and time.monotonic() < deadline:
            shown += os.read(ours, 4096)
        assert process.wait(60) == 0
    os.close(ours)
    assert b"\x1b[1;30;43m1,200" in shown  # the figure, highlighted
    assert len(read_decisions(newsroom / "reviews/flood.jsonl")) == 1


def test_facts_of_every_kind_can_be_added(newsroom: Path) -> None:
    for kind, quote, fields in (
        ("statement", "the mayor said", ("direct=false",)),
        ("event", "came", ("event_type=visit", "actor=boats")),
        ("quantity", "a week", ("unit=week", "value=1")),
    ):
        options = [word for field in fields for word in ("--set", field)]
        added = review(newsroom, "--add", "--kind", kind, "--quote", quote, *options)
        assert f" {kind} “{quote}” " in added.stdout
