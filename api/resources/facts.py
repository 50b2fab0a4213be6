"""Facts over HTTP."""

from __future__ import annotations

from api.arguments import FactArguments
from api.blueprint import Blueprint
from api.documentation import PAGE_DOCUMENTATION
from api.errors import NotFoundError
from api.fact_schemas import FactPageSchema, FactSchema
from api.paging import Page, build_page
from api.queries import FACT_ORDERS, FACTS, fact_conditions, find_fact
from api.representations import Representation, represent_facts

blueprint = Blueprint("facts", __name__, url_prefix="/v1/facts", description="What the articles report.")


@blueprint.operation("", "listFacts", FactPageSchema, arguments=FactArguments, errors=[503], **PAGE_DOCUMENTATION)
def list_facts(sort: str, **filters: object) -> Page:
    """List facts.

    All filters that are given have to hold; one filter takes several values by comma, of which one has to.
    """
    return build_page(FACTS, fact_conditions(filters), FACT_ORDERS[sort], filters, represent_facts)


@blueprint.operation("/<identifier:fact_id>", "getFact", FactSchema, errors=[404, 503])
def get_fact(fact_id: str) -> Representation:
    """Get one fact."""
    row = find_fact(fact_id)
    if row is None:
        raise NotFoundError(f"no fact has the id {fact_id}", remedy="take ids from /v1/facts")
    return represent_facts([row])[0]
