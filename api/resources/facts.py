"""Facts over HTTP."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from flask import Response, current_app, g

from api.addresses import own_origin
from api.arguments import DataArguments, FactArguments, ShapeArguments
from api.blueprint import JSON, Blueprint
from api.database import get_release
from api.documentation import FACTS_DOCUMENTATION, LINKED_DOCUMENTATION
from api.errors import WithdrawnError, unknown_id
from api.fact_schemas import FactPageSchema, FactSchema
from api.linked_data import linked_fact
from api.paging import build_page
from api.queries import find_position, find_withdrawal
from api.representations import Representation, represent_facts
from api.schemas import VerificationSchema
from api.selection import list_facts as list_selected
from api.verification import verify_fact

LINKED = "application/ld+json"
PARTIAL = "application/vnd.factline.partial+json"

blueprint = Blueprint("facts", __name__, url_prefix="/v1/facts", description="What the articles report.")


@blueprint.operation(
    "", "listFacts", FactPageSchema, arguments=FactArguments, media_types=[JSON, PARTIAL], **FACTS_DOCUMENTATION
)
def list_facts(**arguments: object) -> Response:
    """List facts.

    All filters that are given have to hold; one filter takes several values by comma, of which one has to. With
    `fields` the facts have only those members, and the media type says so.
    """
    return answer_facts(arguments)


def answer_facts(arguments: dict[str, object], **fixed: object) -> Response:
    """Answer a page of the facts that the arguments, and the filters that are fixed, keep."""

    def read(first: int, limit: int) -> tuple[list[bytes], int]:
        listing = list_selected({**arguments, **fixed}, str(arguments["sort"]))
        return represent_facts(listing.read(first, first + limit), arguments), listing.total

    return build_page(arguments, read, media_type=choose_type(arguments))


@blueprint.operation(
    "/<identifier:fact_id>",
    "getFact",
    FactSchema,
    arguments=ShapeArguments,
    media_types=[JSON, LINKED, PARTIAL],
    errors=[410],
    **LINKED_DOCUMENTATION,
)
def get_fact(fact_id: str, **shape: object) -> Response:
    """Get one fact.

    As `application/ld+json` it is a schema.org Claim with a Web Annotation of its span and its origin in PROV-O;
    `fields` and `include` do not change that.
    """
    position = _get_position(fact_id)
    if g.media_type == LINKED:
        (answer,) = represent_facts([position], {})
        linked = linked_fact(orjson.loads(answer), own_origin(), get_release().label)
        return current_app.response_class(orjson.dumps(linked) + b"\n", mimetype=LINKED)
    (answer,) = represent_facts([position], shape)
    return current_app.response_class(answer + b"\n", mimetype=choose_type(shape))


@blueprint.operation(
    "/<identifier:fact_id>/verification",
    "getFactVerification",
    VerificationSchema,
    arguments=DataArguments,
    errors=[410],
)
def get_fact_verification(fact_id: str) -> Representation:
    """Check one fact against its article.

    Every check is made anew on the text that the database holds: the digests of file and span, the words, the number
    in them, and the references into the vocabularies.
    """
    return {**verify_fact(_get_position(fact_id)), "release": get_release().label}


def choose_type(shape: Mapping[str, object]) -> str:
    """The media type of facts of that shape, or the one that the client insists on."""
    return PARTIAL if "members" in shape or g.media_type == PARTIAL else JSON


def _get_position(fact_id: str) -> int:
    position = find_position(fact_id)
    if position is not None:
        return position
    withdrawal = find_withdrawal(fact_id)
    if withdrawal is not None:
        raise WithdrawnError(
            f"the fact {fact_id} was withdrawn on {withdrawal['withdrawn_on']}: {withdrawal['reason']}",
            remedy="take ids from /v1/facts",
        )
    raise unknown_id("fact", fact_id)
