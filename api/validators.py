"""What ties an answer to the release that it was read from: ETag, Cache-Control, and the pinned release.

A release never changes, so its digest and the address say what an answer is before anything is read.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from flask import Flask, Response, g, request

from api.database import get_release
from api.errors import ReleaseError

_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "public, no-cache"  # kept, and asked for again with If-None-Match
_IF_NONE_MATCH = "HTTP_IF_NONE_MATCH"
_DIGEST = 64  # characters of the digest of a release
_FORM = b"1"  # of the answers; another one tells them apart from those of older software


@dataclass(frozen=True, slots=True)
class Validators:
    """The ETag of an answer, weak as encodings of it share it, and how long it may be kept."""

    etag: str
    cache_control: str
    varied: bool  # whether there are several media types to choose from

    @classmethod
    def of_request(cls, *, pinned: bool, varied: bool) -> Validators:
        """The validators of what the request asks for; `pinned` where it names its release."""
        parts = (_FORM, get_release().label.encode(), request.full_path.encode(), g.media_type.encode())
        etag = hashlib.blake2b(b"\0".join(parts), digest_size=16).hexdigest()
        return cls(etag, _FOR_EVER if pinned else _ASK_AGAIN, varied)

    def are_known(self) -> bool:
        """Whether the client says that it has this answer; `*` does not say so, as nothing was looked up yet."""
        if _IF_NONE_MATCH not in request.environ:
            return False
        return request.if_none_match.contains_weak(self.etag) and not request.if_none_match.star_tag


def check_release(wanted: str | None) -> bool:
    """Whether the release that is wanted is named in full, so that the answer never changes.

    ReleaseError where it is not the one that is served. The beginning of its digest says which facts have to answer,
    and not which texts.
    """
    label = get_release().label
    if wanted is None or wanted == label:
        return wanted is not None
    if len(wanted) < _DIGEST and label.startswith(wanted):
        return False
    raise ReleaseError(
        f"the release {wanted} is not served here, but {label}",
        parameter="release",
        remedy="leave release out, or build that release and serve it",
    )


def register_validators(app: Flask) -> None:
    """Let the answers that were read from a release say so in their headers."""
    app.after_request(_add_validators)


def _add_validators(response: Response) -> Response:
    validators: Validators | None = g.get("validators")
    if validators is not None and response.status_code in (200, 206, 304):
        environ = request.environ
        if response.status_code == 200 and _IF_NONE_MATCH in environ and request.if_none_match.star_tag:
            response.status_code = 304  # there is an answer, whichever (RFC 9110 section 13.1.2)
            response.set_data(b"")
        if "ETag" not in response.headers:
            response.set_etag(validators.etag, weak=True)
        response.headers["Cache-Control"] = validators.cache_control
        if validators.varied:
            response.headers["Vary"] = "Accept"
    return response
