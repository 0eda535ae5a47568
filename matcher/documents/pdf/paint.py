"""What pdfminer's interpreter does not keep: transparency, layers that are switched off, and the state that forms inherit."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter
from pdfminer.pdftypes import PDFObjRef, dict_value, list_value, resolve1, stream_value
from pdfminer.psparser import literal_name

_PLAIN = frozenset({"Normal", "Compatible"})
_OPAQUE = 0.95
CLEAR = 0.06
"""A share of colour below which paint leaves no trace."""


class Clip(NamedTuple):
    """A clipping path, the matrix under which it was drawn, and the one around it."""

    path: Any
    ctm: Any
    outer: Clip | None


class PaintState(PDFGraphicState):
    """pdfminer's graphics state with the share of colour (0..1) that filling and stroking leave.

    `mixed` is true where colours are blended or masked, so that what is painted does not hide what lies below.
    """

    def __init__(self) -> None:
        super().__init__()
        self.fill = 1.0
        self.line = 1.0
        self.mixed = False
        self.clip: Clip | None = None

    def copy(self) -> PaintState:
        """A state of its own with the same values: pdfminer keeps one for each "q"."""
        made = PaintState.__new__(PaintState)
        made.__dict__.update(self.__dict__)
        return made

    @property
    def clear(self) -> bool:
        """True if filling leaves no trace."""
        return self.fill < CLEAR

    @property
    def opaque(self) -> bool:
        """True if what is filled hides what lies below."""
        return self.fill >= _OPAQUE and not self.mixed


class PaintInterpreter(PDFPageInterpreter):
    """pdfminer's interpreter with a `PaintState`; its device has `layers_off`, `hushed` and `outer`."""

    graphicstate: PaintState
    device: Any

    def init_state(self, ctm: Any) -> None:
        """Begin a page, or a form, which inherits the state in which it is drawn."""
        super().init_state(ctm)
        self._tags: list[bool] = []
        self.graphicstate = PaintState()
        if self.device.outer is not None:
            outer, self.textstate.render = self.device.outer
            self.graphicstate = outer.copy()

    def do_gs(self, name: object) -> None:
        """Take the transparency from a parameter dictionary."""
        states = resolve1(self.resources.get("ExtGState"))
        chosen = resolve1(states.get(literal_name(name))) if isinstance(states, dict) else None
        if not isinstance(chosen, dict):
            return
        state = self.graphicstate
        fill, line = resolve1(chosen.get("ca")), resolve1(chosen.get("CA"))
        state.fill = float(fill) if isinstance(fill, (int, float)) else state.fill
        state.line = float(line) if isinstance(line, (int, float)) else state.line
        if "BM" in chosen or "SMask" in chosen:
            state.mixed = _mixes(chosen, state.mixed)

    def do_W(self) -> None:
        """Clip to the path that has just been drawn."""
        self.graphicstate.clip = Clip(self.curpath, self.ctm, self.graphicstate.clip)

    def do_W_a(self) -> None:
        """Clip by the even-odd rule."""
        self.do_W()

    def do_Do(self, name: Any) -> None:
        """Draw a form or an image, unless its layer is switched off."""
        device = self.device
        off, outer = device.hushed, device.outer
        device.outer = (self.graphicstate, self.textstate.render)
        if device.layers_off:
            device.hushed = off or self._is_off(self._content(name).get("OC"))
        try:
            super().do_Do(name)
        finally:
            device.hushed, device.outer = off, outer

    def _content(self, name: Any) -> dict[str, Any]:
        found = self.xobjmap.get(literal_name(name))
        return stream_value(found).attrs if found is not None else {}

    def do_BMC(self, tag: Any) -> None:
        """Begin marked content."""
        self._tags.append(self.device.hushed)

    def do_BDC(self, tag: Any, props: Any) -> None:
        """Begin marked content, which may belong to a layer."""
        device = self.device
        self._tags.append(device.hushed)
        if device.layers_off and literal_name(tag) == "OC":
            named = resolve1(self.resources.get("Properties"))
            device.hushed = device.hushed or (isinstance(named, dict) and self._is_off(named.get(literal_name(props))))

    def do_EMC(self) -> None:
        """End marked content."""
        if self._tags:
            self.device.hushed = self._tags.pop()

    def _is_off(self, layer: object) -> bool:
        """Whether a layer, or a membership of layers under the usual policy ("any on"), is switched off."""
        off: Collection[int] = self.device.layers_off
        if isinstance(layer, PDFObjRef) and layer.objid in off:
            return True
        group = resolve1(layer)
        if not isinstance(group, dict) or "OCGs" not in group or literal_name(group.get("P", "AnyOn")) != "AnyOn":
            return False
        listed = group["OCGs"]
        members = [listed] if isinstance(resolve1(listed), dict) else list_value(listed)
        return bool(members) and all(isinstance(member, PDFObjRef) and member.objid in off for member in members)


def _mixes(chosen: dict[str, Any], before: bool) -> bool:
    """Whether a parameter dictionary blends or masks; `before` is what it was."""
    modes, mask = resolve1(chosen.get("BM")), resolve1(chosen.get("SMask"))
    if isinstance(mask, dict):
        return True
    names = [literal_name(mode) for mode in (modes if isinstance(modes, list) else [modes])] if modes is not None else []
    return names[0] not in _PLAIN if names else before and mask is None


def layers_off(catalog: dict[str, Any]) -> frozenset[int]:
    """Object numbers of the layers that a viewer does not show when it opens the file."""
    properties = resolve1(catalog.get("OCProperties"))
    if not isinstance(properties, dict):
        return frozenset()
    shown = dict_value(properties.get("D", {}))
    off = _ids(shown.get("OFF"))
    if literal_name(shown.get("BaseState", "ON")) == "OFF":
        off |= _ids(properties.get("OCGs")) - _ids(shown.get("ON"))
    return off


def _ids(listed: object) -> frozenset[int]:
    found = resolve1(listed)
    return frozenset(item.objid for item in found if isinstance(item, PDFObjRef)) if isinstance(found, list) else frozenset()
