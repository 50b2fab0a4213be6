"""Whatever is asked: an answer that is no error of the service, and one line in the log."""

from __future__ import annotations

import io
import json
import string
from contextlib import redirect_stdout
from urllib.parse import quote, quote_plus, unquote_to_bytes

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st

from api import create_app
from api.cursor import Cursor, format_cursor, parse_cursor
from api.errors import CursorError
from api.settings import Settings
from tests.api.conftest import body
from tests.api.sample import build_sample

_PROBE = settings(max_examples=150, deadline=None)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return create_app(Settings(db=build_sample(tmp_path_factory.mktemp("any") / "facts.db"))).test_client()


@pytest.fixture(scope="module")
def paths(client: FlaskClient) -> list[str]:
    return sorted(body(client.get("/openapi.json"))["paths"])


@pytest.fixture(scope="module")
def names(client: FlaskClient) -> list[str]:
    """The names of all query parameters."""
    documented = body(client.get("/openapi.json"))["paths"].values()
    found = {each["name"] for path in documented for each in path["get"].get("parameters", ()) if "name" in each}
    return sorted(found)


RAW = st.binary(max_size=60).map(quote)
WORDS = st.text(max_size=30).map(quote_plus)
VALUES = st.one_of(
    WORDS,
    RAW,
    st.sampled_from(
        ["1", "0", "-1", "kind", "quantity", "-value", "value,-unit", "2031", "2031-04", "a,b", "*", '"', "NaN"]
    ),
    st.integers().map(str),
    st.floats().map(str),
    st.lists(st.sampled_from(["kind", "person", "item", "id", "value"]), max_size=4).map(",".join),
)


def ask(client: FlaskClient, target: str) -> None:
    """Ask as gunicorn would, with the address as it was sent."""
    path, _, query = target.partition("?")
    sent = {"PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query, "RAW_URI": target}
    log = io.StringIO()
    with redirect_stdout(log):
        answer = client.get("/", environ_overrides=sent, buffered=True)
    assert answer.status_code < 500, (target, answer.text[:500])
    (line,) = log.getvalue().splitlines()
    assert line.isprintable()
    assert line.isascii()
    assert json.loads(line)["status"] == answer.status_code
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert body(answer)["status"] == answer.status_code


@_PROBE
@given(data=st.data())
def test_queries(client: FlaskClient, paths: list[str], names: list[str], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(paths)).replace("{", "").replace("}", "")
    known = st.sampled_from(names)
    pairs = data.draw(st.lists(st.tuples(st.one_of(known, known, WORDS), VALUES), max_size=4))
    ask(client, f"{path}?{'&'.join(f'{name}={value}' for name, value in pairs)}")


@_PROBE
@given(
    query=st.one_of(st.text(string.printable.replace("#", ""), max_size=80).map(lambda text: quote(text, "&=+%;")), RAW)
)
def test_what_is_no_query(client: FlaskClient, query: str) -> None:
    ask(client, f"/v1/facts?{query}")


@_PROBE
@given(
    parts=st.lists(st.one_of(RAW, WORDS, st.sampled_from(["v1", "facts", "articles", "docs", "..", ""])), max_size=5)
)
@example(parts=["v1", "facts", "%00"])
def test_paths(client: FlaskClient, parts: list[str]) -> None:
    ask(client, "/" + "/".join(parts))


@_PROBE
@given(data=st.data())
def test_what_stands_for_an_identifier(client: FlaskClient, paths: list[str], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([each for each in paths if "{" in each]))
    head, _, rest = path.partition("{")
    ask(client, head + data.draw(st.one_of(WORDS, RAW)) + rest.partition("}")[2])


@_PROBE
@given(query=st.text(max_size=60))
def test_words_to_search_for(client: FlaskClient, query: str) -> None:
    ask(client, f"/v1/facts?include=highlights&q={quote_plus(query)}")


DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)
LISTINGS = st.text("0123456789abcdef", min_size=16, max_size=16)
CURSORS = st.builds(Cursor, DIGESTS, LISTINGS, st.integers(1, 2**32 - 1))
LETTERS = string.ascii_letters + string.digits + "-_"


@given(cursor=CURSORS)
def test_cursors_round_trip(cursor: Cursor) -> None:
    token = format_cursor(cursor)
    assert set(token) <= set(LETTERS)
    assert parse_cursor(token, cursor.release, cursor.listing) == cursor.first


@given(cursor=CURSORS, data=st.data())
def test_an_altered_cursor_is_refused(cursor: Cursor, data: st.DataObject) -> None:
    token = format_cursor(cursor)
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from(LETTERS.replace(token[place], "")))
    altered = data.draw(
        st.sampled_from(
            [
                token[:place] + letter + token[place + 1 :],
                token[:place] + token[place + 1 :],
                token[:place] + letter + token[place:],
                token[:place],
                token + letter,
            ]
        )
    )
    if altered == token:
        return  # a letter left out of two that are the same at the end: nothing was altered
    with pytest.raises(CursorError):
        parse_cursor(altered, cursor.release, cursor.listing)


@given(cursor=CURSORS, other=CURSORS)
def test_a_cursor_serves_its_own_list_alone(cursor: Cursor, other: Cursor) -> None:
    token = format_cursor(cursor)
    for release, listing in ((other.release, cursor.listing), (cursor.release, other.listing)):
        if (release, listing) != (cursor.release, cursor.listing):
            with pytest.raises(CursorError):
                parse_cursor(token, release, listing)


@given(token=st.one_of(st.text(LETTERS, max_size=200), st.text(max_size=50)))
def test_anything_else_is_no_cursor(token: str) -> None:
    with pytest.raises(CursorError):
        parse_cursor(token, "0" * 64, "0" * 16)
