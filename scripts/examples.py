"""The examples of the OpenAPI document: what the service really answers on the released facts."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from flask.testing import FlaskClient

from api import create_app
from api.settings import Settings
from scripts.curate import curate

# All that is shown is of one article, whose title is short: no longer words of others are to stand in the document.
_PUBLISHER = "newsmax"
_FIRST = f"/v1/facts?kind=quantity&publisher={_PUBLISHER}&claimant=proekt&period_from=2020&limit=1"
_URLS = {
    "listFacts": "/v1/facts?metric={metric}&publisher={publisher}&limit=1",
    "getFact": "/v1/facts/{fact}",
    "getFactVerification": "/v1/facts/{fact}/verification",
    "listArticles": "{articles}",
    "getArticle": "/v1/articles/{article}",
    "listArticleFacts": "/v1/articles/{article}/facts?kind=event&limit=1",
    "listMetrics": "/v1/metrics?limit=1",
    "getMetric": "/v1/metrics/{metric}",
    "getMetricSeries": "/v1/metrics/{metric}/series?publisher={publisher}&limit=1",
    "listClaimants": "/v1/claimants?limit=1",
    "getClaimant": "/v1/claimants/{claimant}",
    "countFacets": "/v1/facets?by=metric,claimant&limit=2",
    "sumUpFacts": "/v1/aggregates?by=metric&limit=2",
    "compareClaims": "/v1/comparisons?metric={metric}&publisher={publisher}",
    "getDataset": "/v1/dataset",
    "getIndex": "/",
    "getHealth": "/healthz",
    "getReadiness": "/readyz",
}


def make_examples() -> dict[str, Any]:
    """Build the database from the released facts, without any text, and ask for each operation."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.db"
        built = CliRunner().invoke(curate, ["build", "--db", str(path)], env={"FACTLINE_ARTICLES": ""})
        if built.exit_code:
            raise RuntimeError(built.output)
        with create_app(Settings(db=path)).test_client() as client:
            return _ask(client)


def _ask(client: FlaskClient) -> dict[str, Any]:
    first = json.loads(client.get(_FIRST).data)["items"][0]
    names = {
        "fact": first["id"],
        "article": first["article"]["id"],
        "articles": _find_page(client, first["article"]["id"]),
        "publisher": _PUBLISHER,
        "metric": first["metric"],
        "claimant": first["claimants"][0]["id"],
    }
    examples = {}
    for operation, template in _URLS.items():
        url = template.format(**names)
        answer = json.loads(client.get(url).data)
        examples[operation] = {"url": url, "answer": answer}
    return examples


def _find_page(client: FlaskClient, article: str) -> str:
    """The address of the page that lists the article alone."""
    url = "/v1/articles?limit=1"
    while (page := json.loads(client.get(url).data))["items"][0]["id"] != article:
        url = page["next"]
    return url
