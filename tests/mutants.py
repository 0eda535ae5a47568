"""Mutants of good files, each told by a number: bits turned, blocks moved, doubled and dropped, words of the format, splices."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

_PDF = """
obj endobj stream endstream xref trailer startxref %%EOF /Length /Filter /FlateDecode /LZWDecode /ASCII85Decode
/ASCIIHexDecode /RunLengthDecode /DecodeParms /Predictor /Columns /Colors /Type /Page /Pages /Kids /Count /Parent
/Contents /Resources /Font /XObject /Form /BBox /Matrix /Subtype /Type0 /Type1 /Type3 /TrueType /CIDFontType2 /ToUnicode
/Encoding /Differences /Widths /FirstChar /W /MediaBox /CropBox /Rotate /UserUnit /ObjStm /XRef /Index /Prev /Root
/Encrypt /Info /Size /ExtGState /SMask /OCG /OC /ca /CA BT ET Tj TJ Tf Tm Td TD Tc Tw Tz TL Tr Ts T* q Q cm re f S W n m
l c h Do BI ID EI BDC EMC gs cs scn rg g sh d0 d1 beginbfrange endbfrange beginbfchar begincmap usecmap << >> [ ] ( ) <
> 0 -1 1 2147483648 99999999999999999999 1e9 .0 null true R
"""
_XML = """
<w:p> </w:p> <w:r> <w:t> <w:tbl> <w:tr> <w:tc> <w:sdt> <w:sdtContent> <w:txbxContent> <w:pict> <w:vanish/> <w:br/>
<w:tab/> <w:gridSpan w:val="-1"/> <w:gridSpan w:val="99999"/> <w:vMerge/> <w:sz w:val="0"/> <w:sz w:val="x"/> <w:numPr/>
<w:ins> <w:del> <w:sectPr/> <w:hyperlink> <w:fldSimple> <w:pStyle w:val="Heading1"/> w:val= r:id="rId99" &amp; &lt; &x;
<![CDATA[ ]]> <!-- --> <?x?> Target="../x" Target="/" ContentType="" xmlns:w="x"
"""
_RTF = r"""
{ } \par \pard \b \b0 \fs0 \fs-1 \uc0 \uc9 \u-1 \u55357 \'e9 \'zz \bin9 \bin999999 \*\x \fonttbl \f99 \f-1 \trowd \cell
\row \cellx-1 \pict \object \field \fldinst \ansicpg0 \ansicpg99999 \deff9 \v \plain \cf1 \colortbl \stylesheet \s1
\sect \page \tab
"""
_HTML = """
<div> </div> <p> <table> <tr> <td colspan=-1> <td colspan=99999 rowspan=99999> <ul> <li> <script> </script> <style> <!--
--> <![CDATA[ <svg> <math> <template> <select> <option> <textarea> <title> <body> <html> <br> <pre> &nbsp; &#0;
&#xFFFFFFFF; &amp < > " ' = style="display:none" <script type="application/ld+json"> {"@type":"JobPosting"} <meta
charset=x>
"""
_MAIL = """
Content-Type: multipart/mixed; boundary=x --x --x-- Content-Transfer-Encoding: base64 quoted-printable message/rfc822
=?utf-8?B?zz?= =3D == filename="a.pdf" filename*=utf-8''%FF Content-Disposition: attachment; charset=none From: Subject:
"""
_TEXT = [
    "\n",
    "\t",
    "•",
    "|",
    "January 2020",
    "Present",
    "- ",
    "\x00",
    "\xff",
    "\u202e",
    "@",
    "https://",
    "+63 917",
    "99",
    "(",
    "%",
]
_WORDS = {".pdf": _PDF.split(), ".docx": _XML.split(), ".rtf": _RTF.split(), ".html": _HTML.split(), ".eml": _MAIL.split()}


@dataclass(frozen=True, slots=True)
class Sample:
    """A good file; `parts` are those of a zip package, which are mutated inside it."""

    name: str
    data: bytes

    @property
    def ending(self) -> str:
        """The ending of its name, with the dot."""
        return self.name[self.name.rindex(".") :]


def mutant(number: int, samples: Sequence[Sample]) -> tuple[str, bytes]:
    """The mutant of a number: its name and bytes, always the same for the same samples."""
    dice = random.Random(number)
    sample = dice.choice(samples)
    others = [other for other in samples if other.ending == sample.ending]
    name = f"{number:07d}-{sample.name}"
    if sample.ending == ".docx" and dice.random() < 0.8:
        return name, _in_package(sample.data, dice, dice.choice(others).data)
    return name, changed(sample.data, dice, dice.choice(others).data, sample.ending)


def changed(data: bytes, dice: random.Random, other: bytes, ending: str) -> bytes:
    """A few changes, one after the other."""
    for _ in range(dice.choice((1, 1, 2, 3, 6, 20))):
        data = _change(data, dice, other, ending)
    return data


def _change(data: bytes, dice: random.Random, other: bytes, ending: str) -> bytes:
    at, size = dice.randrange(len(data) + 1), min(len(data), int(2 ** dice.uniform(0, 11)))
    kind = dice.randrange(9)
    if kind == 0 and at < len(data):
        return data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :]
    if kind == 1:
        return data[:at] + dice.randbytes(min(size, 16)) + data[at + min(size, 16) :]
    if kind == 2:
        return data[:at] + data[at + size :]
    if kind == 3:
        return data[: at + size] + data[at : at + size] * dice.choice((1, 2, 50)) + data[at + size :]
    if kind == 4:
        block, rest = data[at : at + size], data[:at] + data[at + size :]
        to = dice.randrange(len(rest) + 1)
        return rest[:to] + block + rest[to:]
    if kind == 5:
        start = dice.randrange(len(other) + 1)
        return data[:at] + other[start : start + size] + data[at + dice.choice((0, size)) :]
    if kind == 6:
        return data[:at] + other[dice.randrange(len(other) + 1) :]
    word = dice.choice(_WORDS.get(ending, _TEXT)).encode("utf-8", "replace")
    if kind == 7:
        return _number_changed(data, dice, at)
    return data[:at] + b" " * dice.randrange(2) + word + b" " * dice.randrange(2) + data[at + dice.choice((0, len(word))) :]


def _number_changed(data: bytes, dice: random.Random, at: int) -> bytes:
    """Another number in the place of the next one."""
    digits = b"0123456789"
    while at < len(data) and data[at] not in digits:
        at += 1
    end = at
    while end < len(data) and data[end] in digits:
        end += 1
    number = dice.choice((b"0", b"1", b"-1", b"65536", b"2147483648", b"99999999999", b"0.0001", b"%d" % dice.randrange(300)))
    return data[:at] + number + data[end:]


def _in_package(data: bytes, dice: random.Random, other: bytes) -> bytes:
    """A package with one of its parts changed."""
    parts, others = _parts(data), _parts(other)
    name = dice.choice(sorted(parts)) if dice.random() < 0.3 else "word/document.xml"
    parts[name] = changed(parts.get(name, b""), dice, others.get(name, b"x"), ".docx")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(zipfile.ZipInfo(part, (2026, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}
