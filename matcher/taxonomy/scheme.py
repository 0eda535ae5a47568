"""What the taxonomy is called outside, and the addresses of its concepts and of what they are mapped to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from matcher.taxonomy.concepts import Crosswalk, Taxonomy

ROLES = "roles/"
"""Where, under the base, the addresses of roles begin."""

_IRI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_KINDS = (("occupation", re.compile(r"\d\d-\d{4}\.\d\d")), ("technology", re.compile(r"\d{8}")), ("task", re.compile(r"\d{1,6}")))
"""What kind of thing of O*NET a code names."""
_SAFE = ":/#?&=@%+~,;!$*'()"
_BASE = "https://bpo-matcher.example/taxonomy/"


@dataclass(frozen=True, slots=True)
class Source:
    """A classification that mappings lead to; `note` is the text with which its use has to be acknowledged."""

    title: str
    version: str
    home: str
    note: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """Names and addresses as `scheme.toml` gives them; `base` is fit to stand in an address."""

    base: str
    title: str
    about: str
    roles: str
    publisher: str
    license: str
    language: str
    mapped: Mapping[str, Mapping[str, str]]

    def concept(self, id: str) -> str:
        """The address of a concept."""
        return self.base + quote(id, safe="")

    def role(self, id: str) -> str:
        """The address of a built-in role."""
        return self.base + ROLES + quote(id, safe="")

    def target(self, mapping: Crosswalk) -> str:
        """The address of what a mapping leads to; "" where none is known."""
        if _IRI.fullmatch(mapping.id):
            return mapping.id
        templates = self.mapped.get(mapping.scheme, {})
        kind = next((kind for kind, shape in _KINDS if shape.fullmatch(mapping.id)), "")
        found = templates.get(kind, "").replace("{id}", quote(mapping.id, safe=""))
        return found if _IRI.fullmatch(found) else ""

    def sources(self) -> tuple[Source, ...]:
        """The classifications that mappings lead to."""
        fields = ("title", "version", "home", "note")
        return tuple(Source(*(str(table.get(field, "")) for field in fields)) for table in self.mapped.values())


def web(address: str) -> str:
    """The address if a page may link to it, else "": an overlay's address could be a script."""
    return address if address.startswith(("https://", "http://")) else ""


def scheme_of(taxonomy: Taxonomy) -> Scheme:
    """The taxonomy's names and addresses; a taxonomy without the file has addresses that lead nowhere."""
    rules: Mapping[str, Any] = taxonomy.rules.get("scheme", {})
    given = {key: str(rules.get(key, "")) for key in ("title", "about", "roles", "publisher")}
    base, terms = (quote(str(rules.get(key) or other), safe=_SAFE) for key, other in (("base", _BASE), ("license", "")))
    language, mapped = str(rules.get("language") or "en"), dict(rules.get("mapped", {}))
    return Scheme(base=base, license=terms, language=language, mapped=mapped, **given)
