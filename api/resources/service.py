"""The service about itself."""

from __future__ import annotations

from flask import url_for

from api.blueprint import Blueprint
from api.database import find_row, get_release
from api.documentation import TITLE, VERSION
from api.representations import Representation
from api.schemas import HealthSchema, IndexSchema, ReadinessSchema

blueprint = Blueprint("service", __name__, description="The service itself.")


@blueprint.operation("/", "getIndex", IndexSchema)
def get_index() -> Representation:
    """Say what this is and where to go on."""
    links = {
        "facts": url_for("facts.list_facts"),
        "articles": url_for("articles.list_articles"),
        "metrics": url_for("metrics.list_metrics"),
        "claimants": url_for("claimants.list_claimants"),
        "dataset": url_for("dataset.get_dataset"),
        "documentation": url_for("swagger_ui.show"),
        "openapi": url_for("api-docs.openapi_json"),
        "openapi_3_0": url_for("openapi_twin"),
        "health": url_for("service.get_health"),
        "readiness": url_for("service.get_readiness"),
    }
    return {"name": TITLE, "version": VERSION, "links": links}


@blueprint.operation("/healthz", "getHealth", HealthSchema)
def get_health() -> Representation:
    """Say that the process is alive; the database is not touched."""
    return {"status": "ok"}


@blueprint.operation("/readyz", "getReadiness", ReadinessSchema, errors=[503])
def get_readiness() -> Representation:
    """Say which release is served, or why none can be."""
    release = get_release()
    find_row("SELECT digest FROM release")  # what was found whole may be locked by now
    counts = {name: getattr(release, name) for name in ("schema_version", "articles", "facts", "texts")}
    return {"status": "ready", "release": release.label, **counts}
