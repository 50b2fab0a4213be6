from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest
from flask.testing import FlaskClient
from pyld import jsonld
from rdflib import BNode, Graph
from rdflib.compare import graph_diff, to_isomorphic

from api.linked_data import linked_fact
from dataset.model import Fact
from tests.api.sample import (
    CARTS,
    FACTS,
    FOXES,
    HARBOUR,
    LIGHTHOUSE,
    MORE_THAN_650000,
    ORCHARD,
    OWLS,
    PEOPLE,
    PRESS,
    VALLEY,
)
from tests.api.test_selectors import represented

BASE = "https://facts.example"
RELEASE = "5" * 64

PREFIXES = """
@prefix : <https://schema.org/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix term: <urn:factline:term:> .
@prefix v1: <https://facts.example/v1/> .
"""


def _expect_parts(fact: Fact, start: int, end: int) -> str:
    """What facts of all kinds say: the release, the reading of the file, the anchor in the text."""
    itself, text = f"https://facts.example/v1/facts/{fact.id}", f"<{BASE}/v1/articles/{fact.article}/text>"
    return f"""
        <{itself}> a :Claim, prov:Entity ;
            :isPartOf v1:dataset ; :appearance <{BASE}/v1/articles/{fact.article}> ; :mainEntity <{itself}#content> ;
            prov:wasDerivedFrom {text} ; prov:wasGeneratedBy <{itself}#reading> .
        v1:dataset a :Dataset ; :version "{RELEASE}" .
        <{itself}#reading> a prov:Activity ; prov:used {text} ; prov:qualifiedAssociation [
            a prov:Association ; prov:agent <urn:factline:software> ; prov:hadPlan <urn:factline:rule:{fact.rule}> ] .
        <urn:factline:software> a prov:SoftwareAgent ; :name "Factline" .
        <urn:factline:rule:{fact.rule}> a prov:Plan ; :name "{fact.rule}" .
        <{itself}#annotation> a oa:Annotation ; oa:motivatedBy oa:linking ; oa:hasBody <{itself}> ;
            oa:hasTarget _:target .
        _:target a oa:SpecificResource ; oa:hasSource {text} ;
            oa:hasSelector [ a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} ] ;
            oa:hasSelector [ a oa:FragmentSelector ; rdf:value "char={start},{end}" ;
                dcterms:conformsTo <http://tools.ietf.org/rfc/rfc5147> ] ."""


HARBOUR_TRIPLES = f"""
    <{BASE}/v1/articles/{HARBOUR.id}> a :NewsArticle ;
        :headline "Port Selby grows" ; :datePublished "2031-04-02"^^xsd:date ;
        :publisher [ a :Organization ; :name "Selby Gazette" ] ;
        :url <https://gazette.example/harbour> ; :encoding <{BASE}/v1/articles/{HARBOUR.id}/text> .
    <{BASE}/v1/articles/{HARBOUR.id}/text> a :MediaObject, prov:Entity ;
        :name "harbour.txt" ; :encodingFormat "text/plain" ; :sha256 "{HARBOUR.sha256}" ."""
QUANTITY = f"""{_expect_parts(MORE_THAN_650000, 30, 37)} {HARBOUR_TRIPLES}
    v1:facts\\/{MORE_THAN_650000.id} :author v1:claimants\\/ada-quill ; :contributor [ :name "town hall" ] ;
        :temporalCoverage "2031-04" ; term:confidence 0.9e0 ;
        term:review "corrected" ; term:reviewedOn "2031-05-01"^^xsd:date ;
        prov:wasAttributedTo <urn:factline:reviewer:nw> .
    <urn:factline:reviewer:nw> a prov:Agent ; :name "nw" .
    v1:claimants\\/ada-quill :name "Ada Quill" .
    <{BASE}/v1/facts/{MORE_THAN_650000.id}#content> a :Observation ;
        :measuredProperty v1:metrics\\/population ; :observationAbout v1:claimants\\/port-selby ;
        :minValue 650000 ; :unitText "person" ; term:bound "more_than" ; term:asWritten "650,000" ;
        term:counted "people" ; term:measure "level" ; term:modality "asserted" .
    v1:metrics\\/population a :Property ; :name "population" .
    v1:claimants\\/port-selby :name "Port Selby" .
    _:target oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "650,000" ;
        oa:prefix "Port Selby \U0001f6a2 grows\\n\\nMore than " ;
        oa:suffix " people live in Port Selby \U0001f30a\U0001f30a to" ] ."""
QUOTATION = f"""{_expect_parts(LIGHTHOUSE, 186, 217)} {HARBOUR_TRIPLES}
    v1:facts\\/{LIGHTHOUSE.id} :author v1:claimants\\/ada-quill ; term:review "machine" .
    v1:claimants\\/ada-quill :name "Ada Quill" .
    <{BASE}/v1/facts/{LIGHTHOUSE.id}#content> a :Quotation ; :text "We will not move the lighthouse" ;
        :spokenByCharacter v1:claimants\\/ada-quill .
    _:target oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "We will not move the lighthouse" ;
        oa:prefix "rose by up to 500,000 dollars.\\n\u201c" ; oa:suffix "\u201d, Quill said.\\n" ] ."""
REPORTED = f"""{_expect_parts(PEOPLE, 20, 72)} {HARBOUR_TRIPLES}
    v1:facts\\/{PEOPLE.id} term:review "machine" .
    <{BASE}/v1/facts/{PEOPLE.id}#content> a :Statement ;
        :text "More than 650,000 people live in Port Selby \U0001f30a\U0001f30a today" .
    _:target oa:hasSelector [ a oa:TextQuoteSelector ;
        oa:exact "More than 650,000 people live in Port Selby \U0001f30a\U0001f30a today" ;
        oa:prefix "Port Selby \U0001f6a2 grows\\n\\n" ; oa:suffix ", mayor Ada Quill said.\\nThe boar" ] ."""
EVENT = f"""{_expect_parts(PRESS, 134, 140)}
    <{BASE}/v1/articles/{ORCHARD.id}> a :NewsArticle ; :encoding <{BASE}/v1/articles/{ORCHARD.id}/text> .
    <{BASE}/v1/articles/{ORCHARD.id}/text> a :MediaObject, prov:Entity ;
        :name "orchard.txt" ; :encodingFormat "text/plain" ; :sha256 "{ORCHARD.sha256}" .
    v1:facts\\/{PRESS.id} :temporalCoverage "2031-03-31" ; term:review "machine" .
    <{BASE}/v1/facts/{PRESS.id}#content> a :Action ; :additionalType <urn:factline:event-type:visit> ;
        :agent v1:claimants\\/vell ; :object [ :name "cider press" ] ; :actionStatus :CompletedActionStatus ;
        term:modality "done" ; term:polarity "positive" .
    v1:claimants\\/vell :name "council of Vell" .
    _:target oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "opened" ;
        oa:prefix "ms spoiled.\\nThe council of Vell " ; oa:suffix " a cider press on Monday.\\n" ] ."""
WITHOUT_TEXT = f"""{_expect_parts(CARTS, 30, 33)}
    <{BASE}/v1/articles/{VALLEY.id}> a :NewsArticle ; :encoding <{BASE}/v1/articles/{VALLEY.id}/text> .
    <{BASE}/v1/articles/{VALLEY.id}/text> a :MediaObject, prov:Entity ;
        :name "valley.txt" ; :encodingFormat "text/plain" ; :sha256 "{VALLEY.sha256}" .
    v1:facts\\/{CARTS.id} term:review "machine" .
    <{BASE}/v1/facts/{CARTS.id}#content> a :Observation ; :value 900 ; :minValue 900 ; :maxValue 900 ;
        :unitText "item" ; term:bound "approximate" ; term:counted "carts" ; term:measure "level" ;
        term:modality "asserted" ."""
EXPECTED = {
    "quantity": (MORE_THAN_650000, QUANTITY),
    "quotation": (LIGHTHOUSE, QUOTATION),
    "reported speech": (PEOPLE, REPORTED),
    "event": (PRESS, EVENT),
    "quantity without text": (CARTS, WITHOUT_TEXT),
}


def _load_nothing(url: str, _options: object) -> NoReturn:
    raise AssertionError(f"the document has to stand alone, but asks for {url}")


def _triples(document: dict[str, Any], address: str = "") -> Graph:
    """The triples that a JSON-LD processor reads out of the document as it is sent."""
    sent = json.loads(json.dumps(document))
    options = {"base": address, "documentLoader": _load_nothing, "format": "application/n-quads"}
    return Graph().parse(data=jsonld.to_rdf(sent, options), format="nt")  # N-Quads in no graph of their own


def _assert_same(found: Graph, expected: Graph) -> None:
    _, surplus, missing = graph_diff(to_isomorphic(found), to_isomorphic(expected))
    assert {"surplus": set(surplus), "missing": set(missing)} == {"surplus": set(), "missing": set()}


@pytest.mark.parametrize(("fact", "expected"), EXPECTED.values(), ids=EXPECTED)
def test_triples(client: FlaskClient, fact: Fact, expected: str) -> None:
    document = linked_fact(represented(client, fact), BASE, RELEASE)
    _assert_same(_triples(document), Graph().parse(data=PREFIXES + expected, format="turtle"))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own parser still makes one
@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_another_processor_reads_the_same(client: FlaskClient, fact: Fact) -> None:
    document = linked_fact(represented(client, fact), BASE, RELEASE)
    _assert_same(Graph().parse(data=json.dumps(document), format="json-ld"), _triples(document))


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_without_a_host_the_address_of_the_document_gives_it(client: FlaskClient, fact: Fact) -> None:
    answer = represented(client, fact)
    relative = _triples(linked_fact(answer, "", RELEASE), f"{BASE}/v1/facts/{fact.id}")
    _assert_same(relative, _triples(linked_fact(answer, BASE, RELEASE)))


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_nothing_unknown_is_said(client: FlaskClient, fact: Fact) -> None:
    document = linked_fact(represented(client, fact), BASE, RELEASE)
    assert [value for value in _values(document) if value in (None, [], {})] == []
    nodes = jsonld.expand(document, {"documentLoader": _load_nothing})
    assert len(nodes) == 2  # the claim and the annotation, and no term that the processor did not know
    graph = _triples(document)
    for node in set(graph.subjects()):
        assert not isinstance(node, BNode) or list(graph.subjects(object=node)), "it hangs in the air"


def _values(document: object) -> Iterator[object]:
    yield document
    inner = document.values() if isinstance(document, dict) else document if isinstance(document, list) else ()
    for value in inner:
        yield from _values(value)


def _content(answer: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = linked_fact(answer, BASE, RELEASE)["@graph"][0]["mainEntity"]
    return content


@pytest.mark.parametrize("bound", "more_than at_least less_than at_most nearly range order_of_magnitude".split())
def test_a_limit_is_no_value(client: FlaskClient, bound: str) -> None:
    answer = {**represented(client, MORE_THAN_650000), "bound": bound}
    assert "value" not in _content(answer)


def test_repeated_mention_points_to_the_first(client: FlaskClient) -> None:
    claim = linked_fact(represented(client, OWLS), BASE, RELEASE)["@graph"][0]
    assert claim["prov:alternateOf"] == {"@id": f"{BASE}/v1/facts/{FOXES.id}"}


def test_only_the_origin_speaks(client: FlaskClient) -> None:
    answer = represented(client, LIGHTHOUSE)
    relaying = {**answer["claimants"][0], "id": None, "name": "Selby Radio"}
    content = _content({**answer, "claimants": [*answer["claimants"], relaying]})
    assert content["spokenByCharacter"] == [{"@id": f"{BASE}/v1/claimants/ada-quill", "name": "Ada Quill"}]


def test_whole_number_is_an_integer(client: FlaskClient) -> None:
    content = _content({**represented(client, CARTS), "value": 900.0, "value_low": 899.5})
    assert (repr(content["value"]), repr(content["minValue"])) == ("900", "899.5")


STATUSES = {
    ("positive", "done"): "https://schema.org/CompletedActionStatus",
    ("positive", "announced"): "https://schema.org/PotentialActionStatus",
    ("positive", "planned"): "https://schema.org/PotentialActionStatus",
    ("positive", "denied"): None,
    ("negative", "done"): None,
    ("negative", "announced"): None,
}


@pytest.mark.parametrize(("told", "status"), STATUSES.items())
def test_what_did_not_happen_has_no_status(client: FlaskClient, told: tuple[str, str], status: str | None) -> None:
    polarity, modality = told
    content = _content({**represented(client, PRESS), "polarity": polarity, "modality": modality})
    assert content.get("actionStatus", {}).get("@id") == status


PERIODS = {
    "2031-04-02": {"@value": "2031-04-02", "@type": "xsd:date"},
    "2031-04": {"@value": "2031-04", "@type": "http://id.loc.gov/datatypes/edtf"},
    "2031~": {"@value": "2031~", "@type": "http://id.loc.gov/datatypes/edtf"},
    "2031-04-02/..": {"@value": "2031-04-02/..", "@type": "http://id.loc.gov/datatypes/edtf"},
}


@pytest.mark.parametrize(("edtf", "expected"), PERIODS.items())
def test_when_words_were_said(client: FlaskClient, edtf: str, expected: dict[str, str]) -> None:
    answer = {**represented(client, LIGHTHOUSE), "period": {"edtf": edtf, "start_on": None, "end_on": None}}
    assert _content(answer)["dateCreated"] == expected
    assert "temporalCoverage" not in linked_fact(answer, BASE, RELEASE)["@graph"][0]


@pytest.mark.parametrize(("edtf", "dated"), [("2031-04-02", True), ("2031-04", False), ("2031-04-02/..", False)])
def test_only_a_day_dates_an_observation(client: FlaskClient, edtf: str, dated: bool) -> None:
    answer = {**represented(client, CARTS), "period": {"edtf": edtf, "start_on": None, "end_on": None}}
    assert ("observationDate" in _content(answer)) is dated
    assert linked_fact(answer, BASE, RELEASE)["@graph"][0]["temporalCoverage"] == edtf


def test_reviewer_who_added_a_fact_read_it(client: FlaskClient) -> None:
    review = {"status": "added", "reviewer": "N Wick", "reviewed_on": "2031-05-01", "note": None}
    claim = linked_fact({**represented(client, CARTS), "review": review}, BASE, RELEASE)["@graph"][0]
    reader = claim["prov:wasGeneratedBy"]["prov:qualifiedAssociation"]["prov:agent"]
    assert reader == claim["prov:wasAttributedTo"]
    assert reader == {"@id": "urn:factline:reviewer:N%20Wick", "@type": "prov:Agent", "name": "N Wick"}
