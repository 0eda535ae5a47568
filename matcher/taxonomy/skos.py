"""The taxonomy as SKOS, written in Turtle: always in the same order, so that two versions can be compared line by line.

Concepts and roles are two concept schemes; the branches are the top concepts of the first. Types are collections.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from matcher.taxonomy.concepts import BRANCH, Concept, Crosswalk, Taxonomy
from matcher.taxonomy.scheme import ROLES, Scheme, scheme_of

_PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f]')
_LANGUAGE = re.compile(r"[a-zA-Z]+(-[a-zA-Z0-9]+)*")
_TYPES = "types/"
_NEXT = ",\n        "
_Facts = list[tuple[str, list[str]]]
"""Predicates with their objects, written out."""


def to_skos(taxonomy: Taxonomy) -> str:
    """Write the taxonomy as SKOS in Turtle; what it is called and where it lives comes from `scheme.toml`."""
    scheme = scheme_of(taxonomy)
    concepts = [taxonomy.concepts[id] for id in sorted(taxonomy.concepts)]
    blocks = [
        "\n".join(f"@prefix {name}: <{iri}> ." for name, iri in _PREFIXES.items()),
        _block(scheme.base, _scheme(taxonomy, scheme, concepts)),
        *(_block(scheme.concept(concept.id), _concept(concept, taxonomy, scheme)) for concept in concepts),
        *_collections(concepts, scheme),
        *_roles(taxonomy, scheme),
    ]
    return "\n\n".join(blocks) + "\n"


def _block(subject: str, facts: _Facts) -> str:
    lines = [f"    {predicate} " + _NEXT.join(objects) for predicate, objects in facts if objects]
    return f"<{subject}>\n" + " ;\n".join(lines) + " ."


def _scheme(taxonomy: Taxonomy, scheme: Scheme, concepts: Iterable[Concept]) -> _Facts:
    return [
        ("a", ["skos:ConceptScheme"]),
        *_about(scheme, scheme.title),
        ("dct:description", _texts([scheme.about], scheme)),
        ("owl:versionInfo", [_quoted(taxonomy.version)]),
        ("skos:hasTopConcept", [_iri(scheme.concept(concept.id)) for concept in concepts if concept.type == BRANCH]),
    ]


def _about(scheme: Scheme, title: str) -> _Facts:
    return [
        ("dct:title", _texts([title], scheme)),
        ("dct:publisher", [_quoted(scheme.publisher)] if scheme.publisher else []),
        ("dct:license", [_iri(scheme.license)] if scheme.license else []),
        ("dct:language", [_quoted(scheme.language)]),
    ]


def _concept(concept: Concept, taxonomy: Taxonomy, scheme: Scheme) -> _Facts:
    def known(ids: Iterable[str]) -> list[str]:
        return [_iri(scheme.concept(id)) for id in sorted(ids) if id in taxonomy.concepts]

    aliases = _fresh(concept.aliases, {concept.label})
    return [
        ("a", ["skos:Concept"]),
        ("skos:inScheme", [_iri(scheme.base)]),
        ("skos:topConceptOf", [_iri(scheme.base)] if concept.type == BRANCH else []),
        ("skos:notation", [_quoted(concept.id)]),
        ("skos:prefLabel", _texts([concept.label], scheme)),
        ("skos:altLabel", _texts(aliases, scheme)),
        ("skos:hiddenLabel", _texts(_fresh(concept.hidden, {concept.label, *aliases}), scheme)),
        ("skos:definition", _texts([concept.definition], scheme)),
        ("skos:broader", known(concept.broader)),
        ("skos:narrower", known(taxonomy.narrower(concept.id))),
        ("skos:related", known(concept.related)),
        *_mappings(concept.mappings, scheme),
        ("owl:deprecated", ["true"] if concept.deprecated else []),
        ("dct:isReplacedBy", known([concept.replaced_by])),
    ]


def _mappings(mappings: Iterable[Crosswalk], scheme: Scheme) -> Iterator[tuple[str, list[str]]]:
    """Each target under one relation only: the relations of SKOS exclude each other."""
    chosen: dict[str, str] = {}
    for mapping in mappings:
        target = scheme.target(mapping)
        if target:
            chosen.setdefault(target, mapping.relation)
    for relation in ("exact", "close", "broad", "narrow"):
        yield f"skos:{relation}Match", [_iri(target) for target in sorted(chosen) if chosen[target] == relation]


def _collections(concepts: Iterable[Concept], scheme: Scheme) -> Iterator[str]:
    kinds: dict[str, list[str]] = {}
    for concept in concepts:
        kinds.setdefault(concept.type, []).append(_iri(scheme.concept(concept.id)))
    for kind in sorted(kinds.keys() - {BRANCH}):
        name = _texts([kind], scheme)
        yield _block(
            scheme.base + _TYPES + kind, [("a", ["skos:Collection"]), ("skos:prefLabel", name), ("skos:member", kinds[kind])]
        )


def _roles(taxonomy: Taxonomy, scheme: Scheme) -> Iterator[str]:
    place = scheme.base + ROLES
    addresses = [_iri(scheme.role(id)) for id in sorted(taxonomy.roles)]
    if addresses:
        facts = [("a", ["skos:ConceptScheme"]), *_about(scheme, scheme.roles), ("skos:hasTopConcept", addresses)]
        yield _block(place, facts)
    for id in sorted(taxonomy.roles):
        role = taxonomy.roles[id]
        facts = [
            ("a", ["skos:Concept"]),
            ("skos:inScheme", [_iri(place)]),
            ("skos:topConceptOf", [_iri(place)]),
            ("skos:notation", [_quoted(id)]),
            ("skos:prefLabel", _texts([str(role.get("title") or id)], scheme)),
            ("skos:altLabel", _texts(_fresh(role.get("titles", ()), {str(role.get("title") or id)}), scheme)),
            ("skos:definition", _texts([str(role.get("summary") or "")], scheme)),
            *_mappings(taxonomy.role_mappings(id), scheme),
        ]
        yield _block(scheme.role(id), facts)


def _fresh(texts: Iterable[str], seen: set[str]) -> list[str]:
    """Texts that are none of those seen, each once: a label is preferred, alternative or hidden, never two of them."""
    return [text for text in dict.fromkeys(texts) if text not in seen]


def _texts(texts: Iterable[str], scheme: Scheme) -> list[str]:
    language = scheme.language if _LANGUAGE.fullmatch(scheme.language) else "und"
    return [f"{_quoted(text)}@{language}" for text in texts if text]


def _quoted(text: str) -> str:
    return '"' + _SPECIAL.sub(lambda match: _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}", text) + '"'


def _iri(address: str) -> str:
    return f"<{address}>"
