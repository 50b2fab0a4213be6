"""One fact checked anew against the text that the database holds."""

from __future__ import annotations

from typing import Any

from api.queries import find_agents, find_article, find_facts, find_text
from dataset.model import Article
from dataset.rows import fact_from_row
from dataset.verification import Page, check_fact


def verify_fact(position: int) -> dict[str, Any]:
    """Check a fact as `curate.py verify` does: each check, and whether all that could be told holds."""
    (row,) = find_facts([position])
    agents = [dict(each) for each in find_agents([row["id"]])[row["id"]]]
    fact = fact_from_row(dict(row), agents)
    article = find_article(fact.article)
    assert article is not None  # noqa: S101 - a foreign key
    described = Article(**{name: article[name] for name in Article.__slots__})
    text = find_text(fact.article)
    checks = list(check_fact(fact, described, Page(described, text.decode("utf-8")) if text is not None else None))
    return {
        "fact": fact.id,
        "passed": all(check.passed is not False for check in checks),
        "complete": all(check.passed is not None for check in checks),
        "checks": [{"name": check.name, "passed": check.passed, "detail": check.detail} for check in checks],
    }
