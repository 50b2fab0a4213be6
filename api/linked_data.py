"""A fact as linked data: JSON-LD 1.1 in the terms of schema.org, Web Annotation and PROV-O.

The fact is a Claim: something that an article reports, with the amount, the words or the deed as what it is about,
so that nothing is said to be true. Terms of our own (`factline:`) tell only what those vocabularies have no word for.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urljoin

from api.selectors import Represented, selectors_of
from dataset.model import Bound, EventModality, Kind, Polarity, ReviewStatus

Node = dict[str, Any]

# Written out in each answer, so that a reader has nothing to fetch; schema.org's terms need no prefix.
CONTEXT: Node = {
    "@version": 1.1,
    "@vocab": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "factline": "urn:factline:term:",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_EDTF = "http://id.loc.gov/datatypes/edtf"  # for dates that xsd:date cannot write: 2031, 2031-04~, 2031/..
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER_ITSELF = (Bound.EXACT, Bound.APPROXIMATE)  # of all other bounds the number is a limit, and no value
_ACTION_STATUS = {
    EventModality.DONE: "CompletedActionStatus",
    EventModality.ANNOUNCED: "PotentialActionStatus",
    EventModality.PLANNED: "PotentialActionStatus",
}


def linked_fact(fact: Represented, base: str, release: str) -> Node:
    """The claim and the annotation that ties it to the text, as a JSON-LD document that stands alone.

    `base` is the scheme and host of the service: without it the IRIs are relative to the address of the document.
    What is not known is left out.
    """
    itself = urljoin(base, fact["provenance"]["links"]["self"])
    root = itself.removesuffix(f"/facts/{fact['id']}")
    text = urljoin(base, fact["provenance"]["links"]["text"]).partition("#")[0]
    claimants = [_agent(each, root) for each in fact["claimants"]]
    claim = _known(
        {
            "@id": itself,
            "@type": ["Claim", "prov:Entity"],
            "appearance": _article(fact["article"], urljoin(base, fact["provenance"]["links"]["article"]), text),
            "author": claimants[:1],  # the origin; all others pass it on
            "contributor": claimants[1:],
            "mainEntity": _CONTENTS[Kind(fact["kind"])](fact, itself, root),
            "temporalCoverage": _coverage(fact),
            "isPartOf": {"@id": f"{root}/dataset", "@type": "Dataset", "version": release},
            "factline:confidence": fact["confidence"],
            "prov:alternateOf": {"@id": f"{root}/facts/{fact['repeats']}"} if fact["repeats"] else None,
            **_provenance(fact, itself, text),
        }
    )
    return {"@context": CONTEXT, "@graph": [claim, _annotation(fact, itself, text)]}


def _known(node: Node) -> Node:
    """The node without the members that are unknown or empty."""
    return {name: value for name, value in node.items() if value not in (None, [], {})}


def _agent(agent: Represented, root: str) -> Node:
    """Somebody, by the name of the vocabulary where it has one; a fact does not tell persons from organisations."""
    return _known({"@id": f"{root}/claimants/{agent['id']}" if agent["id"] else None, "name": agent["name"]})


def _date(edtf: str | None) -> Node | None:
    if edtf is None:
        return None
    return {"@value": edtf, "@type": "xsd:date" if _DAY.fullmatch(edtf) else _EDTF}


def _coverage(fact: Represented) -> str | None:
    """When the claim holds. A statement's period is when it was said, which tells nothing of what it is about."""
    return fact["period"]["edtf"] if fact["period"] and fact["kind"] != Kind.STATEMENT else None


def _article(article: Represented, itself: str, text: str) -> Node:
    publisher = {"@type": "Organization", "name": article["publisher"]} if article["publisher"] else None
    file = {
        "@id": text,
        "@type": ["MediaObject", "prov:Entity"],
        "name": article["file"],
        "sha256": article["sha256"],
        "encodingFormat": "text/plain",
    }
    return _known(
        {
            "@id": itself,
            "@type": "NewsArticle",
            "headline": article["title"],
            "publisher": publisher,
            "datePublished": _date(article["published_on"]),
            "url": {"@id": article["url"]} if article["url"] else None,
            "encoding": file,
        }
    )


def _observation(fact: Represented, itself: str, root: str) -> Node:
    """The amount. Limits are those that the words commit to; `factline:bound` tells whether they belong to it.

    No unitCode: units such as `person` have no code, and those that have one differ in the system that it is from.
    """
    period = fact["period"]
    metric = {"@id": f"{root}/metrics/{fact['metric']}", "@type": "Property", "name": fact["metric"]}
    return _known(
        {
            "@id": f"{itself}#content",
            "@type": "Observation",
            "measuredProperty": metric if fact["metric"] else None,
            "observationAbout": _agent(fact["subject"], root) if fact["subject"] else None,
            "observationDate": _date(period["edtf"]) if period and _DAY.fullmatch(period["edtf"]) else None,
            "value": _number(fact["value"]) if fact["bound"] in _NUMBER_ITSELF else None,
            "minValue": _number(fact["value_low"]),
            "maxValue": _number(fact["value_high"]),
            "unitText": fact["unit"],
            "factline:asWritten": fact["value_as_written"],
            "factline:bound": fact["bound"],
            "factline:counted": fact["counted"],
            "factline:measure": fact["measure"],
            "factline:modality": fact["modality"],
        }
    )


def _number(value: float | None) -> float | None:
    """A whole number as an integer: JSON does not tell 42 from 42.0, RDF does."""
    return int(value) if value is not None and value == int(value) else value


def _words(fact: Represented, itself: str, root: str) -> Node:
    """What was said: a Quotation where the words are the speaker's own, else a Statement, which has no speaker."""
    speaker = "spokenByCharacter" if fact["direct"] else "author"
    return _known(
        {
            "@id": f"{itself}#content",
            "@type": "Quotation" if fact["direct"] else "Statement",
            "text": fact["provenance"]["exact"],
            speaker: [_agent(each, root) for each in fact["claimants"][:1]],
            "dateCreated": _date(fact["period"]["edtf"]) if fact["period"] else None,
        }
    )


def _action(fact: Represented, itself: str, root: str) -> Node:
    """The deed: an Action, whose agent, object and location are the roles told here.

    An Event of schema.org is something to attend, and its actor a performer. What did not happen has no status: none
    of schema.org's says so, and `factline:polarity` does.
    """
    taking_part = {
        name: [_agent(each, root) for each in fact["participants"] if each["role"] == role]
        for role, name in (("actor", "agent"), ("object", "object"), ("place", "location"))
    }
    status = _ACTION_STATUS.get(fact["modality"]) if fact["polarity"] == Polarity.POSITIVE else None
    return _known(
        {
            "@id": f"{itself}#content",
            "@type": "Action",
            "additionalType": {"@id": f"urn:factline:event-type:{fact['event_type']}"},
            **taking_part,
            "actionStatus": {"@id": f"https://schema.org/{status}"} if status else None,
            "factline:modality": fact["modality"],
            "factline:polarity": fact["polarity"],
        }
    )


_CONTENTS = {Kind.QUANTITY: _observation, Kind.STATEMENT: _words, Kind.EVENT: _action}


def _provenance(fact: Represented, itself: str, text: str) -> Node:
    """How the fact came to be: read out of the file by a rule, or by the reviewer who added it."""
    review = fact["review"]
    reviewer = None
    if review["reviewer"]:
        name = review["reviewer"]
        reviewer = {"@id": f"urn:factline:reviewer:{quote(name, safe='')}", "@type": "prov:Agent", "name": name}
    software = {"@id": "urn:factline:software", "@type": "prov:SoftwareAgent", "name": "Factline"}
    reading = {
        "@id": f"{itself}#reading",
        "@type": "prov:Activity",
        "prov:used": {"@id": text},
        "prov:qualifiedAssociation": {
            "@type": "prov:Association",
            "prov:agent": reviewer if review["status"] == ReviewStatus.ADDED and reviewer else software,
            "prov:hadPlan": {"@id": f"urn:factline:rule:{fact['rule']}", "@type": "prov:Plan", "name": fact["rule"]},
        },
    }
    return {
        "prov:wasDerivedFrom": {"@id": text},
        "prov:wasGeneratedBy": reading,
        "prov:wasAttributedTo": reviewer,
        "factline:review": review["status"],
        "factline:reviewedOn": _date(review["reviewed_on"]),
    }


def _annotation(fact: Represented, itself: str, text: str) -> Node:
    """The Web Annotation. It links: `identifying` would make the claim and the words one and the same."""
    spellings = selectors_of(fact)
    position, passage, fragment = (spellings[name] for name in ("position", "quote", "fragment"))
    words = {f"oa:{part}": passage[part] for part in ("exact", "prefix", "suffix")} if passage else None
    selectors = [
        {"@type": "oa:TextPositionSelector", "oa:start": position["start"], "oa:end": position["end"]},
        {"@type": "oa:TextQuoteSelector", **words} if words else None,
        {
            "@type": "oa:FragmentSelector",
            "rdf:value": fragment["value"],
            "dcterms:conformsTo": {"@id": fragment["conformsTo"]},
        },
    ]
    return {
        "@id": f"{itself}#annotation",
        "@type": "oa:Annotation",
        "oa:motivatedBy": {"@id": "oa:linking"},
        "oa:hasBody": {"@id": itself},
        "oa:hasTarget": {
            "@type": "oa:SpecificResource",
            "oa:hasSource": {"@id": text},
            "oa:hasSelector": [selector for selector in selectors if selector],
        },
    }
