"""From the text of one article to its facts: figures, statements and events, on the same spans."""

from __future__ import annotations

from dataset.attribution.statements import find_statements
from dataset.document import read_document
from dataset.event_facts import find_event_facts
from dataset.model import Article, Fact
from dataset.quantity_facts import find_quantity_facts
from dataset.repeats import mark_repeats
from dataset.statement_facts import find_statement_facts
from dataset.timeline.timeline import Timeline


def extract_facts(article: Article, text: str) -> list[Fact]:
    """The facts of an article in the order of their spans; no review is applied."""
    document = read_document(article, text)
    statements, timeline = find_statements(document), Timeline(document)
    facts: list[Fact] = [
        *find_quantity_facts(document, statements, timeline),
        *find_statement_facts(document, statements, timeline),
        *find_event_facts(document, statements, timeline),
    ]
    return mark_repeats(sorted(facts, key=lambda fact: (fact.start, fact.end, fact.kind)))
