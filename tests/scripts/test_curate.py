import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.curate import ROOT, curate
from scripts.options import DATASET
from tests.conftest import PAGE, write_manifest

COMMAND = [sys.executable, str(ROOT / "scripts/curate.py")]


def run(*arguments: str | Path, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(curate, [str(a) for a in arguments], env={"FACTLINE_ARTICLES": "", **(env or {})})


def places(newsroom: Path) -> list[str | Path]:
    """The options that keep a build away from the project's own files."""
    manifest, facts, db = newsroom / "articles.csv", newsroom / "out/facts.jsonl", newsroom / "out/facts.db"
    return ["--articles", newsroom, "--manifest", manifest, "--facts", facts, "--db", db]


def test_extract_prints_json_lines(newsroom: Path) -> None:
    result = run("extract", newsroom, "--manifest", newsroom / "articles.csv")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    figures = [record["exact"] for record in records if record["kind"] == "quantity"]
    assert figures == ["1,200", "1,200", "40", "five", "3%"]
    (said,) = (record for record in records if record["kind"] == "statement")
    assert said["claimants"][0]["name"] == "mayor"
    assert {"source", "kind", "start", "end", "metric", "bound", "time", "claimants", "rule"} <= records[0].keys()


def test_extract_writes_a_file(newsroom: Path, tmp_path: Path) -> None:
    out = tmp_path / "new/facts.jsonl"
    assert run("extract", newsroom / "flood.txt", "--out", out).exit_code == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 6


def test_build_then_verify(newsroom: Path) -> None:
    assert run("build", *places(newsroom)).exit_code == 0
    result = run("verify", *places(newsroom)[:-2])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "6 facts checked, 6 exact, 0 not" in result.stderr


def test_verify_lists_what_fails(newsroom: Path) -> None:
    run("build", *places(newsroom))
    facts = newsroom / "out/facts.jsonl"
    content = re.sub(r'("value(_low|_high)?"):40\b', r"\1:41", facts.read_text(encoding="utf-8"))
    facts.write_text(content, encoding="utf-8")
    result = run("verify", *places(newsroom)[:-2])
    assert result.exit_code == 1
    assert "value 41 does not stand in '40'" in result.stdout


def test_verify_says_which_texts_are_absent(newsroom: Path) -> None:
    run("build", *places(newsroom))
    (newsroom / "out/facts.db").unlink()
    with (newsroom / "articles.csv").open("a", encoding="utf-8") as handle:
        handle.write(f"mill.txt,{'ab' * 32},,2031,\n")
    result = run("verify", *places(newsroom)[:-2])
    assert result.exit_code == 0
    assert "not checked, the text is absent: mill.txt" in result.stderr
    assert "not checked, there is no database" in result.stderr


def test_verify_lists_the_facts_of_an_unknown_article(newsroom: Path) -> None:
    run("build", *places(newsroom))
    (newsroom / "out/facts.db").unlink()
    (newsroom / "flood.txt").write_text("The mill lost 12 carts.", encoding="utf-8")
    write_manifest(newsroom, ["flood.txt"])
    result = run("verify", *places(newsroom)[:-2])
    assert result.exit_code == 1
    assert len(re.findall("article: .* is not in the manifest", result.stdout)) == 6
    assert "0 facts checked, 0 exact, 6 not" in result.stderr


def assert_refused(result: Result, *messages: str) -> None:
    """One line that names the thing and the remedy, and exit code 2."""
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.strip().splitlines()
    assert all(message in line for message in messages), line


BAD_FILES = [
    (b"caf\xe9", "is not UTF-8", "save it as UTF-8"),
    (b"", "is empty", "give the article's text"),
    (b"PK\x00", "is binary", "plain text"),
]


@pytest.mark.parametrize("command", ["extract", "build"])
@pytest.mark.parametrize(("data", "message", "remedy"), BAD_FILES)
def test_a_bad_file_is_refused(newsroom: Path, command: str, data: bytes, message: str, remedy: str) -> None:
    (newsroom / "flood.txt").write_bytes(data)
    out = newsroom / "out"
    arguments = places(newsroom) if command == "build" else [newsroom / "flood.txt", "--out", out / "facts.jsonl"]
    assert_refused(run(command, *arguments), "flood.txt", message, remedy)
    assert list(out.glob("*")) == []


@pytest.mark.parametrize("command", ["build", "verify", "review"])
def test_all_bad_files_are_named_at_once(newsroom: Path, command: str) -> None:
    (newsroom / "flood.txt").write_bytes(b"caf\xe9")  # has a row in the manifest
    (newsroom / "empty.txt").write_bytes(b"")
    (newsroom / "mill.txt").write_text("The mill lost 12 carts.", encoding="utf-8")
    (newsroom / "mill2.txt").write_text("The mill lost 12 carts.", encoding="utf-8")
    given = {"build": places(newsroom), "verify": places(newsroom)[:-2], "review": ["mill", *places(newsroom)[:4]]}
    result = run(command, *given[command])
    assert (result.exit_code, result.stdout) == (2, "")
    *named, last = result.stderr.splitlines()
    assert [re.sub(r".*/", "", line).partition(":")[0] for line in named] == [
        "empty.txt is empty",
        "flood.txt is not UTF-8",
        "error",
    ]
    assert named[-1] == "error: mill2.txt has the same content as mill.txt: keep one of them"
    assert last == "error: 3 article files cannot be taken: mend them, or leave them out"
    assert not (newsroom / "out").exists()


@pytest.mark.parametrize("command", ["extract", "build"])
def test_a_file_with_another_digest_is_refused(newsroom: Path, command: str) -> None:
    (newsroom / "flood.txt").write_text("Tampered with.", encoding="utf-8")
    manifest = ["--manifest", newsroom / "articles.csv"]
    arguments = places(newsroom) if command == "build" else [newsroom, *manifest, "--out", newsroom / "out/facts.jsonl"]
    assert_refused(run(command, *arguments), "flood.txt", "sha256", "restore the file")
    assert list((newsroom / "out").glob("*")) == []


@pytest.mark.parametrize("command", ["extract", "build"])
def test_a_file_without_a_row_is_taken_with_what_its_page_says(newsroom: Path, command: str) -> None:
    (newsroom / "articles.csv").write_text("file,published_on\n", encoding="utf-8")
    manifest = ["--manifest", newsroom / "articles.csv"]
    result = run(command, *(places(newsroom) if command == "build" else [newsroom, *manifest]))
    assert result.exit_code == 0
    assert "flood.txt has no row in the manifest, published_on, publisher, url is not known" in result.stderr


def test_good_files_come_through_beside_a_bad_one(newsroom: Path) -> None:
    (newsroom / "bad.txt").write_bytes(b"\xff")
    result = run("extract", newsroom)
    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 6
    assert len(result.stderr.splitlines()) == 1


def test_a_folder_without_articles_is_refused(newsroom: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert_refused(run("extract", empty), "no articles in the folder", "put .txt files into it")
    assert_refused(run("build", "--articles", empty, *places(newsroom)[2:]), "no articles in the folder")
    environment = {"FACTLINE_ARTICLES": str(tmp_path / "none")}
    assert_refused(run("build", *places(newsroom)[2:], env=environment), "no such file or folder")


def test_an_unwritable_database_is_refused(newsroom: Path) -> None:
    (newsroom / "out/facts.db").mkdir(parents=True)
    assert_refused(run("build", *places(newsroom)), "cannot write", "facts.db", "name a writable place")
    (newsroom / "file").write_text("", encoding="utf-8")
    arguments = [*places(newsroom)[:-1], newsroom / "file/facts.db"]
    assert_refused(run("build", *arguments), "cannot write", "file/facts.db", "name a writable place")


def test_a_bad_line_of_the_facts_is_refused(newsroom: Path) -> None:
    run("build", *places(newsroom))
    facts = newsroom / "out/facts.jsonl"
    facts.write_text(facts.read_text(encoding="utf-8").replace('"unit":"percent"', '"unit":null'), encoding="utf-8")
    before = (newsroom / "out/facts.db").read_bytes()
    (newsroom / "flood.txt").unlink()
    without_texts = places(newsroom)[2:]
    assert_refused(run("build", *without_texts), "facts.jsonl:6: unit is None", "restore the line from git")
    assert (newsroom / "out/facts.db").read_bytes() == before


def test_a_folder_of_articles_is_a_dataset_of_its_own(newsroom: Path) -> None:
    (newsroom / "articles.csv").unlink()
    table = run("manifest", newsroom)
    assert (table.exit_code, table.stdout) == (0, "")
    assert "flood.txt: published_on, publisher, url is not known" in table.stderr
    written = (newsroom / "articles.csv").read_text(encoding="utf-8")
    assert "Flood Drives" in written
    assert "2031-05-12" not in written
    (newsroom / "articles.csv").write_text(written.replace(",,,,", ",Post,,2031-05-12,"), encoding="utf-8")
    assert "0 new rows, 1 kept" in run("manifest", newsroom).stderr
    built = run("build", env={"FACTLINE_DATASET": str(newsroom)})
    assert (built.exit_code, built.stdout) == (0, "")
    assert "warning" not in built.stderr
    assert {"facts.jsonl", "facts.db"} <= {path.name for path in newsroom.iterdir()}
    assert run("--dataset", newsroom, "verify").exit_code == 0


def test_a_bad_file_is_left_out_of_the_table(newsroom: Path) -> None:
    (newsroom / "bad.txt").write_bytes(b"\xff")
    table = run("manifest", newsroom, "--out", newsroom / "new.csv")
    assert table.exit_code == 2
    assert "bad.txt is not UTF-8" in table.stderr
    assert "flood.txt" in (newsroom / "new.csv").read_text(encoding="utf-8")


def test_the_environment_names_the_database(newsroom: Path, tmp_path: Path) -> None:
    result = run("build", *places(newsroom)[:-2], env={"FACTLINE_DB": str(tmp_path / "named.db")})
    assert result.exit_code == 0
    assert (tmp_path / "named.db").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("command", ["extract", "verify"])
def test_output_that_cannot_be_written_is_said_in_one_line(newsroom: Path, command: str) -> None:
    run("build", *places(newsroom))
    (newsroom / "flood.txt").write_text(PAGE.replace("1,200", "1,201"), encoding="utf-8")
    write_manifest(newsroom, ["flood.txt"])
    arguments = [newsroom / "flood.txt"] if command == "extract" else places(newsroom)[:-2]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*COMMAND, command, *arguments], stdout=full, stderr=subprocess.PIPE, text=True)  # noqa: PLW1510 - the status is asserted
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "error: cannot use standard output (No space left on device): check it, and the room on its disk"
    ]


@pytest.mark.parametrize("command", ["extract", "build"])
def test_a_command_that_is_told_to_stop_leaves_nothing_half_written(newsroom: Path, command: str) -> None:
    (newsroom / "flood.txt").write_text(PAGE + "Some 120 barges of grain left 3 ports.\n" * 1500, encoding="utf-8")
    write_manifest(newsroom, ["flood.txt"])
    out = newsroom / "out"
    arguments = places(newsroom) if command == "build" else [newsroom, "--out", out / "facts.jsonl"]
    process = subprocess.Popen([*COMMAND, command, *arguments], stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not list(out.glob(".*.new")):
        time.sleep(0.005)
    process.terminate()
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (143, "")
    assert list(out.iterdir()) == []


def test_verify_without_texts_says_what_to_do(newsroom: Path) -> None:
    if any((DATASET / "articles").glob("*.txt")):
        pytest.skip("the project's own article folder holds texts")
    result = run("verify", "--facts", newsroom / "facts.jsonl")
    assert result.exit_code == 2
    assert "--articles" in result.stderr


def test_the_command_runs_from_any_folder(newsroom: Path) -> None:
    command = [*COMMAND, "extract", "flood.txt"]
    done = subprocess.run(command, cwd=newsroom, capture_output=True, text=True, check=False, env={**os.environ})
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 6


def test_the_released_facts_build_without_any_text(tmp_path: Path) -> None:
    result = run("build", "--db", tmp_path / "facts.db")
    assert result.exit_code == 0
    assert "facts of 5 articles" in result.stderr


def test_the_released_facts_are_exact(shared: Path, tmp_path: Path) -> None:
    run("build", "--db", tmp_path / "facts.db")
    result = run("verify", "--articles", shared / "articles", "--db", tmp_path / "facts.db")
    assert (result.exit_code, result.stdout) == (0, "")
    assert " 0 not" in result.stderr


def test_the_released_facts_are_what_the_articles_give(shared: Path, tmp_path: Path) -> None:
    facts = tmp_path / "facts.jsonl"
    built = run("build", "--articles", shared / "articles", "--facts", facts, "--reviews", DATASET / "reviews")
    assert (built.exit_code, built.stdout) == (0, "")
    assert "all reviewed" in built.stderr
    assert facts.read_bytes() == (DATASET / "facts.jsonl").read_bytes()


def test_detection_on_the_annotated_articles(shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "facts.jsonl"
    run("extract", shared / "articles", "--manifest", shared / "articles/articles.csv", "--out", out)
    command = [sys.executable, str(shared / "score.py"), str(shared / "gold/quantities.jsonl"), str(out)]
    scored = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    (line,) = (line for line in scored.splitlines() if line.startswith("detection"))
    assert float(line.split()[-1]) >= 0.98
