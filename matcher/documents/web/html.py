"""HTML to a `Document`: blocks, lists, tables and headings as lines; what a browser does not show is left out and reported."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import Any

from matcher.documents.building import Draft, Limits, check_size, document
from matcher.documents.flow import Flow, Look
from matcher.documents.plain import decoded
from matcher.documents.repair import BULLET
from matcher.documents.web.styles import Sheet, Style, names_of, styled
from matcher.errors import LimitError, UnreadableError
from matcher.records import Document, Notice

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_PROLOGUE = re.compile(r"\A\s*<\?xml[^>]{0,500}>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_DEEPEST = 2_000
_MOST_ATTRIBUTES = 500
_MOST_TAGS = 500_000
_START_TAG = re.compile(r"<[A-Za-z](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+")
_LONG = 5_000
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")

_SKIPPED = frozenset({
    "script", "style", "template", "noscript", "head", "title", "meta", "link", "nav", "svg", "math", "iframe", "object",
    "embed", "applet", "audio", "video", "canvas", "map", "select", "datalist", "textarea", "noframes", "frameset",
})  # fmt: skip
"""Elements whose content is no text of the page, or is the way around a site."""
_BLOCKS = frozenset({
    "html", "body", "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
    "hr", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul", "caption",
})  # fmt: skip
_APART = frozenset({"hr", "section", "article", "blockquote", "fieldset"})
"""What comes after these stands apart; what heads them stands with them."""
_LISTS = frozenset({"ul", "ol", "menu", "dir", "dl", "table"})
"""What comes after these stands apart; what heads them stands with them."""
_HEADINGS = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h4": 1.0, "h5": 0.83, "h6": 0.67}
_BOLD = frozenset({"b", "strong", "th", *_HEADINGS})
_FONT_SIZES = {"1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}
_UNSEEN = frozenset({"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "a11y-hidden"})
"""What the widespread style sheets call text that is only read aloud; a saved page often lacks the sheet."""
_FLEX = ("flex", "inline-flex", "grid", "inline-grid")


def read_html(data: bytes, source: str, limits: Limits) -> Document:
    """Read an HTML page; UnreadableError "empty" if it has no text, LimitError "too-deep" if it is nested beyond reason."""
    check_size(len(data), limits)
    text = html_text(data)
    drafts, notices = html_drafts(text, limits)
    if not drafts:
        raise UnreadableError("is a web page without text; open it in a browser and print it to PDF", "empty")
    return document(data, source, drafts, warnings=notices)


def html_text(data: bytes) -> str:
    """The characters of a page by byte order mark, by what it declares, else as any text."""
    match = _CHARSET.search(data[:4096])
    if match and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = match.group(1).decode("ascii").lower()
        try:
            codec = codecs.lookup({"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}.get(name, name)).name
            if not codec.startswith(("utf-16", "utf-32")) and codec != "utf-8":
                return data.decode(codec, "replace")
        except (LookupError, ValueError):
            pass
    text = decoded(data)
    if text is None:
        raise UnreadableError("is neither text nor a known document; save it as PDF or DOCX", "unknown-format")
    return text


def html_drafts(text: str, limits: Limits) -> tuple[list[Draft], list[Notice]]:
    """The lines of a page or of a piece of one, and what is hidden in it; no lines if nothing can be seen."""
    root = parsed(text)
    if root is None:
        return [], []
    walk = _Walk(root, limits)
    walk.run()
    drafts = walk.flow.drafts()
    if not drafts and (title := root.findtext(".//title")) and title.strip():
        drafts = [Draft(" ".join(title.split()))]
    return drafts, walk.flow.notices()


def parsed(text: str) -> Any:
    """The root element of a page, or None if there is nothing; no entity, file or address outside of it is ever followed."""
    from lxml import etree

    _check_tags(text)
    data = _PROLOGUE.sub("", text.replace("\x00", "")).encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError:
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in parser.error_log):
        raise _too_deep()
    return root


def _check_tags(text: str) -> None:
    """Raise LimitError "too-complex" for what would take long: libxml2 compares each attribute of an element with all others."""
    if text.count("<") > _MOST_TAGS:
        raise LimitError(f"has more than {_MOST_TAGS:,} tags; print it to PDF", "too-complex")
    for match in _START_TAG.finditer(text):
        if match.end() - match.start() > _LONG and len(_QUOTED.sub(" ", match.group()).split()) > _MOST_ATTRIBUTES:
            raise LimitError(f"has an element with more than {_MOST_ATTRIBUTES} attributes; print it to PDF", "too-complex")


def _too_deep() -> LimitError:
    return LimitError(f"nests its elements more than {_DEEPEST:,} deep; print it to PDF", "too-deep")


@dataclass(frozen=True, slots=True)
class _Open:
    """An element whose end has not come: its style, and what to do there."""

    element: Any
    style: Style
    block: bool
    apart: bool


class _Walk:
    """One walk over the elements of a page, without recursion."""

    def __init__(self, root: Any, limits: Limits) -> None:
        self.flow = Flow(limits)
        self._root = root
        self._open: list[_Open] = []
        self._numbers: list[int] = []
        self._cells: list[int] = []
        self._sheet = Sheet()
        for element in root.iter("style"):
            if "print" not in (element.get("media") or ""):
                self._sheet.add(element.text or "")

    def run(self) -> None:
        """Feed the whole page to the flow."""
        from lxml import etree

        steps = etree.iterwalk(self._root, events=("start", "end"))
        for event, element in steps:
            if event == "end":
                if self._open and self._open[-1].element is element:
                    self._end(self._open.pop())
                self._tail(element)
            elif not self._start(element):
                steps.skip_subtree()

    @property
    def _style(self) -> Style:
        return self._open[-1].style if self._open else Style()

    def _start(self, element: Any) -> bool:
        """Begin an element; False if nothing inside it is text."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED or element.get("role") == "navigation":
            if tag == "title" or tag == "nav" or element.get("role") == "navigation":
                self.flow.block()
            return False
        if tag == "br":
            self.flow.end_line()
            return False
        if len(self._open) >= _DEEPEST:
            raise _too_deep()
        style = _style_of(element, self._style, self._sheet)
        block = _is_block(tag, style)
        apart = tag in _APART
        if block and tag not in ("td", "th", "tr"):
            self.flow.block(apart or tag in _HEADINGS or (tag == "p" and self.flow.after_prose))
        elif not block:
            self._divide(element, style)
        self._begin(tag, style)
        self._open.append(_Open(element, style, block, apart or (tag in _LISTS and not self._numbers[1:])))
        self._text(element.text, style)
        return True

    def _begin(self, tag: str, style: Style) -> None:
        """What a list, an item, a heading, a row or a cell begins with."""
        if tag in ("ul", "ol", "menu", "dir"):
            self._numbers.append(0 if tag == "ol" else -1)
        elif tag == "li" and style.display != "inline":
            numbered = bool(self._numbers) and self._numbers[-1] >= 0
            if numbered:
                self._numbers[-1] += 1
            mark = f"{self._numbers[-1]}. " if numbered and self._numbers[-1] < 100 else f"{BULLET} "
            self.flow.begin(mark if style.marked else "")
        elif tag in _HEADINGS:
            self.flow.begin("")
        elif tag == "tr":
            self.flow.open_row()
            self._cells.append(0)
        elif tag in ("td", "th") and self._cells:
            self.flow.open_cell()

    def _divide(self, element: Any, style: Style) -> None:
        """Set a tab before an inline element that stands apart though no space is written: chips, a date on the right."""
        if self.flow.ends_blank:
            return
        before = element.getprevious()
        outer = self._open[-1].style if self._open else style
        side_by_side = outer.display in _FLEX and (before is not None or bool((element.getparent().text or "").strip()))
        chip = (
            before is not None
            and not before.tail
            and before.tag == element.tag
            and bool(element.get("class"))
            and before.get("class") == element.get("class")
            and self.flow.last.isalnum()
        )
        if side_by_side or style.floats or (chip and (element.text or "x")[:1].isupper()):
            self.flow.text("\t", Look())

    def _end(self, done: _Open) -> None:
        tag = done.element.tag
        if tag in ("ul", "ol", "menu", "dir"):
            self._numbers.pop()
        if tag in ("td", "th") and self._cells:
            self.flow.close_cell()
        elif tag == "tr":
            self._cells.pop()
            self.flow.close_row()
        elif done.block:
            self.flow.block(done.apart)
        if tag == "li":
            self.flow.begin("")

    def _tail(self, element: Any) -> None:
        if element.tail and element is not self._root:
            self._text(element.tail, self._style)

    def _text(self, text: str | None, style: Style) -> None:
        if not text:
            return
        look = Look(round(style.size, 1), style.bold, style.hidden)
        if style.kept:
            first, *others = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self.flow.text(first, look)
            for line in others:
                self.flow.end_line()
                self.flow.text(line, look)
            return
        text = _BLANKS.sub(" ", text)
        if look.hidden is None and self.flow.ends_blank:
            text = text.lstrip(" ")
        self.flow.text(text, look)


def _is_block(tag: str, style: Style) -> bool:
    shown = style.display
    if shown in ("inline", "inline-block", "inline-flex", "contents") and tag not in ("td", "th", "tr", "table"):
        return False
    return tag in _BLOCKS or shown in ("block", "flex", "grid", "list-item", "table", "table-row", "flow-root")


def _style_of(element: Any, parent: Style, sheet: Sheet) -> Style:
    """The style of an element: what its tag means, what the attributes of old pages say, what the styles declare."""
    tag = element.tag
    base = parent
    if tag in _BOLD:
        base = replace(base, bold=True)
    if tag in _HEADINGS:
        base = replace(base, size=12.0 * _HEADINGS[tag])
    elif tag == "pre":
        base = replace(base, kept=True)
    elif tag in ("small", "big"):
        base = replace(base, size=base.size * (0.83 if tag == "small" else 1.2))
    elif (tag == "dialog" and element.get("open") is None) or not _UNSEEN.isdisjoint((element.get("class") or "").split()):
        base = styled(base, {"display": "none"})
    if element.attrib:
        return styled(base, _old(element) | sheet.said_of(element, names_of(element)))
    return styled(base, sheet.said_of(element, frozenset()) if sheet.rules else {})


def _old(element: Any) -> dict[str, str]:
    """What attributes say that had a meaning before there were styles, and `hidden`."""
    said: dict[str, str] = {}
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        said["display"] = "none"
    if element.get("bgcolor"):
        said["background-color"] = element.get("bgcolor").lower()
    if element.get("background"):
        said["background-image"] = "url(x)"
    if element.tag == "body" and element.get("text"):
        said["color"] = element.get("text").lower()
    if element.tag == "font":
        if element.get("color"):
            said["color"] = element.get("color").lower()
        size = _FONT_SIZES.get((element.get("size") or "").strip())
        if size:
            said["font-size"] = f"{size}pt"
    return said
