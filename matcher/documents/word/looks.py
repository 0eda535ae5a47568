"""How the text of a Word document looks: bold, size, and whether a person sees it at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from matcher.documents.colours import Colour, alike
from matcher.documents.hidden import SMALLEST, Cause

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
_WHITE: Colour = (1.0, 1.0, 1.0)
_DEEPEST = 20
"""Styles build on one another; a chain longer than this is a loop."""
_NARROWEST = 20
"""Per cent of their own width below which letters cannot be read."""
_PAPER = ("background1", "light1")
"""What themes call the colour of the paper."""
_HIGHLIGHTS = ("none", "white")

Back = Colour | None
"""What lies behind a text; None if unknown."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is set of a text's look; None where nothing is said. `level` is the rank of a heading, `colour` "" for automatic."""

    bold: bool | None = None
    size: float | None = None
    colour: str | None = None
    vanish: bool | None = None
    level: int | None = None
    listed: bool | None = None
    name: str = ""

    def over(self, other: Look) -> Look:
        """This look, with the other's where this one says nothing."""
        kept = {key: getattr(other, key) for key in _FIELDS if getattr(self, key) is None}
        return replace(self, **kept) if kept else self


_FIELDS = ("bold", "size", "colour", "vanish", "level", "listed")


class Looks:
    """The looks that the styles of one document give."""

    def __init__(self, styles: Any, body: Any) -> None:
        self._styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")} if styles is not None else {}
        self._default = next((k for k, s in self._styles.items() if _paragraph_default(s)), None)
        base = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if styles is not None else None
        self._base = _own(base, None)
        self._found: dict[str | None, Look] = {}
        self.page = _page_colour(body)
        if any(anchor.get("behindDoc") == "1" for anchor in body.iter(_ANCHOR)):
            self.page = None  # a picture or a coloured shape lies behind some of the text

    def of_style(self, style_id: str | None) -> Look:
        """The look of a style and of all that it builds on."""
        if style_id not in self._found:
            chain, at = Look(), style_id
            for _ in range(_DEEPEST):
                style = self._styles.get(at)
                if style is None:
                    break
                own = _own(style.find(f"{W}rPr"), style.find(f"{W}pPr"))
                chain = replace(chain, name=chain.name or _val(style.find(f"{W}name")) or "").over(own)
                at = _val(style.find(f"{W}basedOn"))
            self._found[style_id] = chain
        return self._found[style_id]

    def of_paragraph(self, paragraph: Any) -> Look:
        """The look that a paragraph gives its runs."""
        properties = paragraph.find(f"{W}pPr")
        style = _val(properties.find(f"{W}pStyle")) if properties is not None else None
        given = self.of_style(style or self._default)
        return replace(_own(None, properties), name=given.name).over(given).over(self._base)

    def of_run(self, run: Any, paragraph: Look) -> Look:
        """The look of a run."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return paragraph
        named = _val(properties.find(f"{W}rStyle"))
        own = _own(properties, None)
        return (own.over(self.of_style(named)) if named else own).over(paragraph)

    def shaded(self, style_id: str | None) -> bool:
        """Whether a table style paints cells."""
        for _ in range(_DEEPEST):
            style = self._styles.get(style_id)
            if style is None:
                return False
            if any(_fill(shade) is not _UNSAID for shade in style.iter(f"{W}shd")):
                return True
            style_id = _val(style.find(f"{W}basedOn"))
        return True


def cause_of(run: Any, look: Look, back: Back) -> Cause | None:
    """Why a run cannot be seen; None if it can."""
    if look.vanish:
        return Cause.INVISIBLE
    if (look.size is not None and look.size < SMALLEST) or _squeezed(run):
        return Cause.TINY
    colour = _colour(look.colour) if look.colour else None
    if colour is None:
        return None
    properties = run.find(f"{W}rPr")
    marked = _val(properties.find(f"{W}highlight")) if properties is not None else None
    if marked and marked not in _HIGHLIGHTS:
        return None
    return Cause.COLOUR if alike(colour, behind(properties, back)) else None


def _squeezed(run: Any) -> bool:
    """Whether the letters of a run are set so narrow that they are lines."""
    percent = _val(run.find(f"{W}rPr/{W}w")) or ""
    return percent.rstrip("%").isdecimal() and 0 < int(percent.rstrip("%")) < _NARROWEST


def behind(properties: Any, back: Back) -> Back:
    """What lies behind something with these properties, over `back`."""
    shade = properties.find(f"{W}shd") if properties is not None else None
    fill = _fill(shade) if shade is not None else _UNSAID
    return back if fill is _UNSAID else fill


def behind_box(content: Any, back: Back) -> Back:
    """What lies behind the text of a text box; None unless the drawing says it plainly."""
    for up in content.iterancestors():
        shape = next((child for child in up if child.tag.endswith("}spPr")), None) if isinstance(up.tag, str) else None
        if shape is not None:
            if shape.find(f"{_A}noFill") is not None:
                return back
            solid = shape.find(f"{_A}solidFill/{_A}srgbClr")
            return _colour(solid.get("val", "")) if solid is not None else None
        if isinstance(up.tag, str) and up.tag.startswith(_VML) and (up.get("fillcolor") or up.get("filled")):
            return back if up.get("filled") in ("f", "false") else _colour((up.get("fillcolor") or "").split(" ")[0].lstrip("#"))
        if up.tag == f"{W}p":
            break
    return None


def _paragraph_default(style: Any) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")


def _own(run: Any, paragraph: Any) -> Look:
    """The look that run and paragraph properties (either may be None) set themselves."""
    look = Look()
    if paragraph is not None:
        level, number = _val(paragraph.find(f"{W}outlineLvl")), paragraph.find(f"{W}numPr/{W}numId")
        look = replace(
            look,
            level=int(level) if level and level.isdecimal() and int(level) < 9 else None,
            listed=None if paragraph.find(f"{W}numPr") is None else number is None or _val(number) != "0",
        )
    if run is not None:
        size = _val(run.find(f"{W}sz"))
        look = replace(
            look,
            bold=_switch(run.find(f"{W}b")),
            size=float(size) / 2 if size and size.replace(".", "", 1).isdecimal() else None,
            colour=None if run.find(f"{W}color") is None else _named(run.find(f"{W}color")),
            vanish=_switch(run.find(f"{W}vanish")),
        )
    return look


def _val(element: Any) -> str | None:
    found = element.get(f"{W}val") if element is not None else None
    return str(found) if found is not None else None


def _switch(element: Any) -> bool | None:
    return None if element is None else element.get(f"{W}val", "1") not in ("0", "false", "off")


def _named(element: Any) -> str:
    found = _val(element) or ""
    if found == "auto" and element.get(f"{W}themeColor") in _PAPER and element.get(f"{W}themeShade") is None:
        return "FFFFFF"
    return "" if found == "auto" else found


_UNSAID: Any = object()
"""No fill of its own: what lies behind shows through."""


def _fill(shade: Any) -> Any:
    """The colour of a shading; None if it is a pattern or a colour that is not plain."""
    fill = shade.get(f"{W}fill", "auto")
    if shade.get(f"{W}val", "clear") not in ("clear", "nil"):
        return None
    return _UNSAID if fill == "auto" or shade.get(f"{W}val") == "nil" else _colour(fill)


def _colour(digits: str) -> Back:
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return None
    return red / 255, green / 255, blue / 255


def _page_colour(body: Any) -> Back:
    root = body.getparent()
    ground: Sequence[Any] = root.findall(f"{W}background") if root is not None else []
    colour = ground[0].get(f"{W}color", "auto") if ground else "auto"
    return _WHITE if colour == "auto" else _colour(colour)
