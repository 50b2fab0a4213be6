from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from api.selectors import selectors_of, text_fragment
from dataset.model import CONTEXT_LENGTH, Fact
from dataset.places import Places
from tests.api.conftest import body
from tests.api.sample import CARTS, FACTS, HARBOUR, HARBOUR_TEXT, MORE_THAN_650000, TEXTS


def represented(client: FlaskClient, fact: Fact) -> dict[str, Any]:
    """The fact as the service answers it, with its bytes where the text is held."""
    answer = body(client.get(f"/v1/facts/{fact.id}"))
    text = TEXTS.get(fact.article)
    for name, offset in (("byte_start", fact.start), ("byte_end", fact.end)):
        answer["provenance"].setdefault(name, None if text is None else len(text[:offset].encode()))
    return answer


def test_four_spellings_of_one_span(client: FlaskClient) -> None:
    start = HARBOUR_TEXT.index("650,000")  # after one character of four bytes, so three bytes further on
    text = f"https://facts.example/v1/articles/{HARBOUR.id}/text"
    assert selectors_of(represented(client, MORE_THAN_650000), "https://facts.example") == {
        "position": {"type": "TextPositionSelector", "start": start, "end": start + 7},
        "quote": {
            "type": "TextQuoteSelector",
            "exact": "650,000",
            "prefix": "Port Selby \U0001f6a2 grows\n\nMore than ",
            "suffix": " people live in Port Selby \U0001f30a\U0001f30a to",
        },
        "fragment": {
            "type": "FragmentSelector",
            "value": f"char={start},{start + 7}",
            "conformsTo": "http://tools.ietf.org/rfc/rfc5147",
            "link": f"{text}#char={start},{start + 7}",
        },
        "bytes": {"range": f"bytes={start + 3}-{start + 9}", "link": text},
        "page": "https://gazette.example/harbour#:~:text=More%20than-,650%2C000,"
        "-people%20live%20in%20Port%20Selby%20%F0%9F%8C%8A%F0%9F%8C%8A",
    }


def test_what_is_not_known_is_null(client: FlaskClient) -> None:
    selectors = selectors_of(represented(client, CARTS))
    assert [name for name, value in selectors.items() if value is None] == ["quote", "bytes", "page"]
    assert selectors["fragment"]["link"] == f"/v1/articles/{CARTS.article}/text#char={CARTS.start},{CARTS.end}"


@pytest.mark.parametrize("fact", [fact for fact in FACTS if fact.article in TEXTS], ids=lambda fact: fact.id)
def test_service_answers_the_span_to_its_byte_range(client: FlaskClient, fact: Fact) -> None:
    bytes_ = selectors_of(represented(client, fact))["bytes"]
    answer = client.get(bytes_["link"], headers={"Range": bytes_["range"]})
    assert (answer.status_code, answer.text) == (206, TEXTS[fact.article][fact.start : fact.end])


URL = "https://a.example/x"
LONG = "one two three four five " + "and so on " * 40 + "six seven eight nine ten"
PAGES = {  # address, exact, prefix, suffix: what follows `https://a.example/x`
    (URL, "forty-two", None, None): "#:~:text=forty%2Dtwo",
    (URL, "a, b & c", None, None): "#:~:text=a%2C%20b%20%26%20c",
    (URL, "50% #1 caf\u00e9", None, None): "#:~:text=50%25%20%231%20caf%C3%A9",
    (URL, "42", "saw ", " foxes."): "#:~:text=saw-,42,-foxes.",
    (URL, "42", "", ""): "#:~:text=42",
    (URL, "42", "- ", " -"): "#:~:text=%2D-,42,-%2D",
    (URL, "42", "Heading\n\n", "\nfoxes\nran"): "#:~:text=Heading-,42,-foxes",
    (URL, "42", "cut" + "x" * 24 + " saw ", " ran" + "x" * 28): "#:~:text=saw-,42",
    (URL, "42", "x" * 32, "x" * 32): "#:~:text=42",
    (URL, "a\tb\u00a0 c", None, None): "#:~:text=a%20b%20c",
    (URL, "first line\r\n\r\nmiddle\nlast line", None, " on"): "#:~:text=first%20line,last%20line,-on",
    (URL, LONG, None, None): "#:~:text=one%20two%20three%20four%20five,six%20seven%20eight%20nine%20ten",
    (URL, "x" * 301, None, None): "#:~:text=" + "x" * 301,
    (URL + "#part", "42", None, None): "#part:~:text=42",
    (URL + "#", "42", None, None): "#:~:text=42",
    (URL + "#part:~:text=other", "42", None, None): "#part:~:text=42",
}


@pytest.mark.parametrize(("given_", "expected"), PAGES.items())
def test_text_fragments(given_: tuple[str, str, str | None, str | None], expected: str) -> None:
    assert text_fragment(*given_) == URL + expected


@pytest.mark.parametrize(("url", "exact"), [(None, "42"), ("", "42"), (URL, None), (URL, " \n")])
def test_no_text_fragment_without_address_and_words(url: str | None, exact: str | None) -> None:
    assert text_fragment(url, exact, "before", "after") is None


@st.composite
def _spans(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(st.lists(st.sampled_from(["\r\n", "\n", "a", "b-c", "7,5", " ", "é", "\U0001f6a2", "&"]), min_size=1))
    edges = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True)))
    start, end = (len("".join(text[:edge])) for edge in edges)
    return "".join(text), start, end


def _represent(text: str, start: int, end: int) -> dict[str, Any]:
    return {
        "article": {"url": URL},
        "provenance": {
            "start": start,
            "end": end,
            "exact": text[start:end],
            "prefix": text[max(0, start - CONTEXT_LENGTH) : start],
            "suffix": text[end : end + CONTEXT_LENGTH],
            "byte_start": len(text[:start].encode()),
            "byte_end": len(text[:end].encode()),
            "links": {"text": f"/v1/articles/a/text#{Places(text).fragment(start, end)}"},
        },
    }


@given(_spans())
def test_every_spelling_leads_back_to_the_span(span: tuple[str, int, int]) -> None:
    text, start, end = span
    exact = text[start:end]
    selectors = selectors_of(_represent(*span))
    first, last = (int(edge) for edge in selectors["bytes"]["range"].removeprefix("bytes=").split("-"))
    assert text.encode()[first : last + 1].decode() == exact
    opening, closing = (int(edge) for edge in selectors["fragment"]["value"].removeprefix("char=").split(","))
    assert text.replace("\r\n", "\n")[opening:closing] == exact.replace("\r\n", "\n")
    quote = selectors["quote"]
    assert text[start - len(quote["prefix"]) : end + len(quote["suffix"])] == "".join(
        quote[part] for part in ("prefix", "exact", "suffix")
    )


_DIRECTIVE = re.compile(r"(?:([^,&-]+)-,)?([^,&-]+)(?:,([^,&-]+))?(?:,-([^,&-]+))?")


@given(_spans())
def test_every_text_fragment_is_found_on_the_page(span: tuple[str, int, int]) -> None:
    text, start, end = span
    page = selectors_of(_represent(*span))["page"]
    if not text[start:end].split():
        assert page is None
        return
    directive = _DIRECTIVE.fullmatch(page.removeprefix(f"{URL}#:~:text="))  # the grammar of the specification
    assert directive
    prefix, first, last, suffix = (re.escape(unquote(part or "")) for part in directive.groups())
    wanted = rf"{prefix}\s*{first}(?:.*{last})?\s*{suffix}"
    assert re.search(wanted, " ".join(text.split()))
