"""Measure the extraction against annotated articles, and hold it to pinned floors."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import click
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run in place, whatever the working directory

from dataset.agents import read_agents
from dataset.articles import find_article_files, read_manifest
from dataset.curation import extract_files, source_record
from dataset.errors import FactlineError, InputError
from dataset.files import replacing
from dataset.model import article_id
from dataset.records import Record, format_record, read_facts
from dataset.tables import FOLDER
from scripts.floors import Figures, find_fallen, read_floors, tell_fallen, write_floors
from scripts.scoring import events_of, judge_statements, pair_events, score_events, score_quotations

SHARED = ROOT.parent / "shared"
RULES = FOLDER / "rules.csv"
FLOORS = ROOT / "scripts" / "floors.csv"

# name of the set, folder of its articles, scorer, what the scorer compares with
SETS = (
    ("five articles", "articles", "score.py", "gold/quantities.jsonl"),
    ("eleven more", "articles-dev", "score.py", "gold/dev_quantities.jsonl"),
    ("NewsQuant", "eval/newsquant/text", "score_newsquant.py", "eval/newsquant"),
    ("PolNeAR", "eval/polnear/text", "score_polnear.py", "eval/polnear"),
)
QUOTATIONS = (("five articles", "gold/quotations.jsonl"), ("eleven more", "gold/dev_quotations.jsonl"))
EVENTS = (
    ("five articles", "articles", ROOT / "tests" / "events" / "five_events.jsonl"),
    ("eleven more", "articles-dev", ROOT / "tests" / "events" / "dev_events.jsonl"),
)
RELEASE = "release"  # the facts as reviewed, against the same annotations as those of the five articles
_RECALL = re.compile(r"^(?P<name>[a-z]+) +R (?P<value>[\d.]+) of", re.MULTILINE)
_F1 = re.compile(r"^(?P<name>[a-z+ ]+?) +P [\d.]+ +R [\d.]+ +F1 (?P<value>[\d.]+)", re.MULTILINE)
_SHARE = re.compile(r"^(?P<name>[a-z]+) +(?P<value>[\d.]+) of the paired", re.MULTILINE)


def measure(shared: Path, folder: Path) -> Figures:
    """Extract from every annotated set into `folder` and score it: F1 and shares, as its scorer prints them."""
    figures: Figures = {}
    for name, articles, scorer, gold in (*SETS, (RELEASE, *SETS[0][1:])):
        predicted = folder / f"{name}.jsonl"
        if name == RELEASE:
            _write_released(shared / articles / "articles.csv", predicted)
        else:
            _extract(shared / articles, predicted)
        command = [sys.executable, str(shared / scorer), str(shared / gold), str(predicted)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - the scorer named above
        for match in (*_F1.finditer(printed), *_SHARE.finditer(printed), *_RECALL.finditer(printed)):
            figures[name, match["name"]] = float(match["value"])
        if scorer == "score.py" and not _names_agents(_load(shared / scorer), shared / gold):
            figures.pop((name, "subject"), None)
    score = _load(shared / "score.py")
    for name, gold in (*QUOTATIONS, (RELEASE, QUOTATIONS[0][1])):
        found = score_quotations(score.read(shared / gold), score.read(folder / f"{name}.jsonl"), score.same_claimant)
        figures |= {(name, figure): value for figure, value in found.items()}
    for name, articles, events in (*EVENTS, (RELEASE, *EVENTS[0][1:])):
        texts = _read_texts(shared / articles)
        found = score_events(score.read(events), score.read(folder / f"{name}.jsonl"), texts, score)
        figures |= {(name, figure): value for figure, value in found.items()}
    return figures


def _read_texts(articles: Path) -> dict[str, str]:
    return {path.name: path.read_bytes().decode("utf-8") for path in find_article_files([articles])}


def _names_agents(score: ModuleType, gold: Path) -> bool:
    """Whether the annotations name subjects by identifier: subjects in free words are not scored."""
    subjects = {score.identifier(fact.get("subject")) for fact in score.read(gold)}
    return not subjects.isdisjoint(read_agents(FOLDER).by_id)


def _extract(articles: Path, out: Path) -> None:
    manifest = articles / "articles.csv"
    table = read_manifest(manifest) if manifest.exists() else None
    with out.open("w", encoding="utf-8") as handle:
        for extraction in extract_files(find_article_files([articles]), table):
            handle.writelines(extraction.lines)


def _write_released(manifest: Path, out: Path) -> None:
    """The released facts in the form that the scorers read."""
    files = {article_id(row["sha256"]): row["file"] for row in read_manifest(manifest).values()}
    released = read_facts(ROOT / "dataset" / "facts.jsonl")
    lines = (format_record(source_record(fact, files[fact.article])) + "\n" for fact in released)
    out.write_text("".join(lines), encoding="utf-8")


Judged = list[tuple[Record, bool]]  # predictions, and whether number, bound and unit are right


def judge(shared: Path, folder: Path) -> Judged:
    """Every prediction on the annotated sets, with whether it is right.

    Of figures of articles number, bound and unit count, on NewsQuant, which marks no places, the value; of
    statements most of the words on PolNeAR, of events the type.
    """
    judged: Judged = []
    for name, _, scorer, gold in SETS:
        predicted, module = folder / f"{name}.jsonl", _load(shared / scorer)
        judged += _JUDGES[scorer](module, shared / gold, predicted)
    score = _load(shared / "score.py")
    for name, articles, annotated in EVENTS:
        gold_events = score.read(annotated)
        events = events_of(gold_events, score.read(folder / f"{name}.jsonl"))
        right = {id(event) for _, event in pair_events(gold_events, events, _read_texts(shared / articles))}
        judged += [(event, id(event) in right) for event in events]
    return judged


def _judge_attributions(score: ModuleType, gold: Path, predicted: Path) -> Judged:
    annotated = {
        f"{path.stem}.txt": [{"content": event["Content"]} for event in score.annotated(path)]
        for path in sorted((gold / "ann").glob("*.ann"))
    }
    facts = [json.loads(line) for line in predicted.read_text(encoding="utf-8").splitlines()]
    return judge_statements(annotated, facts)


def _judge_articles(score: ModuleType, gold: Path, predicted: Path) -> Judged:
    figures = [fact for fact in score.read(predicted) if fact["kind"] == "quantity"]
    pairs, _, spurious = score.pair(score.read(gold), figures)
    right = [(p, all(score.CHECKS[check](g, p) for check in score.CORE)) for g, p in pairs]
    return right + [(p, False) for p in spurious]


def _judge_sentences(score: ModuleType, gold: Path, predicted: Path) -> Judged:
    left: dict[str, list[Record]] = {}
    for line in predicted.read_text(encoding="utf-8").splitlines():
        fact = json.loads(line)
        if fact["kind"] == "quantity":
            left.setdefault(fact["source"], []).append(fact)
    judged: Judged = []
    for sentence in json.loads((gold / "gold.json").read_text(encoding="utf-8")):
        facts = left.get(sentence["source"], [])
        for quantity in sentence["quantities"]:
            value = score.gold_value(quantity["value"])
            hit = next((fact for fact in facts if score.same(value, score.predicted_value(fact))), None)
            if hit:
                facts.remove(hit)
                judged.append((hit, True))
        judged += [(fact, False) for fact in facts]
    return judged


_JUDGES = {
    "score.py": _judge_articles,
    "score_newsquant.py": _judge_sentences,
    "score_polnear.py": _judge_attributions,
}


def write_rules(path: Path, judged: Judged) -> None:
    """Write into rules.csv how many facts of each rule were found, and how many of them are right."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    with replacing(path) as new, new.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["rule", "definition", "right", "found"])
        for row in rows:
            rights = [right for fact, right in judged if fact["rule"] == row["rule"]]
            writer.writerow([row["rule"], row["definition"], sum(rights), len(rights)])


def _load(path: Path) -> ModuleType:
    """A scorer as a module: its matching of gold and prediction is the measure."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise click.UsageError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _print_calibration(judged: Judged) -> None:
    """Confidence band against the share that is right."""
    table = Table("confidence", "facts", "right")
    bands: dict[float, list[bool]] = {}
    for fact, right in judged:
        bands.setdefault(int(fact["confidence"] * 20) / 20, []).append(right)
    for band, rights in sorted(bands.items()):
        table.add_row(f"{band:.2f}-{band + 0.05:.2f}", str(len(rights)), f"{sum(rights) / len(rights):.2f}")
    Console(width=80).print(table)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--shared", type=click.Path(path_type=Path), default=SHARED, help="Folder of the annotated sets.")
@click.option("--floors", type=click.Path(path_type=Path), default=FLOORS, help="The pinned floors.")
@click.option("--pin", is_flag=True, help="Raise the floors to what is measured now; none is lowered.")
@click.option("--calibrate", is_flag=True, help="Write the share of right facts of each rule into rules.csv.")
@click.option("--lower-floors", is_flag=True, help="With --pin: lower floors too, where the figure has fallen.")
def evaluate(shared: Path, floors: Path, pin: bool, calibrate: bool, lower_floors: bool) -> None:
    """Print one table of all figures; end with 1 where one is below its floor.

    \b
    Examples:
      evaluate.py
      evaluate.py --pin
      evaluate.py --pin --lower-floors
    """
    if lower_floors and not pin:
        raise click.UsageError("--lower-floors goes with --pin")
    if not shared.is_dir():
        click.echo(f"not evaluated: the annotated articles are not here ({shared})")
        return
    try:
        pinned = _read_pinned(shared, floors, pin=pin)
        with tempfile.TemporaryDirectory() as folder:
            figures, judged = measure(shared, Path(folder)), judge(shared, Path(folder))
        _print(figures, pinned)
        _print_calibration(judged)
        if calibrate:
            write_rules(RULES, judged)
        fallen = {} if lower_floors else find_fallen(figures, pinned)
        if pin:
            write_floors(floors, figures | fallen)
    except FactlineError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)
    for line in tell_fallen(figures, fallen):
        click.echo(f"{'kept the' if pin else 'below its'} floor: {line}", err=True)
    sys.exit(1 if fallen else 0)


def _read_pinned(shared: Path, floors: Path, *, pin: bool) -> Figures:
    """The floors to hold, before anything is measured; InputError where there is nothing to measure or hold."""
    parts = [part for _, *parts in SETS for part in parts] + [gold for _, gold in QUOTATIONS]
    missing = [part for part in parts if not (shared / part).exists()]
    if missing:
        raise InputError(f"{shared} lacks {', '.join(dict.fromkeys(missing))}", "complete it, or name another folder")
    pinned = read_floors(floors)
    if not (pinned or pin):
        raise InputError(f"{floors} holds no floors", "pin some with --pin")
    return pinned


def _print(figures: Figures, pinned: Figures) -> None:
    table = Table("set", "figure", "value", "floor")
    for key, value in figures.items():
        table.add_row(*key, str(value), str(pinned.get(key, "")))
    Console(width=80).print(table)


if __name__ == "__main__":
    evaluate()
