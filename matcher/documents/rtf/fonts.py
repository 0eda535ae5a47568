"""The tables at the head of an RTF file: how the bytes of each font are encoded, and the colours."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_FONT = re.compile(rb"\\f(\d{1,6})(?![0-9])")
_CHARSET = re.compile(rb"\\(fcharset|cpg)(\d{1,6})")
_COLOUR = re.compile(rb"\\(red|green|blue)(\d{1,3})")
_NOT_NAME = re.compile(rb"\{[^{}]*\}|\\[a-z]+-?\d* ?|[{}\r\n]")
_PICTURES = re.compile(rb"Symbol|Wingdings(?: [23])?|Webdings|(?:ITC )?Zapf ?Dingbats|Font ?Awesome.*", re.IGNORECASE)
_CODECS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437",
}  # fmt: skip
_LONGEST = 500
_OTHER_PAGES = {10000: "mac_roman", 65001: "utf-8", 936: "gb18030"}


@dataclass(frozen=True, slots=True)
class Font:
    """A font: the codec of its bytes ("" for that of the file), and whether its characters are pictures."""

    codec: str = ""
    pictures: bool = False


def fonts_of(table: bytes) -> dict[int, Font]:
    """The fonts of a font table by their numbers."""
    starts = list(_FONT.finditer(table))
    fonts: dict[int, Font] = {}
    for i, match in enumerate(starts):
        told = table[match.end() : starts[i + 1].start() if i + 1 < len(starts) else len(table)]
        given = {name: int(number) for name, number in _CHARSET.findall(told)}
        charset = given.get(b"fcharset", 0)
        codec = (codec_of(given[b"cpg"]) if b"cpg" in given else "") or _CODECS.get(charset, "")
        name = _NOT_NAME.sub(b"", told[:_LONGEST]).split(b";")[0].strip()
        fonts[int(match.group(1))] = Font(codec, _PICTURES.fullmatch(name) is not None)
    return fonts


def codec_of(page: int) -> str:
    """The codec of a Windows code page, or ""."""
    try:
        return codecs.lookup(_OTHER_PAGES.get(page, f"cp{page}")).name
    except LookupError:
        return ""


def colours_of(table: bytes) -> list[tuple[int, int, int] | None]:
    """The colours of a colour table; None for the one that is left to the program."""
    found: list[tuple[int, int, int] | None] = []
    for entry in table.split(b";")[:-1]:
        parts = {name: min(int(value), 255) for name, value in _COLOUR.findall(entry)}
        found.append((parts.get(b"red", 0), parts.get(b"green", 0), parts.get(b"blue", 0)) if parts else None)
    return found
