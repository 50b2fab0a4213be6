"""The span of a fact in the spellings that others read: W3C selectors, RFC 5147, a byte range, a text fragment."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urljoin

from dataset.model import CONTEXT_LENGTH

RFC_5147 = "http://tools.ietf.org/rfc/rfc5147"  # how the Web Annotation Data Model (section 4.2.1) names it
_LONGEST_EXACT = 300  # beyond it a text fragment names both ends: pages change, and addresses have limits
_WORDS_OF_AN_END = 5
_CUT_AT_START = re.compile(r"\A\S+")
_CUT_AT_END = re.compile(r"\S+\Z")

Represented = dict[str, Any]


def selectors_of(fact: Represented, base: str = "") -> Represented:
    """The span of a represented fact, in four spellings; all are there, null where nothing is known.

    `position` and `quote` are selectors of the W3C Web Annotation Data Model, in code points; `quote` needs the text.
    `fragment` is an RFC 5147 selector with its link, where CRLF counts as one character. `bytes` is the value of a
    Range header (RFC 9110 section 14.1.2: both ends are included) with the link to send it to. `page` is a text
    fragment (WICG URL Fragment Text Directives) on the publisher's own page.
    `base` is the scheme and host of the service; links are root-relative without it.
    """
    provenance = fact["provenance"]
    link = urljoin(base, provenance["links"]["text"])
    text, _, fragment = link.partition("#")
    return {
        "position": {"type": "TextPositionSelector", "start": provenance["start"], "end": provenance["end"]},
        "quote": _quote_selector(provenance),
        "fragment": {"type": "FragmentSelector", "value": fragment, "conformsTo": RFC_5147, "link": link},
        "bytes": _byte_range(provenance, text),
        "page": text_fragment(fact["article"]["url"], *(provenance[part] for part in ("exact", "prefix", "suffix"))),
    }


def _quote_selector(provenance: Represented) -> Represented | None:
    if provenance["prefix"] is None or provenance["suffix"] is None:
        return None  # figures are known without the text, but alone they do not tell one place from another
    return {"type": "TextQuoteSelector", **{part: provenance[part] for part in ("exact", "prefix", "suffix")}}


def _byte_range(provenance: Represented, text: str) -> Represented | None:
    start, end = provenance["byte_start"], provenance["byte_end"]
    return None if start is None or end is None else {"range": f"bytes={start}-{end - 1}", "link": text}


def text_fragment(url: str | None, exact: str | None, prefix: str | None, suffix: str | None) -> str | None:
    """The address at which a browser shows the words on the publisher's page; None without address or words.

    White space counts as one space, as pages show it. Words over several lines, or many of them, are named by
    their first and last ones.
    """
    if not url or not exact or not exact.split():
        return None
    ends = [_encode(end) for end in _ends(exact)]
    before, after = _encode(_last_words(prefix or "")), _encode(_first_words(suffix or ""))
    parts = [f"{before}-"] * bool(before) + ends + [f"-{after}"] * bool(after)
    page = url.partition(":~:")[0]
    return f"{page}{'' if '#' in page else '#'}:~:text={','.join(parts)}"


def _ends(exact: str) -> list[str]:
    """The words, or their first and last ones: each part has to lie in one block of the page."""
    lines = [words for line in exact.splitlines() if (words := line.split())]
    if len(lines) > 1:
        first, last = lines[0], lines[-1]
    elif len(exact) > _LONGEST_EXACT and len(lines[0]) >= 2 * _WORDS_OF_AN_END:
        first = last = lines[0]
    else:
        return [" ".join(lines[0])]
    return [" ".join(first[:_WORDS_OF_AN_END]), " ".join(last[-_WORDS_OF_AN_END:])]


def _last_words(prefix: str) -> str:
    """The last line of what stands before, without a word that may be cut: a browser looks for whole ones."""
    whole = _CUT_AT_START.sub("", prefix) if len(prefix) >= CONTEXT_LENGTH else prefix
    return " ".join(whole.strip().splitlines()[-1].split()) if whole.strip() else ""


def _first_words(suffix: str) -> str:
    """The first line of what stands after, without a word that may be cut."""
    whole = _CUT_AT_END.sub("", suffix) if len(suffix) >= CONTEXT_LENGTH else suffix
    return " ".join(whole.strip().splitlines()[0].split()) if whole.strip() else ""


def _encode(words: str) -> str:
    """Percent-encode all but letters, digits and `._~`: a hyphen, comma or ampersand would end the part."""
    return quote(words, safe="").replace("-", "%2D")
