"""What `q` means, as an FTS5 expression in which nothing of the user is an operator: words, "phrases", -not, prefix*.

https://sqlite.org/fts5.html#full_text_query_syntax
"""

from __future__ import annotations

import re

from api.errors import SearchError

_TOKEN = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))(?P<star>\*?)')
_REMEDY = 'q takes words, "phrases in quotation marks", -without and prefix*'


def parse_search(text: str) -> str:
    """Turn words to search for into an FTS5 expression; SearchError where they cannot be read.

    All words and phrases have to occur, in any order; none of those after a hyphen may. `*` at the end of a word or
    phrase takes whatever the last word begins.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            raise _refusal("a quotation mark is not closed")
        if expression := _express(match):
            (unwanted if match["minus"] else wanted).append(expression)
        at = match.end()
    if not wanted:
        raise _refusal("only what must not occur is said" if unwanted else "there is nothing to search for")
    return " AND ".join(wanted) + "".join(f" NOT {each}" for each in unwanted)


def _express(match: re.Match[str]) -> str | None:
    """One word or phrase as an FTS5 string; None where it has no letter or digit, as a lone dash."""
    words, star = match["phrase"], match["star"]
    if words is None:
        words = match["word"]
        if words.endswith("*"):
            words, star = words.rstrip("*"), "*"
        if "*" in words:
            raise _refusal("an asterisk stands inside a word")
    if not any(character.isalnum() for character in words):
        if match["phrase"] is None and not star:
            return None
        raise _refusal("a phrase or prefix has no letter and no digit")
    return f'"{words}"' + ("*" if star else "")


def _refusal(detail: str) -> SearchError:
    return SearchError(f"q: {detail}", parameter="q", remedy=_REMEDY)
