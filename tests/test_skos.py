"""The taxonomy as SKOS: Turtle that another program reads, and the integrity conditions of the SKOS Reference by number."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, SKOS

from matcher.taxonomy import Concept, Crosswalk, Taxonomy, to_skos

BASE = "https://bpo-matcher.example/taxonomy/"
SCHEME, ROLES = URIRef(BASE), URIRef(BASE + "roles/")
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)


@pytest.fixture(scope="module")
def shipped(taxonomy) -> Taxonomy:
    return taxonomy


@pytest.fixture(scope="module")
def graph(shipped) -> Graph:
    return Graph().parse(data=to_skos(shipped), format="turtle")


def read(taxonomy: Taxonomy) -> Graph:
    return Graph().parse(data=to_skos(taxonomy), format="turtle")


def iri(id: str) -> URIRef:
    return URIRef(BASE + id)


def pairs(graph: Graph, predicate: URIRef) -> set[tuple]:
    return set(graph.subject_objects(predicate))


def test_every_concept_is_there_with_its_labels(graph, shipped):
    concepts = {subject for subject in graph.subjects(RDF.type, SKOS.Concept) if (subject, SKOS.inScheme, SCHEME) in graph}
    assert concepts == {iri(id) for id in shipped.concepts}
    one = iri("de-escalation")
    assert graph.value(one, SKOS.prefLabel) == Literal("De-escalation", lang="en")
    assert Literal("irate calls", lang="en") in set(graph.objects(one, SKOS.altLabel))
    assert graph.value(one, SKOS.notation) == Literal("de-escalation")
    assert str(graph.value(one, SKOS.definition)).startswith("Calming an angry")
    assert Literal("HIPPA", lang="en") in set(graph.objects(iri("hipaa"), SKOS.hiddenLabel))


def test_branches_are_the_top_concepts(graph, shipped):
    branches = {iri(concept.id) for concept in shipped.concepts.values() if concept.type == "branch"}
    assert set(graph.objects(SCHEME, SKOS.hasTopConcept)) == branches == set(graph.subjects(SKOS.topConceptOf, SCHEME))


def test_the_scheme_says_what_it_is(graph, shipped):
    assert (SCHEME, RDF.type, SKOS.ConceptScheme) in graph
    assert graph.value(SCHEME, OWL.versionInfo) == Literal(shipped.version)
    assert graph.value(SCHEME, DCTERMS.license) == URIRef("https://opensource.org/license/mit")
    assert graph.value(SCHEME, DCTERMS.title) == Literal("BPO skills", lang="en")


def test_roles_are_a_scheme_of_their_own(graph, shipped):
    roles = set(graph.subjects(SKOS.inScheme, ROLES))
    assert roles == {iri(f"roles/{id}") for id in shipped.roles}
    assert URIRef("https://www.onetonline.org/link/summary/43-4051.00") in set(
        graph.objects(iri("roles/customer-service-representative"))
    )


def test_mappings_lead_to_full_addresses(graph):
    french = URIRef("http://data.europa.eu/esco/skill/e747e77e-0ea1-4001-8b07-1d11946b5f1b")
    assert (iri("french"), SKOS.exactMatch, french) in graph
    assert all(str(target).startswith("http") for match in MATCHES for target in graph.objects(None, match))


def test_broader_and_narrower_mirror_each_other_and_related_is_symmetric(graph):
    assert pairs(graph, SKOS.broader) == {(b, a) for a, b in pairs(graph, SKOS.narrower)}
    assert pairs(graph, SKOS.related) == {(b, a) for a, b in pairs(graph, SKOS.related)}


def test_s9_s37_nothing_is_both_a_concept_and_a_scheme_or_a_collection(graph):
    kinds = [set(graph.subjects(RDF.type, kind)) for kind in (SKOS.Concept, SKOS.ConceptScheme, SKOS.Collection)]
    assert all(kinds)
    assert len(set.union(*kinds)) == sum(map(len, kinds))


def test_s13_a_label_is_preferred_alternative_or_hidden(graph):
    labels = [pairs(graph, kind) for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)]
    assert len(set.union(*labels)) == sum(map(len, labels))


def test_s14_one_preferred_label_a_language(graph):
    counts = Counter((subject, label.language) for subject, label in pairs(graph, SKOS.prefLabel))
    assert set(counts.values()) == {1}
    assert {subject for subject, _ in counts} == {
        *graph.subjects(RDF.type, SKOS.Concept),
        *graph.subjects(RDF.type, SKOS.Collection),
    }


def test_s27_what_is_related_is_neither_above_nor_below(graph):
    above = {subject: set(graph.transitive_objects(subject, SKOS.broader)) for subject in graph.subjects(RDF.type, SKOS.Concept)}
    assert not [(a, b) for a, b in pairs(graph, SKOS.related) if b in above[a] or a in above[b]]


def test_s46_an_exact_match_is_no_other_match(graph):
    exact = pairs(graph, SKOS.exactMatch)
    exact |= {(b, a) for a, b in exact}
    for other in (SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch):
        assert not exact & pairs(graph, other)


def test_the_same_taxonomy_is_written_the_same(shipped):
    turned = replace(shipped, concepts=dict(reversed(shipped.concepts.items())), roles=dict(reversed(shipped.roles.items())))
    assert to_skos(turned).split("\n\n")[2:] == to_skos(shipped).split("\n\n")[2:]


# ---------------------------------------------------------------------------------------------------------- invented concepts


def small(concept: Concept, **more) -> Taxonomy:
    branch = Concept("finance", "Finance", "branch", "finance")
    return Taxonomy("abc", {"finance": branch, concept.id: concept}, **more)


@pytest.mark.parametrize("text", ['say "hi"', "back\\slash", "two\nlines\tand\ra tab", "bell\x07", "naïve 💬", "'''", '"'])
def test_any_text_survives(text):
    concept = Concept("ledger", text, "skill", "finance", ("finance",), aliases=(f"{text} {text}",), definition=text)
    graph = read(small(concept))
    assert graph.value(iri("ledger"), SKOS.prefLabel) == Literal(text, lang="en")
    assert graph.value(iri("ledger"), SKOS.altLabel) == Literal(f"{text} {text}", lang="en")


def test_repeated_labels_are_written_once():
    concept = Concept(
        "ledger", "Ledger", "skill", "finance", ("finance",), aliases=("Ledger", "GL", "GL"), hidden=("GL", "ledgr")
    )
    graph = read(small(concept))
    assert [str(label) for label in graph.objects(iri("ledger"), SKOS.altLabel)] == ["GL"]
    assert [str(label) for label in graph.objects(iri("ledger"), SKOS.hiddenLabel)] == ["ledgr"]


def test_a_company_has_an_address_of_its_own():
    concept = Concept("ledger", "Ledger", "skill", "finance", ("finance",))
    graph = read(
        small(concept, rules={"scheme": {"base": "https://example.com/our skills#", "title": "Ours", "language": "en-GB"}})
    )
    ours = URIRef("https://example.com/our%20skills#ledger")
    assert graph.value(ours, SKOS.prefLabel) == Literal("Ledger", lang="en-GB")


@pytest.mark.parametrize(
    ("scheme", "id", "target"),
    [
        ("ESCO", "http://data.europa.eu/esco/skill/1", "http://data.europa.eu/esco/skill/1"),
        ("O*NET", "43-4051.00", "https://onet.example/o/43-4051.00"),
        ("O*NET", "43232303", "https://onet.example/t#43232303"),
        ("O*NET", "2578", None),
        ("O*NET", "somewhere else", None),
        ("Ours", "bad <address>", None),
        ("Ours", "urn:ours:7", "urn:ours:7"),
    ],
)
def test_targets_without_an_address_are_left_out(scheme, id, target):
    concept = Concept("ledger", "Ledger", "skill", "finance", ("finance",), mappings=(Crosswalk(scheme, id, "broad"),))
    mapped = {"O*NET": {"occupation": "https://onet.example/o/{id}", "technology": "https://onet.example/t#{id}"}}
    graph = read(small(concept, rules={"scheme": {"mapped": mapped}}))
    assert [str(found) for found in graph.objects(iri("ledger"), SKOS.broadMatch)] == ([target] if target else [])


def test_what_is_out_of_use_says_so():
    old = Concept("old", "Old", "skill", "finance", ("finance",), deprecated=True, replaced_by="finance")
    graph = read(small(old))
    assert graph.value(iri("old"), OWL.deprecated) == Literal(True)
    assert graph.value(iri("old"), DCTERMS.isReplacedBy) == iri("finance")
    assert graph.value(iri("finance"), OWL.deprecated) is None


def test_a_target_stands_under_one_relation_only():
    twice = (Crosswalk("ESCO", "http://e.example/1", "exact"), Crosswalk("ESCO", "http://e.example/1", "broad"))
    graph = read(small(Concept("ledger", "Ledger", "skill", "finance", ("finance",), mappings=twice)))
    assert [p for p, o in graph.predicate_objects(iri("ledger")) if o == URIRef("http://e.example/1")] == [SKOS.exactMatch]
