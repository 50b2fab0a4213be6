"""Places in a text: which line an offset is in, and how RFC 5147 counts it.

The text is gone through once, so that asking for every fact of a long article stays cheap.
"""

from __future__ import annotations

import re
from bisect import bisect_left


class Places:
    """The line ends of one text."""

    def __init__(self, text: str) -> None:
        self._feeds = [match.start() for match in re.finditer("\n", text)]
        self._pairs = [match.start() for match in re.finditer("\r\n", text)]

    def line(self, offset: int) -> int:
        """The line that the offset is in, from 1."""
        return bisect_left(self._feeds, offset) + 1

    def fragment(self, start: int, end: int) -> str:
        """The span as RFC 5147 counts it (section 2.1): a line end is one character, CRLF too."""
        return f"char={self._count(start)},{self._count(end)}"

    def _count(self, offset: int) -> int:
        """Characters before the offset, where each pair that lies wholly before it is one."""
        return offset - bisect_left(self._pairs, offset - 1)
