"""How the items of a list lead to other operations, as Link Objects (OpenAPI 3.1, section 4.8.20)."""

from __future__ import annotations

from typing import Any

Links = dict[str, dict[str, Any]]


def _link(operation: str, parameter: str, member: str) -> dict[str, Any]:
    return {
        "operationId": operation,
        "parameters": {parameter: f"$response.body#/items/0/{member}"},
        "description": f"{member.replace('/', '.')} of an item is the {parameter} of {operation}; here of the first.",
    }


FACT_LINKS: Links = {
    "fact": _link("getFact", "fact_id", "id"),
    "verification": _link("getFactVerification", "fact_id", "id"),
    "article": _link("getArticle", "article_id", "article/id"),
}
ARTICLE_LINKS: Links = {
    "article": _link("getArticle", "article_id", "id"),
    "facts": _link("listArticleFacts", "article_id", "id"),
    "text": _link("getArticleText", "article_id", "id"),
}
METRIC_LINKS: Links = {
    "metric": _link("getMetric", "metric_id", "id"),
    "series": _link("getMetricSeries", "metric_id", "id"),
}
CLAIMANT_LINKS: Links = {"claimant": _link("getClaimant", "claimant_id", "id")}
