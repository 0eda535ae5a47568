"""Where the candidate lives: the town of an address, told by the state, country or code that follows it or by its own name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from matcher.reading.facts.datepoints import alternatives
from matcher.reading.facts.page import Span, fact, one_line, trim
from matcher.reading.titles import TitleReader
from matcher.records import Fact

_LONGEST_LINE = 300
_PARTS = re.compile(r"\s*[|\t;•·]\s*|\s{3,}|\s+[/.]\s+")
_PIECE = re.compile(r"[^,()\n]+")
_CODE = re.compile(
    r"(?:\s*[-–,:]?\s*|^)\(?(?:pin(?:\s*code)?\s*[:\-]?\s*|zip\s*(?:code)?\s*[:\-]?\s*)?(\d{3}\s\d{3}|\d{4,6}(?:-\d{4})?)\)?\.?$",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"\s*(?<!\w)[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}$|\s*(?<!\w)[A-Z]\d[A-Z]\s?\d[A-Z]\d$")
_OTHER = re.compile(r"\S{1,64}@\S+|https?://\S+|www\.\S+|\b[\w.-]{1,60}\.com\S*|\+?\(?\d[\d ().-]{7,}\d")
_SAINT = re.compile(r"^(?:St|Sta|Sto|Ste|Mt|Ft)\.?\s+(?=[A-Z])")
_DASH = re.compile(r"\s+[-–—]\s+")


class CityReader:
    """Built from `rules["personal"]["places"]`: countries, their states and provinces, and cities by name."""

    def __init__(self, rules: Mapping[str, Any], titles: TitleReader) -> None:
        places, own = rules["personal"]["places"], rules["personal"]["contact"]
        self._titles = titles
        self._region_of: dict[str, str] = {}
        for key in ("cities", "regions", "country"):
            for region, table in places.items():
                self._region_of |= {_plain(name): region for name in table.get(key, ()) if len(region) == 2}
        self._countries, self._states, self._cities = (
            frozenset(_plain(name) for table in places.values() for name in table.get(key, ()))
            for key in ("country", "regions", "cities")
        )
        self._codes = {code: region for region, table in places.items() for code in table.get("codes", ())}
        self._label = re.compile(
            rf"(?<!\w)(?:{alternatives(own['place_labels'])})\s*(?:[:\-–\t]+|(?<=\bin)\s|(?<=\bat)\s)\s*", re.IGNORECASE
        )
        self._street = re.compile(rf"(?<!\w)(?:{alternatives(own['address_words'])})(?!\w)|\d|#", re.IGNORECASE)
        self._road = re.compile(rf"(?<!\w)(?:{alternatives(own['street_words'])})(?!\w)", re.IGNORECASE)
        self._not = frozenset(own["not_names"]) - frozenset(own["in_places"])
        employer = rules["facts"]["jobs"]
        self._firm = re.compile(
            rf"(?<!\w)(?:{alternatives((*employer['employer_ends'], *employer['legal']))})(?!\w)", re.IGNORECASE
        )

    def read(self, text: str, line: Span) -> Fact | None:
        """A fact of kind "city", value {city, region (ISO code, or None)}, if a line tells one."""
        if line[1] - line[0] > _LONGEST_LINE:
            return None
        label = self._label.search(text, *line)
        parts = list(self._parts(text, (label.end(), line[1]) if label else line))
        for part in parts:
            found = self._of_part(text, part, labelled=label is not None)
            if found is not None:
                return found
        return None

    def is_place(self, phrase: str) -> bool:
        """Whether a phrase, or its last part, is a place known by name: it is no person then."""
        pieces = [piece.strip() for piece in re.split(r"[,|/]", phrase) if piece.strip()]
        names = [_plain(piece) for piece in pieces]
        behind = len(names) > 1 and (self._known(names[-1]) or pieces[-1] in self._codes)
        return bool(names) and (all(self._known(name) for name in names) or behind)

    def regions(self, text: str) -> tuple[str, ...]:
        """ISO codes of the countries whose names, states or cities stand in a text, in order of mention."""
        words = re.findall(r"[^\W\d_][\w.'’-]*", text)
        found: dict[str, None] = {}
        for i in range(len(words)):
            for size in (3, 2, 1):
                name = _plain(" ".join(words[i : i + size]).rstrip("."))
                if name in self._region_of and len(name) > 2 and words[i][:1].isupper():
                    found.setdefault(self._region_of[name])
        return tuple(found)

    def _known(self, name: str) -> bool:
        bare = name.removesuffix(" city")
        return name in self._cities or bare in self._cities or name in self._states or name in self._countries

    def _parts(self, text: str, line: Span) -> Iterator[Span]:
        """The cells of a line, less emails, links and numbers."""
        at = line[0]
        for m in (*_PARTS.finditer(text, *line), None):
            stop = m.start() if m else line[1]
            begin = at
            for other in (*_OTHER.finditer(text, at, stop), None):
                yield trim(text, (begin, other.start() if other else stop), " \t,;|-•.")
                begin = other.end() if other else stop
            at = m.end() if m else stop

    def _of_part(self, text: str, part: Span, labelled: bool) -> Fact | None:
        phrase = text[slice(*part)]
        if not phrase or self._is_work(phrase):
            return None
        begin = part[0] + max((m.end() for m in _DASH.finditer(phrase) if not _CODE.match(phrase[m.start() :])), default=0)
        if begin > part[0] and not self._known(_plain(text[begin : part[1]].split(",")[0])):
            begin = part[0]
        pieces = [trim(text, (begin + m.start(), begin + m.end())) for m in _PIECE.finditer(text[begin : part[1]])]
        pieces = [piece for piece in pieces if piece[0] < piece[1]]
        tail, coded = False, False
        while pieces:
            if len(pieces) > 1 and text[max(0, pieces[-1][0] - 1)] == "(" and self._is_remark(text[slice(*pieces[-1])]):
                pieces.pop()
                continue
            piece = self._bare(text, pieces[-1])
            coded = coded or piece != pieces[-1]
            name = text[slice(*piece)]
            if name and not self._is_tail(name, alone=len(pieces) == 1):
                return self._made(text, piece, phrase, tail or coded or labelled, coded)
            tail = tail or bool(name)
            pieces.pop()
        return None

    def _made(self, text: str, piece: Span, phrase: str, sure: bool, coded: bool) -> Fact | None:
        """The fact, if the piece reads as a town and something proves it one."""
        piece = self._end(text, piece) if coded else piece
        name = text[slice(*piece)]
        known = self._known(_plain(name)) or _plain(name).endswith((" city", " town"))
        street = "," in phrase and self._road.search(phrase) is not None and any(c.isdigit() for c in phrase)
        in_state = text[piece[1] : piece[1] + 6].strip(" ,.")[:2] in self._codes
        if not self._is_town(name, in_state) or not (known or sure or street):
            return None
        regions = self.regions(phrase) or tuple(
            self._codes[code] for code in re.findall(r"(?<=, )[A-Z]{2,3}\b", phrase) if code in self._codes
        )
        return fact("city", text, piece, {"city": one_line(name), "region": regions[0] if regions else None})

    def _end(self, text: str, piece: Span) -> Span:
        """The state's code that stands at the end of a piece without a comma is no part of the town ("Austin TX 78701")."""
        m = re.search(r"\s+([A-Z]{2})$", text[slice(*piece)])
        return (piece[0], piece[0] + m.start()) if m and m[1] in self._codes else piece

    def _bare(self, text: str, piece: Span) -> Span:
        """Without a postcode at its end, and a country that no comma parts from the town ("Sydney Australia")."""
        while True:
            phrase = text[slice(*piece)]
            words = phrase.split()
            m = _CODE.search(phrase) or _POSTCODE.search(phrase)
            tails = (size for size in (3, 2, 1) if len(words) > size and _plain(" ".join(words[-size:])) in self._countries)
            size = 0 if m or _plain(phrase) in self._cities else next(tails, 0)
            if not m and not size:
                return piece
            piece = trim(text, (piece[0], piece[0] + (m.start() if m else phrase.rindex(words[-size]))), " \t-–,.:")

    def _is_tail(self, name: str, alone: bool) -> bool:
        """Whether a piece is a state or a country; a city that is one as well ("Cebu") is the city where it stands first."""
        plain = _plain(name)
        if alone and plain in self._cities:
            return False
        return plain in self._states or plain in self._countries or name in self._codes

    def _is_remark(self, phrase: str) -> bool:
        """Whether what stands in brackets is no part of an address: "(work from home)", "(native: Kolkata)"."""
        return not _CODE.search(phrase) and not self._known(_plain(phrase)) and phrase not in self._codes

    def _is_town(self, name: str, in_state: bool) -> bool:
        words = name.split()
        name = _SAINT.sub("", name)
        if not 1 <= len(words) <= 4 or len(name) < 3 or self._street.search(name) or "@" in name or ":" in name:
            return False
        if _plain(name) in ("city", "state", "country", "city state", "town"):
            return False
        if not all(w[:1].isupper() or w in ("de", "del", "of", "upon", "on", "la", "da", "do") or "-" in w for w in words):
            return False
        return in_state or self._known(_plain(name)) or not ({w.casefold().strip(".") for w in words} & self._not)

    def _is_work(self, phrase: str) -> bool:
        """Whether a phrase is of a job, a school or a firm."""
        sense = self._titles.read(phrase)
        bare = re.sub(r"(?i)\b(?:philippines|india|center|centre|market|council|district)\b", "", phrase)
        return sense.family is not None or self._firm.search(bare) is not None


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").strip(" .").split())
