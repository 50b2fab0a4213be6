"""A fact as one line to cite it by."""

from __future__ import annotations

from typing import Any


def cite(fact: dict[str, Any], release: str) -> str:
    """The citation of a represented fact, in the one form that this service writes.

    `Publisher, “Title”, published on, address, characters START to END of FILE. Factline, release DIGEST, fact ID.`
    What is not known is left out. The date is EDTF; the characters are code points of the file, START counting from 0
    and END not included.
    """
    article, provenance = fact["article"], fact["provenance"]
    title = f"“{article['title']}”" if article["title"] else None
    span = f"characters {provenance['start']} to {provenance['end']} of {article['file']}"
    known = [part for part in (article["publisher"], title, article["published_on"], article["url"], span) if part]
    return f"{', '.join(known)}. Factline, release {release}, fact {fact['id']}."
