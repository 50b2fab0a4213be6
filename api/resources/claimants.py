"""Claimants over HTTP: who puts facts forward."""

from __future__ import annotations

from flask import Response

from api.arguments import DataArguments, PageArguments
from api.blueprint import Blueprint
from api.database import get_release
from api.documentation import CLAIMANTS_DOCUMENTATION
from api.errors import unknown_id
from api.paging import build_entries_page
from api.representations import Representation
from api.statistics_schemas import ClaimantDetailSchema, ClaimantPageSchema
from api.vocabulary import find_claimant, find_nearest_agent
from api.vocabulary import list_claimants as list_entries

blueprint = Blueprint("claimants", __name__, url_prefix="/v1/claimants", description="Who puts facts forward.")


@blueprint.operation("", "listClaimants", ClaimantPageSchema, arguments=PageArguments, **CLAIMANTS_DOCUMENTATION)
def list_claimants(**arguments: object) -> Response:
    """List claimants, those with the most facts first.

    The facts of those that belong to somebody count as theirs too.
    """
    return build_entries_page(arguments, list_entries)


@blueprint.operation("/<slug:claimant_id>", "getClaimant", ClaimantDetailSchema, arguments=DataArguments)
def get_claimant(claimant_id: str) -> Representation:
    """Get one claimant."""
    entry = find_claimant(claimant_id)
    if entry is None:
        raise unknown_id("claimant", claimant_id, find_nearest_agent(claimant_id))
    return {**entry, "release": get_release().label}
