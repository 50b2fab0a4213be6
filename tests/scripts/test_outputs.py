"""What commands write, and what they do not write over."""

from pathlib import Path

import pytest

from tests.scripts.test_curate import assert_refused, places, run


def test_a_build_adds_the_rows_that_its_facts_need_when_the_texts_are_gone(newsroom: Path, tmp_path: Path) -> None:
    (newsroom / "articles.csv").write_text("file,published_on\n", encoding="utf-8")
    mine, elsewhere = {"FACTLINE_DATASET": str(newsroom)}, tmp_path / "elsewhere"
    built = run("build", env=mine)
    assert built.exit_code == 0
    assert f"a row with what its page says has been added to {newsroom}/articles.csv" in built.stderr
    (newsroom / "flood.txt").rename(tmp_path / "flood.txt")
    again = run("build", env=mine)
    assert (again.exit_code, again.stdout) == (0, "")
    assert again.stderr == built.stderr.splitlines()[-1].replace("1 with their text", "0 with their text") + "\n"

    table = (newsroom / "articles.csv").read_text(encoding="utf-8")
    (tmp_path / "flood.txt").rename(newsroom / "flood.txt")
    (newsroom / "storm.txt").write_text("A storm broke 12 masts.", encoding="utf-8")
    apart = run("build", "--facts", elsewhere / "facts.jsonl", env=mine)
    assert "storm.txt has no row in the manifest" in apart.stderr
    assert "curate.py manifest FOLDER" in apart.stderr
    assert (newsroom / "articles.csv").read_text(encoding="utf-8") == table
    assert not (elsewhere / "articles.csv").exists()


@pytest.mark.parametrize("name", ["flood.txt", "articles.csv", "notes"])
def test_nothing_takes_the_place_of_a_file_of_another_kind(newsroom: Path, name: str) -> None:
    path = newsroom / name
    path.write_text(path.read_text(encoding="utf-8") if path.exists() else "mine", encoding="utf-8")
    before = path.read_bytes()
    assert_refused(run("extract", newsroom / "flood.txt", "--out", path), name, "of another kind", "name another file")
    assert_refused(run("build", *places(newsroom)[:-1], path), name, "of another kind", "name another file")
    assert path.read_bytes() == before
    assert not (newsroom / "out/facts.jsonl").exists()


def test_a_database_does_not_take_the_place_of_the_facts(newsroom: Path) -> None:
    run("build", *places(newsroom))
    facts = newsroom / "out/facts.jsonl"
    before = facts.read_bytes()
    assert_refused(run("build", *places(newsroom)[:-1], facts), "facts.jsonl", "of another kind")
    assert facts.read_bytes() == before


def test_what_a_command_wrote_it_writes_again(newsroom: Path) -> None:
    for _ in range(2):
        assert run("extract", newsroom / "flood.txt", "--out", newsroom / "out/found").exit_code == 0
        assert run("build", *places(newsroom)[:-1], newsroom / "out/found.data").exit_code == 0


def test_a_dataset_without_an_article_is_refused(tmp_path: Path) -> None:
    assert_refused(run("--dataset", tmp_path, "build"), f"no articles beside {tmp_path}/facts.jsonl", "put .txt files")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run("build", env={"FACTLINE_ARTICLES": str(tmp_path / "file")})
    assert (result.exit_code, "is a file" in result.stderr) == (2, True)
