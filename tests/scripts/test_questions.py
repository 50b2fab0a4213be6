import csv
import json
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from scripts.questions import (
    Asking,
    Question,
    datasette_path,
    find_fact_ids,
    find_pairs,
    find_searches,
    own_path,
    roapi_path,
    values_of,
    write_flat_table,
    write_metadata,
)
from scripts.synthetic import build_release


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Asking:
    path = tmp_path_factory.mktemp("release") / "made-up.db"
    build_release(path, 2000)
    return Asking(path)


FIRST = Question("killed", "port selby")
LATER = Question("killed", "ada-quill", 1200.0, 77, "abc")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (FIRST, "/v1/facts?metric=killed&claimant=port%20selby&sort=-value&limit="),
        (LATER, "/v1/facts?metric=killed&claimant=ada-quill&sort=-value&cursor=abc&limit="),
    ],
)
def test_the_address_at_the_service(question: Question, expected: str) -> None:
    assert own_path(Asking(Path("x.db")), question) == expected


def test_the_same_question_in_the_words_of_others() -> None:
    asking = Asking(Path("x.db"))
    canned = urlsplit(datasette_path(asking, LATER) + "50")
    assert canned.path == "/x/after.json"
    assert parse_qs(canned.query)["chosen"] == ["killed"]
    assert parse_qs(canned.query)["position"] == ["77"]
    assert datasette_path(asking, FIRST).startswith("/x/first.json?")
    rest = parse_qs(urlsplit(roapi_path(asking, LATER) + "50").query)
    assert rest["filter[metric]"] == ["'killed'"]
    assert rest["filter[sort_value]lte"] == ["1200.0"]
    assert rest["limit"] == ["50"]


def test_pairs_are_the_most_frequent_first(asking: Asking) -> None:
    sql = asking.select()
    with closing(asking.connect()) as connection:
        found = [
            len(connection.execute(sql, values_of(Question(*pair), limit=10_000)).fetchall())
            for pair in find_pairs(asking, least=5)
        ]
    assert len(found) > 1
    assert found == sorted(found, reverse=True)
    assert found[-1] >= 5


def test_later_pages_go_on_where_the_first_ended(asking: Asking) -> None:
    pair = find_pairs(asking)[0]
    with closing(asking.connect()) as connection:
        rows = connection.execute(asking.select(), values_of(Question(*pair), limit=4)).fetchall()
        value, position = connection.execute(
            "SELECT sort_value, position FROM facts WHERE id = ?", [rows[1][0]]
        ).fetchone()
        later = Question(*pair, value, position, "some")
        assert connection.execute(asking.select(after=True), values_of(later, limit=2)).fetchall() == rows[2:]


def test_the_flat_table_holds_each_claimed_amount_with_its_claimant(asking: Asking, tmp_path: Path) -> None:
    write_flat_table(asking, tmp_path / "flat.csv")
    rows = list(csv.DictReader((tmp_path / "flat.csv").read_text(encoding="utf-8").splitlines()))
    assert len({(row["id"], row["claimant"]) for row in rows}) == len(rows) > 500
    assert {row["kind"] for row in rows} == {"quantity"}


def test_the_canned_queries_are_those_of_the_question(asking: Asking, tmp_path: Path) -> None:
    write_metadata(asking, tmp_path / "metadata.json")
    queries = json.loads((tmp_path / "metadata.json").read_text())["databases"]["made-up"]["queries"]
    assert queries == {"first": {"sql": asking.select()}, "after": {"sql": asking.select(after=True)}}


def test_ids_and_searches_come_from_the_release(asking: Asking) -> None:
    assert len(set(find_fact_ids(asking, most=5000))) == 2000
    assert 80 <= len(find_fact_ids(asking, most=100)) <= 120
    words = find_searches(asking, most=10)
    assert len(set(words)) == 10
    assert all(" " in each for each in words)
