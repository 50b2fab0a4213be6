"""Facts over HTTP."""

from __future__ import annotations

from api.arguments import FactArguments
from api.blueprint import Blueprint
from api.database import get_release
from api.documentation import PAGE_DOCUMENTATION
from api.errors import NotFoundError, WithdrawnError
from api.fact_schemas import FactPageSchema, FactSchema
from api.paging import Page, build_page
from api.queries import FACT_ORDERS, FACTS, Row, fact_conditions, find_fact, find_withdrawal
from api.representations import Representation, represent_facts
from api.schemas import VerificationSchema
from api.verification import verify_fact

blueprint = Blueprint("facts", __name__, url_prefix="/v1/facts", description="What the articles report.")


@blueprint.operation("", "listFacts", FactPageSchema, arguments=FactArguments, errors=[503], **PAGE_DOCUMENTATION)
def list_facts(sort: str, **filters: object) -> Page:
    """List facts.

    All filters that are given have to hold; one filter takes several values by comma, of which one has to.
    """
    return build_page(FACTS, fact_conditions(filters), FACT_ORDERS[sort], filters, represent_facts)


@blueprint.operation("/<identifier:fact_id>", "getFact", FactSchema, errors=[404, 410, 503])
def get_fact(fact_id: str) -> Representation:
    """Get one fact."""
    return represent_facts([_get_row(fact_id)])[0]


@blueprint.operation(
    "/<identifier:fact_id>/verification", "getFactVerification", VerificationSchema, errors=[404, 410, 503]
)
def get_fact_verification(fact_id: str) -> Representation:
    """Check one fact against its article.

    Every check is made anew on the text that the database holds: the digests of file and span, the words, the number
    in them, and the references into the vocabularies.
    """
    return {**verify_fact(_get_row(fact_id)), "release": get_release()["digest"]}


def _get_row(fact_id: str) -> Row:
    row = find_fact(fact_id)
    if row is not None:
        return row
    withdrawal = find_withdrawal(fact_id)
    if withdrawal is not None:
        raise WithdrawnError(
            f"the fact {fact_id} was withdrawn on {withdrawal['withdrawn_on']}: {withdrawal['reason']}",
            remedy="take ids from /v1/facts",
        )
    raise NotFoundError(f"no fact has the id {fact_id}", remedy="take ids from /v1/facts")
