"""Uses the client that openapi-python-client makes: python python_client.py URL."""

from __future__ import annotations

import sys
from urllib.parse import parse_qs, urlsplit

from factline_client import Client
from factline_client.api.facts import get_fact, list_facts
from factline_client.models.fact_page import FactPage
from factline_client.models.kind import Kind
from factline_client.models.problem import Problem
from factline_client.types import UNSET, Unset


def read_cursor(page: FactPage) -> str | Unset:
    """The cursor of the next page, UNSET where this is the last."""
    return parse_qs(urlsplit(page.next_).query)["cursor"][0] if page.next_ else UNSET


def list_every_id(client: Client) -> list[str]:
    """Page through all facts; the ids are as many as the total says."""
    ids: list[str] = []
    cursor: str | Unset = UNSET
    while True:
        page = list_facts.sync(client=client, limit=37, cursor=cursor)
        assert isinstance(page, FactPage)
        ids += [item.id for item in page.items]
        cursor = read_cursor(page)
        if isinstance(cursor, Unset):
            assert len(ids) == page.total.value > 37, (len(ids), page.total)
            return ids


def use(client: Client) -> None:
    """List, page through, filter, get, and err."""
    ids = list_every_id(client)
    assert len(set(ids)) == len(ids)

    # One value: this generator repeats the parameter for each value of a list, whatever the document says of commas.
    found = list_facts.sync(client=client, kind=[Kind.QUANTITY], value_min=1000, limit=500)
    assert isinstance(found, FactPage)
    assert 0 < found.total.value == len(found.items) < len(ids)
    assert {item.kind for item in found.items} == {"quantity"}

    fact = get_fact.sync(ids[-1], client=client)
    assert fact is not None
    assert not isinstance(fact, Problem)
    assert fact.id == ids[-1]

    unknown = get_fact.sync_detailed("a" * 16, client=client)
    assert isinstance(unknown.parsed, Problem)
    assert (unknown.status_code, unknown.parsed.status) == (404, 404)
    assert unknown.parsed.title == "Unknown identifier"

    refused = list_facts.sync_detailed(client=client, limit=0)
    assert isinstance(refused.parsed, Problem)
    assert (refused.status_code, refused.parsed.parameter) == (400, "limit")


if __name__ == "__main__":
    with Client(base_url=sys.argv[1], raise_on_unexpected_status=True) as opened:
        use(opened)
