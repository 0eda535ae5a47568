"""The control words of RTF that the reader knows, by what they do."""

from __future__ import annotations

from matcher.documents.repair import BULLET

CHARACTERS = {
    b"tab": "\t", b"bullet": BULLET, b"emdash": "—", b"endash": "–", b"lquote": "'", b"rquote": "'", b"ldblquote": '"',
    b"rdblquote": '"', b"emspace": " ", b"enspace": " ", b"qmspace": " ",
}  # fmt: skip
SYMBOLS = {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
SILENT = frozenset({
    b"stylesheet", b"info", b"pict", b"fldinst", b"shprslt", b"nonshppict", b"nonesttables", b"sp", b"listtable",
    b"listoverridetable", b"rsidtbl", b"generator", b"themedata", b"datastore", b"latentstyles", b"xmlnstbl", b"filetbl",
    b"revtbl", b"annotation", b"atnid", b"atnauthor", b"atndate", b"atnref", b"tc", b"xe", b"txe", b"rxe", b"bkmkstart",
    b"bkmkend", b"pn", b"pnseclvl", b"ftnsep", b"ftnsepc", b"ftncn", b"aftnsep", b"aftnsepc", b"aftncn", b"private",
    b"template", b"password", b"objclass", b"objname", b"objdata", b"datafield", b"formfield", b"colorschememapping",
    b"mmathPr", b"pgptbl", b"listname", b"leveltext", b"levelnumbers", b"panose", b"falt",
})  # fmt: skip
"""Groups that hold no text of the document; so do those that begin with a star and are not known here."""
HEADS = frozenset({b"header", b"headerl", b"headerr", b"headerf"})
FEET = frozenset({b"footer", b"footerl", b"footerr", b"footerf", b"footnote"})
WRAPPERS = frozenset({b"shpinst", b"do", b"object", b"upr"})
"""Groups without text of their own but for an inner group of `WRAPPED`."""
WRAPPED = frozenset({b"shptxt", b"dptxbxtext", b"result", b"ud"})
BOXES = frozenset({b"shptxt", b"dptxbxtext"})
MARKERS = frozenset({b"listtext", b"pntext"})
SWITCHES = {b"b": "bold", b"v": "unseen", b"deleted": "deleted"}
NUMBERS = {
    b"fs": ("size", 24), b"cf": ("colour", 0), b"cb": ("shade", 0), b"chcbpat": ("shade", 0), b"highlight": ("shade", 0),
    b"cbpat": ("beneath", 0), b"f": ("font", 0), b"uc": ("fallback", 1),
}  # fmt: skip
"""What they set, and to what where no number is given."""
PAGES = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}
