"""How the OpenAPI document and the page that shows it are served, below whatever prefix the service stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask_swagger_ui import get_swaggerui_blueprint

from api.headers import add_page_policy

DOCS_PATH = "/docs"
_COMPRESSIBLE = ("application/javascript", "text/css", "text/javascript")


def answer_document(document: Mapping[str, Any]) -> Response:
    """Answer a document with the prefix as its server, or 304 where the client has these bytes (weak ETag)."""
    content = json.dumps({**document, "servers": [{"url": request.script_root or "/"}]}, ensure_ascii=False, indent=2)
    response = current_app.response_class(f"{content}\n", mimetype="application/json")
    etag = hashlib.sha256(response.get_data()).hexdigest()
    if request.if_none_match.contains_weak(etag):
        response = current_app.response_class(status=304)
    response.set_etag(etag, weak=True)
    return response


def make_page(title: str, document: str) -> Blueprint:
    """Make the page at DOCS_PATH/ that shows the document at that path, and its assets.

    Its addresses are relative, so that they hold below any prefix.
    """
    # Without validatorUrl the page would ask another site whether the document is valid; without the other address it
    # would write one with the Host header.
    config = {"app_name": title, "validatorUrl": None, "oauth2RedirectUrl": None}
    page: Blueprint = get_swaggerui_blueprint(".", f"..{document}", config=config)
    page.url_prefix = DOCS_PATH
    page.after_request(_make_compressible)
    page.after_request(add_page_policy)
    return page


def _make_compressible(response: Response) -> Response:
    """Offer scripts and styles whole, and in several encodings with one ETag, rather than in ranges of bytes."""
    if response.mimetype not in _COMPRESSIBLE or response.status_code not in (200, 304):
        return response
    response.headers.pop("Accept-Ranges", None)
    etag, _ = response.get_etag()
    if etag is not None:
        response.set_etag(etag, weak=True)
    response.call_on_close(getattr(response.response, "close", lambda: None))  # the file, when it is read by others
    return response
