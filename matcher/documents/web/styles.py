"""What a page's styles say of an element: sizes, weight, colours, and whether people see it. Only what that takes of CSS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from colorsys import hls_to_rgb
from dataclasses import dataclass, field, replace
from typing import Any

from matcher.documents import colours
from matcher.documents.hidden import SMALLEST, Cause
from matcher.errors import LimitError

Declarations = dict[str, str]
Colour = tuple[int, int, int] | str
"""Red, green and blue from 0 to 255, or the name of a colour that nobody need know more of."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACE = re.compile(r"([{}])")
_ANYWHERE = re.compile(r"@media\s+(?:only\s+)?(?:all|screen)\s*\Z|@supports|@layer", re.IGNORECASE)
_COMPOUND = re.compile(r"(\*|[a-zA-Z][\w-]*)?((?:[.#][\w-]+)*)\Z")
_LENGTH = re.compile(r"\s*(-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,2})?)\s*(px|pt|pc|in|cm|mm|r?em|ex|ch|vw|vh|%)?", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d+\.?\d*%?)[ ,]+(\d+\.?\d*%?)[ ,]+(\d+\.?\d*%?)(?:[ ,/]+(\d*\.?\d*%?))?\s*\)")
_HSL = re.compile(r"hsla?\(\s*(\d+\.?\d*)(?:deg)?[ ,]+(\d+\.?\d*)%[ ,]+(\d+\.?\d*)%(?:[ ,/]+(\d+\.?\d*|\.\d+))?%?\s*\)")
_POINTS = {"px": 0.75, "pt": 1.0, "pc": 12.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "vw": 8.0, "vh": 6.0, "": 0.75}
_KEYWORDS = {"xx-small": 7.0, "x-small": 7.5, "small": 10.0, "medium": 12.0, "large": 13.5, "x-large": 18.0, "xx-large": 24.0}
_NAMED = {
    "white": (255, 255, 255), "snow": (255, 250, 250), "ivory": (255, 255, 240), "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245), "floralwhite": (255, 250, 240), "azure": (240, 255, 255), "mintcream": (245, 255, 250),
    "aliceblue": (240, 248, 255), "honeydew": (240, 255, 240), "seashell": (255, 245, 238), "lavenderblush": (255, 240, 245),
    "black": (0, 0, 0),
}  # fmt: skip
_NO_COLOURS = frozenset({"inherit", "initial", "unset", "currentcolor", "auto", "none", "revert"})
_CLEAR = "transparent"
_FAR = 700.0
"""Points by which text that is moved to the left or upwards is off the page."""
_WANTED = frozenset({
    "display", "visibility", "opacity", "color", "background", "background-color", "background-image", "font-size",
    "font-weight", "font", "text-indent", "position", "left", "top", "width", "height", "max-width", "max-height",
    "overflow", "clip", "clip-path", "white-space", "float", "list-style", "list-style-type", "transform", "margin-left",
    "margin-top",
})  # fmt: skip
_MOST_RULES = 20_000
_MOST_TRIALS = 1_000_000
_LONGEST_VALUE = 200
_LARGEST = 1_000.0
_DEFAULT_SIZE = 12.0


@dataclass(frozen=True, slots=True)
class Style:
    """How an element's text is set: what children inherit, and the element's own `display`, `floats` and `marked` (bullets).

    `shade` is the colour behind the text, None where there is a picture.
    """

    size: float = _DEFAULT_SIZE
    bold: bool = False
    colour: Colour = (0, 0, 0)
    shade: Colour | None = (255, 255, 255)
    unseen: bool = False
    gone: Cause | None = None
    indent: float = 0.0
    kept: bool = False
    marked: bool = True
    display: str = ""
    floats: bool = False

    @property
    def hidden(self) -> Cause | None:
        """Why people do not see the text, if they do not."""
        if self.gone or self.unseen:
            return self.gone or Cause.INVISIBLE
        if self.size < SMALLEST:
            return Cause.TINY
        if self.indent < -_FAR:
            return Cause.OUTSIDE
        if self.shade is None:
            return None
        if self.colour == _CLEAR:
            return Cause.INVISIBLE
        return Cause.COLOUR if alike(self.colour, self.shade) else None


@dataclass(frozen=True, slots=True)
class _Rule:
    """A selector's parts, from the element outwards, each with whether it must be the very parent of the one before it."""

    parts: tuple[tuple[str, frozenset[str], bool], ...]
    weight: tuple[int, int, int]
    said: Declarations


@dataclass(slots=True)
class Sheet:
    """The rules of a page that bear on what is seen, filed by the last part's rarest name."""

    rules: dict[str, list[_Rule]] = field(default_factory=dict)
    count: int = 0
    _simple: dict[tuple[str, frozenset[str]], tuple[list[_Rule], list[_Rule]]] = field(default_factory=dict)
    _merged: dict[tuple[str, frozenset[str]], Declarations] = field(default_factory=dict)
    _tried: int = 0

    def add(self, css: str) -> None:
        """Take in a `<style>`; rules for print, for some widths only, or for states such as hovering do not count."""
        for selectors, body in _rules(_COMMENT.sub("", css.replace("<!--", "").replace("-->", ""))):
            said = declarations(body)
            if said and self.count < _MOST_RULES:
                for selector in selectors.split(","):
                    self._file(selector.strip(), said)

    def _file(self, selector: str, said: Declarations) -> None:
        parts = _selector(selector)
        if not parts:
            return
        tag, names, _ = parts[0]
        ids = sum(name.startswith("#") for _, given, _ in parts for name in given)
        classes = sum(len(given) for _, given, _ in parts) - ids
        self.count += 1
        key = min(names, default=tag or "*")
        self.rules.setdefault(key, []).append(_Rule(parts, (ids, classes, self.count), said))

    def said_of(self, element: Any, names: frozenset[str]) -> Declarations:
        """What the rules and the element's own style declare; `names` are its classes (".x") and its id ("#x").

        Raises LimitError "too-complex" for rules that would take beyond reason to try.
        """
        key = (element.tag, names)
        if key not in self._simple:
            near = [rule for name in ("*", element.tag, *names) for rule in self.rules.get(name, ()) if _fits_itself(rule, *key)]
            self._simple[key] = ([rule for rule in near if not rule.parts[1:]], [rule for rule in near if rule.parts[1:]])
            self._merged[key] = _merge(self._simple[key][0], None)
        simple, others = self._simple[key]
        self._tried += len(others)
        if self._tried > _MOST_TRIALS:
            raise LimitError("has more rules of style than a document needs; print it to PDF", "too-complex")
        found = [rule for rule in others if _fits_around(rule, element)]
        own = element.get("style")
        if not found and not own:
            return self._merged[key]
        self._tried += len(simple)
        return _merge([*simple, *found], own)


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and body of each rule, outside of blocks such as @media or in those that hold on any screen."""
    heads: list[str] = []
    between = ""
    for token in _BRACE.split(css):
        if token == "{":
            heads.append(between.rpartition(";")[2].strip())
        elif token == "}" and heads:
            head = heads.pop()
            if between.strip() and len(heads) < 4 and all(_ANYWHERE.match(outer) for outer in heads):
                yield head, between
        between = "" if token in ("{", "}") else token


def _selector(selector: str) -> tuple[tuple[str, frozenset[str], bool], ...]:
    """The parts of a selector of tags, classes and ids; () for others."""
    parts: list[tuple[str, frozenset[str], bool]] = []
    direct = False
    for word in reversed(selector.replace(">", " > ").split()):
        if word == ">":
            direct = True
            continue
        match = _COMPOUND.match(word)
        if match is None or len(parts) > 8:
            return ()
        tag = (match.group(1) or "").lower().replace("*", "")
        parts.append((tag, frozenset(re.findall(r"[.#][\w-]+", match.group(2))), direct))
        direct = False
    return tuple(parts)


def names_of(element: Any) -> frozenset[str]:
    """An element's classes as ".x" and its id as "#x"."""
    names = {f".{name}" for name in (element.get("class") or "").split()}
    own = element.get("id")
    return frozenset(names | {f"#{own.strip()}"} if own else names)


def _merge(rules: Iterable[_Rule], own: str | None) -> Declarations:
    """What rules and an element's own style say together: the later and weightier, and above all what is marked important."""
    said: Declarations = {}
    loud: Declarations = {}
    for given in [*(rule.said for rule in sorted(rules, key=lambda rule: rule.weight)), declarations(own or "")]:
        for name, value in given.items():
            (loud if value.endswith("!important") else said)[name] = value.removesuffix("!important").rstrip()
    return said | loud


def _fits_itself(rule: _Rule, tag: str, names: frozenset[str]) -> bool:
    wanted, given, _ = rule.parts[0]
    return wanted in ("", tag) and given <= names


def _fits_around(rule: _Rule, element: Any) -> bool:
    """Whether the elements around one are those that a selector asks for."""
    for tag, wanted, direct in rule.parts[1:]:
        element = element.getparent()
        while element is not None and not (tag in ("", element.tag) and wanted <= names_of(element)):
            element = None if direct else element.getparent()
        if element is None:
            return False
    return True


def declarations(css: str) -> Declarations:
    """The declarations of a style attribute or a rule, names and values folded, those alone that bear on what is seen."""
    said: Declarations = {}
    for part in css.split(";"):
        name, colon, value = part.partition(":")
        if colon and (name := name.strip().lower()) in _WANTED:
            said[name] = " ".join(value.lower()[:_LONGEST_VALUE].replace("! important", "!important").split())
    return said


def styled(parent: Style, said: Mapping[str, str]) -> Style:
    """The style of an element under a parent of style `parent`, given all that is declared of it."""
    if not said:
        return replace(parent, display="", floats=False) if parent.display or parent.floats else parent
    display, floats = said.get("display", "").partition(" ")[0], said.get("float", "none") != "none"
    style = replace(parent, display=display, floats=floats)
    size = min(max(_size(said, parent.size), 0.0), _LARGEST)
    weight = said.get("font-weight", "bold" if re.search(r"\b(?:bold|[6-9]00)\b", said.get("font", "")) else "")
    bold = weight in ("bold", "bolder") or weight[:1] in ("6", "7", "8", "9") if weight else parent.bold
    space = said.get("white-space", "")
    listed = f"{said.get('list-style', '')} {said.get('list-style-type', '')}".split()
    return replace(
        style,
        size=size,
        bold=bold,
        colour=_colour(said.get("color", "")) or parent.colour,
        shade=_shade(said, parent.shade),
        unseen=said["visibility"] in ("hidden", "collapse") if "visibility" in said else parent.unseen,
        gone=parent.gone or _gone(said, size),
        indent=_points(said["text-indent"], size) if "text-indent" in said else parent.indent,
        kept=space.startswith("pre") or space == "break-spaces" if space else parent.kept,
        marked="none" not in listed if listed else parent.marked,
    )


def _gone(said: Mapping[str, str], size: float) -> Cause | None:
    """Why neither an element nor anything inside it is seen."""
    if said.get("display") == "none" or _zero(said.get("opacity")):
        return Cause.INVISIBLE
    cut = "hidden" in said.get("overflow", "") or "clip" in said.get("overflow", "")
    if cut and any(_zero(said.get(side)) for side in ("width", "height", "max-width", "max-height")):
        return Cause.INVISIBLE
    placed = said.get("position") in ("absolute", "fixed")
    clipped = re.match(r"rect\(0(?:px)?[ ,]+0(?:px)?[ ,]+0(?:px)?[ ,]+0", said.get("clip", ""))
    if (placed and clipped) or re.match(r"inset\((?:50|100)%\)|circle\(0", said.get("clip-path", "")):
        return Cause.INVISIBLE
    moved = re.match(r"translate[xy]?\(([^,)]+)", said.get("transform", ""))
    if moved and _points(moved.group(1), size) < -_FAR:
        return Cause.OUTSIDE
    if re.match(r"scale(?:3d)?\(0(?:[,)]|\.0*[,)])", said.get("transform", "")):
        return Cause.INVISIBLE
    edges = ("left", "top") if placed or said.get("position") == "relative" else ()
    if any(_points(said[edge], size) < -_FAR for edge in (*edges, "margin-left", "margin-top") if edge in said):
        return Cause.OUTSIDE
    return None


def _zero(value: str | None) -> bool:
    match = _LENGTH.match(value) if value else None
    return match is not None and float(match.group(1)) <= 0.01


def _points(value: str, size: float) -> float:
    """A length in points; 0 if it is none or is a share of something unknown."""
    match = _LENGTH.match(value)
    if match is None or match.group(2) == "%":
        return -2 * _FAR if match is not None and float(match.group(1)) <= -100 else 0.0
    unit = (match.group(2) or "").lower()
    factor = _DEFAULT_SIZE if unit == "rem" else size if unit == "em" else size / 2 if unit in ("ex", "ch") else _POINTS[unit]
    return float(match.group(1)) * factor


def _size(said: Mapping[str, str], outer: float) -> float:
    """The size of the type in points."""
    value = said.get("font-size", "")
    if not value and (match := re.search(r"(?:^| )((?:\d+\.?\d*|\.\d+)(?:px|pt|r?em|%))", said.get("font", ""))):
        value = match.group(1)
    if value in _KEYWORDS:
        return _KEYWORDS[value]
    if value in ("smaller", "larger"):
        return outer * (0.83 if value == "smaller" else 1.2)
    match = _LENGTH.match(value)
    if match is None:
        return outer
    if match.group(2) == "%":
        return outer * float(match.group(1)) / 100
    return _points(value, outer)


def _shade(said: Mapping[str, str], outer: Colour | None) -> Colour | None:
    """The colour behind an element; None if a picture is there."""
    for name in ("background-image", "background", "background-color"):
        value = said.get(name, "")
        if re.search(r"url\(|gradient\(|var\(", value):
            return None
        if value and (colour := _colour(value)) and colour != _CLEAR:
            return colour
    return outer


def _colour(value: str) -> Colour | None:
    """The first colour of a value; None if there is none or it is left to what is around."""
    match = _RGB.search(value)
    if match is not None:
        if match.group(4) and float(match.group(4).rstrip("%") or 0) == 0:
            return _CLEAR
        red, green, blue = (_part(part) for part in match.groups()[:3])
        return red, green, blue
    if match := _HSL.search(value):
        hue, part, light = (float(number) for number in match.groups()[:3])
        red, green, blue = (round(255 * part) for part in hls_to_rgb(hue / 360, min(light, 100) / 100, min(part, 100) / 100))
        return _CLEAR if match.group(4) and float(match.group(4)) == 0 else (red, green, blue)
    for word in value.split():
        if word in _NAMED:
            return _NAMED[word]
        if re.fullmatch(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", word):
            red, green, blue, *clear = bytes.fromhex(word[1:] if len(word) > 5 else "".join(digit * 2 for digit in word[1:]))
            return _CLEAR if clear == [0] else (red, green, blue)
    word = value.partition(" ")[0]
    return word if word and word not in _NO_COLOURS and not word[0].isdigit() else None


def _part(value: str) -> int:
    number = float(value.rstrip("%"))
    return min(255, int(number * 2.55 if value.endswith("%") else number))


def alike(one: Colour, other: Colour) -> bool:
    """Whether text of one colour cannot be told from the other behind it."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return colours.alike(one, other, most=255)
