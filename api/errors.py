"""Why a request cannot be answered, as a tree; api.problems turns it into HTTP.

RequestError                      carries a detail, and what of the rest applies
├── ParameterError                a query parameter that cannot be taken as it is
│   ├── UnknownParameterError     no parameter of this operation; `nearest` is what may be meant
│   ├── RepeatedParameterError    given more than once
│   ├── CursorError               not a cursor of this list
│   └── SearchError               words to search for that cannot be read
├── NotFoundError                 an identifier that names nothing
│   ├── TextNotHeldError          an article whose text is not in the database
│   ├── WithdrawnError            a fact that a reviewer rejected
│   └── ReleaseError              a release that is not the one served
├── TooManyClaimsError            more than can be set side by side
└── QueryTimeoutError             an answer that takes too long
"""

from __future__ import annotations


class RequestError(Exception):
    """Base of the errors that a client can mend."""

    def __init__(
        self, detail: str, *, parameter: str | None = None, nearest: str | None = None, remedy: str | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.parameter = parameter
        self.nearest = nearest
        self.remedy = remedy


class ParameterError(RequestError):
    """A query parameter that cannot be taken as it is."""


class UnknownParameterError(ParameterError):
    """A query parameter that the operation does not have."""


class RepeatedParameterError(ParameterError):
    """A query parameter that is given more than once."""


class CursorError(ParameterError):
    """A cursor that is damaged, or belongs to another list or another release."""


class NotFoundError(RequestError):
    """An identifier that names nothing in this release."""


class TextNotHeldError(NotFoundError):
    """An article whose text is not in the database."""


class WithdrawnError(NotFoundError):
    """A fact that a reviewer rejected."""


class ReleaseError(NotFoundError):
    """A release that is asked for by its digest and is not the one served."""


class SearchError(ParameterError):
    """Words to search for that cannot be read."""


class TooManyClaimsError(RequestError):
    """More claims than can be set side by side in one answer."""


class QueryTimeoutError(RequestError):
    """An answer that takes longer than the service allows."""


def unknown_id(kind: str, value: str, nearest: str | None = None) -> NotFoundError:
    """Say that nothing of a kind, such as metric, has this identifier, and which one may be meant."""
    return NotFoundError(
        f"no {kind} has the id {value}", parameter=f"{kind}_id", nearest=nearest, remedy=f"take ids from /v1/{kind}s"
    )
