"""Text as a person reads it: encodings undone, compatibility characters written out.

Every repair of a line can say from which character each of its characters comes, so that positions on the page survive.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import lru_cache

BULLET = "•"
PICTURE = "\ue000"
"""Stands for a character of a picture font or of the private use area: a bullet at a line's start, nothing elsewhere."""

# Characters that a byte 0x80-0xBF turns into when UTF-8 is read as Windows-1252. That code page leaves five bytes open, which
# programs print as a control character or as a zero-width space.
_OPEN_BYTES = b"\x8d\x9d\x8f\x81\x90"
_CONTROLS_1 = "".join(map(chr, range(0x80, 0xA0)))
_LATE = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + "\u200b" + _CONTROLS_1
_TAIL = f"[{re.escape(_LATE)}]"
_SPOILT = re.compile(f"[\xc2-\xdf]{_TAIL}|[\xe0-\xef]{_TAIL}{{2}}|[\xf0-\xf4]{_TAIL}{{3}}")
_LEFT_OVER = re.compile("\xc2+(?=\\s|$)|\xc2\u200b|\xe2\u20ac(?=\\s|$|\\w)")
_SURE = "âï"
"""With these first letters no language writes such a sequence: they need no judgement of ftfy's."""
_LIKELY = "－”●"
"""What a sequence with an open byte most often meant."""

_ALIKE = {
    "\u2010": "-", "\u2011": "-", "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u02bc": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ad": "", "\ufeff": "", "\ufffd": "", "\ufffc": "",
    "\u115f": "", "\u1160": "", "\u2800": " ", "\u3164": " ", "\uffa0": " ",
}  # fmt: skip
_KEPT = ("<super>", "<fraction>")
KEPT = "\u202c\u202e\U000e0000-\U000e007f"
"""Invisible characters, as a range of a pattern, that are no slip: they stay until they have been looked at."""
_LOOKED_AT = re.compile(f"[{KEPT}]")
_VARIANT = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_ACCENTS_ALONE = "\u00a8\u00af\u00b8\u02d8\u02d9\u02da\u02db\u02dc\u02dd"


def printable(name: str) -> str:
    """A name that any output can carry: what cannot be printed (line ends, codes of a terminal) is marked."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)


@lru_cache(maxsize=4096)
def plain_form(char: str) -> str:
    """A character in its plain form: NFKC, straight quotes and hyphens, no invisible characters, spaces as spaces.

    Superscripts (with the trade mark sign) and fractions stay as they are: written out, they would run into the word before them.
    """
    if char in _ALIKE:
        return _ALIKE[char]
    if char in "\t\n" or char in _ACCENTS_ALONE or _LOOKED_AT.match(char):
        return char
    if _VARIANT.match(char):
        return ""
    kind = unicodedata.category(char)
    if kind == "Co":
        return PICTURE
    if kind in ("Cc", "Cf", "Cs", "Cn"):
        return ""
    if kind in ("Zs", "Zl", "Zp"):
        return " "
    return char if unicodedata.decomposition(char).startswith(_KEPT) else unicodedata.normalize("NFKC", char)


def _with_open_byte(text: str) -> str:
    """Decode a spoilt sequence that holds a byte which the code page leaves open; the text itself if nothing fits."""
    fits = []
    for missing in _OPEN_BYTES:
        raw = b"".join(_byte(char, missing) for char in text)
        try:
            fits.append(raw.decode("utf-8"))
        except UnicodeDecodeError:
            continue
    return next((fit for fit in fits if fit in _LIKELY), fits[0] if fits else text)


def _byte(char: str, missing: int) -> bytes:
    if char == "\u200b":
        return bytes([missing])
    return char.encode("latin-1") if ord(char) < 0x100 else char.encode("cp1252")


@lru_cache(maxsize=4096)
def _restored(text: str) -> str:
    """One spoilt sequence as it was meant."""
    if text[0] in _SURE or "\u200b" in text or any(0x80 <= ord(char) < 0xA0 for char in text):
        return _with_open_byte(text)
    from ftfy import fix_encoding

    return fix_encoding(text)


def _replace(text: str, origin: array[int], pattern: re.Pattern[str], meant: str | None) -> tuple[str, array[int]]:
    """Replace each match by `meant` (None: by what it was before it was spoilt), carrying the origins along."""
    pieces: list[str] = []
    places = array("i")
    done = 0
    for match in pattern.finditer(text):
        new = _restored(match.group()) if meant is None else meant
        pieces += [text[done : match.start()], new]
        places.extend(origin[done : match.start()])
        places.extend(origin[match.start()] for _ in new)
        done = match.end()
    if not done:
        return text, origin
    pieces.append(text[done:])
    places.extend(origin[done:])
    return "".join(pieces), places


def mend(text: str) -> tuple[str, array[int]]:
    """Undo wrong decoding and bring a text to plain form; the array holds each new character's index in the old text."""
    origin = array("i", range(len(text)))
    if text.isascii() and text.isprintable():
        return text, origin
    for _ in range(3):  # text may have been spoilt more than once
        before = text
        text, origin = _replace(text, origin, _SPOILT, None)
        if text == before:
            break
    text, origin = _replace(text, origin, _LEFT_OVER, "")
    pieces: list[str] = []
    places = array("i")
    for char, place in zip(text, origin, strict=True):
        form = plain_form(char)
        pieces.append(form)
        places.extend([place] * len(form))
    return "".join(pieces), places


def mended(text: str) -> str:
    """`mend` for text without positions, line ends kept."""
    if text.isascii():
        return "".join(map(plain_form, text)) if _CONTROLS.search(text) else text
    return mend(text)[0]


_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
LEADER = re.compile(r"(?<![ \t])[ \t]*+(?:(?:[._…·]){5,}|(?:[.…·_][ \t]){4,}[.…·_]?)[ \t]*")
"""Dots or a line that lead the eye from a word to what stands far to its right."""
_SPACED = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_]){3,}(?:[ \t]{2,}[^\W\d_](?: [^\W\d_])*)*(?!\S)")
_WORD_GAP = re.compile(r"[ \t]{2,}")


def unled(text: str) -> str:
    """A line without leaders: a tab in their place."""
    return LEADER.sub("\t", text).strip("\t") if "...." in text or "_" in text or ". ." in text else text


def closed(text: str) -> str:
    """A line whose letters are set apart by blanks ("S K I L L S", "W O R K  H I S T O R Y") as words; others as they are."""
    found = _SPACED.match(text.strip())
    if found is None or found.group().casefold() == found.group():
        return text
    words = (word.replace(" ", "").replace("\t", "") for word in _WORD_GAP.split(found.group()))
    return " ".join(words) + text.strip()[found.end() :]


def without_pictures(line: str) -> str:
    """A repaired line as it is printed: a picture at its start is a bullet, others say nothing."""
    line = line.strip()
    if PICTURE not in line:
        return line
    words = _PICTURE.sub("", line).strip()
    return f"{BULLET} {words}" if words and line[0] == PICTURE else words


_PICTURE = re.compile(f"(?<= ){PICTURE} +|{PICTURE}")
