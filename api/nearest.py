"""What may be meant by a name that nothing has."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_LIKE = 0.7  # share of letters in common: "limit" is not meant by "claimant"


def find_nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like this one, whatever its case; None where none is like it."""
    return next(iter(difflib.get_close_matches(name.lower(), list(known), n=1, cutoff=_LIKE)), None)
