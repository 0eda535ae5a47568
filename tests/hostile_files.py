"""Invented files of other kinds that mean harm: DOCX, text, RTF, web pages, job posts, role files, mail, archives, pictures."""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
import zlib

from hostile_pdf import MEBI, SHORT, Case, blown, canvas

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="%s"/>'
    "</Relationships>"
)
NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RUN = "<w:r><w:t>Answered calls of customers</w:t></w:r>"
PARAGRAPH = f"<w:p>{RUN}</w:p>"


def body(inside: str, before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<w:document {NAMES}><w:body>{inside}</w:body></w:document>'


def package(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def docx(document: str, more: dict[str, str | bytes] | None = None, target: str = "word/document.xml") -> bytes:
    parts = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS % target, "word/document.xml": document}
    return package(parts | (more or {}))


def stored_deflated(name: str, packed: bytes, size: int, claimed: int | None = None) -> bytes:
    """A zip archive of one file whose packed bytes are given, and which may lie about its size."""
    told = size if claimed is None else claimed
    head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, len(packed), told, len(name), 0)
    local = b"PK\x03\x04" + head + name.encode() + packed
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + head[:26] + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name.encode()
    return local + entry + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(local), 0)


def raw_deflated(size: int) -> bytes:
    return blown(size)[2:-4]


def nested_zip(depth: int) -> bytes:
    data = package({"resume.txt": "\n".join(SHORT)})
    for _ in range(depth):
        data = package({"inner.zip": data, "again.zip": data})
    return data


def laughs() -> str:
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    return body("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>')


def outside(path: str) -> str:
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{path}">]>'
    return body("<w:p><w:r><w:t>Answered calls &e; of customers</w:t></w:r></w:p>", entity)


def tables(depth: int, wide: int = 1) -> str:
    return body("<w:tbl><w:tr><w:tc>" * depth + PARAGRAPH * wide + "</w:tc></w:tr></w:tbl>" * depth)


def boxes(depth: int) -> str:
    """Text boxes inside text boxes."""
    return body("<w:p><w:r><w:pict><w:txbxContent>" * depth + PARAGRAPH + "</w:txbxContent></w:pict></w:r></w:p>" * depth)


def properties() -> str:
    return '<?xml version="1.0"?><p><title>' + "stuffed " * (8 * MEBI // 8) + "</title></p>"


def bytes_of(text: str) -> bytes:
    return text.encode()


def long_line(unit: str, size: int = 450_000) -> bytes:
    return (unit * (size // len(unit))).encode()


def post(inside: str) -> bytes:
    return f'{{"id": "a", "title": "Agent", "text": {inside}}}\n'.encode()


def role(lines: str) -> bytes:
    return f"title: Agent\nfamilies: [voice]\n{lines}\n".encode()


def aliases() -> bytes:
    """A role file of nine lines whose last one stands for a thousand million words."""
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    return role("\n".join(lines) + "\nrequirements: *a9")


def mail(parts: list[str], depth: int = 0) -> bytes:
    head = "From: a@example.com\nTo: b@example.com\nSubject: Resume\nMIME-Version: 1.0\n"
    if not depth:
        return (head + "\n" + "\n".join(parts)).encode()
    text = "".join(f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n' for i in range(depth))
    return (head + text + "Content-Type: text/plain\n\n" + "\n".join(parts)).encode()


def png(wide: int, high: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", blown(64 * MEBI, b"\0")) + chunk(b"IEND", b"")


READ, LARGE, LONG, DAMAGED = {"read"}, {"too-large"}, {"too-long"}, {"damaged"}
SLOW = {"too-slow", "too-much-memory"}
UNKNOWN = {"unknown-format"}
BAD_ROLE = {"bad-input"}

DOCX: dict[str, Case] = {
    "entities-exponential.docx": (lambda: docx(laughs()), DAMAGED),
    "entity-of-a-file.docx": (lambda: docx(outside("file:///etc/hostname")), READ | DAMAGED),
    "entity-of-a-device.docx": (lambda: docx(outside("file:///dev/zero")), READ | DAMAGED),
    "entity-of-the-web.docx": (lambda: docx(outside("http://localhost:9/x")), READ | DAMAGED),
    "zip-bomb.docx": (lambda: docx(body(" " * 90 * MEBI + PARAGRAPH)), LARGE),
    "zip-bomb-of-pictures.docx": (
        lambda: docx(body(PARAGRAPH), {f"word/media/{i}.png": bytes(9 * MEBI) for i in range(12)}),
        LARGE,
    ),
    "zip-that-lies.docx": (
        lambda: stored_deflated("word/document.xml", raw_deflated(600 * MEBI), 600 * MEBI, 1000),
        DAMAGED | LARGE,
    ),
    "properties-gigantic.docx": (lambda: docx(body(PARAGRAPH), {"docProps/core.xml": properties()}), READ | LARGE),
    "tables-deep.docx": (lambda: docx(tables(20_000)), DAMAGED | {"too-complex"}),
    "tables-200.docx": (lambda: docx(tables(200)), READ | DAMAGED | {"too-complex"}),
    "tables-60-wide.docx": (lambda: docx(tables(60, 400)), READ | {"too-complex"}),
    "boxes-deep.docx": (lambda: docx(boxes(60)), READ | {"too-complex"} | SLOW),
    "runs-many.docx": (
        lambda: docx(body(f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * 400_000}</w:p>")),
        READ | LONG | LARGE | SLOW | {"too-complex"},
    ),
    "runs-empty.docx": (
        lambda: docx(body(f"<w:p>{'<w:r/>' * 1_000_000}</w:p>" + PARAGRAPH)),
        READ | LARGE | SLOW | {"too-complex"},
    ),
    "paragraphs-of-blanks.docx": (
        lambda: docx(body(f"<w:p><w:r><w:t xml:space='preserve'>a{' ' * 3900}....b</w:t></w:r></w:p>" * 120)),
        READ,
    ),
    "paragraphs-many.docx": (lambda: docx(body(PARAGRAPH * 100_000)), LONG | LARGE | SLOW),
    "cells-many.docx": (
        lambda: docx(body(f"<w:tbl><w:tr>{f'<w:tc>{PARAGRAPH}</w:tc>' * 4_000}</w:tr></w:tbl>")),
        READ | SLOW | {"too-complex"},
    ),
    "cells-spanned.docx": (
        lambda: docx(
            body(f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>{PARAGRAPH}</w:tc></w:tr></w:tbl>')
        ),
        READ | SLOW | DAMAGED | {"too-complex"},
    ),
    "parts-missing.docx": (lambda: package({"word/document.xml": body(PARAGRAPH)}), DAMAGED),
    "target-missing.docx": (lambda: docx(body(PARAGRAPH), target="word/nowhere.xml"), DAMAGED),
    "target-outside.docx": (lambda: docx(body(PARAGRAPH), target="../../../etc/passwd"), DAMAGED),
    "body-missing.docx": (lambda: docx(f"<w:document {NAMES}/>"), DAMAGED | {"no-text-layer"}),
    "another-root.docx": (lambda: docx("<x/>"), DAMAGED),
    "half.docx": (lambda: (data := docx(body(PARAGRAPH * 50)))[: len(data) // 2], DAMAGED | UNKNOWN),
    "resume-pdf.docx": (lambda: canvas(SHORT), READ),
    "random.docx": (lambda: b"PK\x03\x04" + random.Random(8).randbytes(200_000), DAMAGED),
}

TEXT: dict[str, Case] = {
    "one-line.txt": (lambda: long_line("customer service "), READ),
    "one-word.txt": (lambda: long_line("a"), READ),
    "beyond-all-length.txt": (lambda: long_line("customer service ", 3_000_000), LONG),
    "many-lines.txt": (lambda: long_line("Answered inbound calls\n"), READ),
    "dates.txt": (lambda: long_line("January 2020 to March 2021 Agent, "), READ),
    "dates-lines.txt": (lambda: long_line("Agent\nJanuary 2020 - March 2021\n"), READ),
    "digits.txt": (lambda: long_line("0917 555 0123 "), READ),
    "mail-like.txt": (lambda: long_line("a@a."), READ),
    "mail-dots.txt": (lambda: long_line("a.") + b"@", READ),
    "brackets.txt": (lambda: long_line("("), READ),
    "dots.txt": (lambda: long_line("."), READ),
    "slashes.txt": (lambda: long_line("a/"), READ),
    "dashes.txt": (lambda: long_line("1-"), READ),
    "ands.txt": (lambda: long_line("English and "), READ),
    "bullets.txt": (lambda: long_line("• "), READ | {"empty"}),
    "tabs.txt": (lambda: long_line("a\t"), READ),
    "blanks.txt": (lambda: b"a" + long_line(" ") + b"a", READ),
    "empty-lines.txt": (lambda: b"a" + long_line("\n") + b"a", READ),
    "commas.txt": (lambda: long_line("Excel, "), READ),
    "capitals.txt": (lambda: long_line("SKILLS\n"), READ),
    "web.txt": (lambda: long_line("www."), READ),
    "marks-stacked.txt": (lambda: ("a" + "\u0301" * 200_000).encode(), READ),
    "spoilt-encoding.txt": (lambda: ("â€™" * 100_000).encode(), READ | {"empty"}),
    "random.txt": (lambda: random.Random(9).randbytes(1_000_000), UNKNOWN),
    "utf16-odd.txt": (lambda: b"\xff\xfe" + b"a\x00" * 20 + b"\xd8", READ | UNKNOWN),
    "utf32-nonsense.txt": (lambda: b"\xff\xfe\x00\x00" + b"\xff" * 4000, READ | UNKNOWN | {"empty"}),
    "references.txt": (lambda: long_line("&#99999999999;"), READ | {"empty"}),
    "legacy.txt": (lambda: b"R\xe9sum\xe9 of a caf\xe9 agent\n" * 20_000, READ),
}

MARKUP: dict[str, Case] = {
    "deep.html": (
        lambda: b"<html>" + b"<div>" * 100_000 + b"customer service" + b"</div>" * 100_000,
        READ | DAMAGED | {"too-complex", "too-deep"} | LONG,
    ),
    "tags-open.html": (lambda: b"<html>" + b"<b>" * 150_000 + b"agent", READ | DAMAGED | {"too-complex", "too-deep"} | LONG),
    "brackets.html": (lambda: b"<html>" + b"<" * 400_000, READ | DAMAGED | {"empty"} | LONG),
    "tables-deep.html": (
        lambda: b"<html>" + b"<table><tr><td>" * 30_000 + b"agent",
        READ | DAMAGED | {"too-complex", "too-deep"} | LONG,
    ),
    "comment-open.html": (lambda: b"<html><p>agent of customers</p>" + b"<!--" * 100_000, READ | DAMAGED | LONG),
    "attributes.html": (lambda: b"<html><p " + b"a=1 " * 100_000 + b">agent of customers</p>", READ | {"too-complex"}),
    "deep.rtf": (
        lambda: b"{\\rtf1 " + b"{" * 200_000 + b"agent" + b"}" * 200_000 + b"}",
        READ | DAMAGED | {"too-complex", "too-deep", "empty"},
    ),
    "words.rtf": (lambda: b"{\\rtf1 " + b"\\b0\\par agent " * 30_000 + b"}", READ | DAMAGED | LONG),
    "binary.rtf": (lambda: b"{\\rtf1 \\bin999999999 agent of customers}", READ | DAMAGED | {"empty", "no-text-layer"}),
    "unicode.rtf": (
        lambda: b"{\\rtf1 \\uc999999 \\u-99999999 ? agent \\'zz \\u55357 ? \\'8}",
        READ | DAMAGED | {"empty", "no-text-layer"},
    ),
    "deep.md": (lambda: b"> " * 40_000 + b"agent of customers", READ | {"empty"}),
    "brackets.md": (lambda: b"[" * 100_000 + b"agent", READ),
    "emphasis.md": (lambda: b"*a _b " * 40_000, READ),
    "links.md": (lambda: b"[a](" * 60_000, READ),
    "lists.md": (lambda: b"".join(b"  " * (i % 300) + b"- agent\n" for i in range(1500)), READ),
    "ticks.md": (lambda: b"".join(b"`" * (i % 600) + b"a" for i in range(1500)), READ),
}

POSTS: dict[str, Case] = {
    "post-deep.jsonl": (lambda: post("[" * 100_000), DAMAGED),
    "post-keys-twice.jsonl": (lambda: b'{"text": "a", "text": "Answer calls of customers", "id": 1, "id": [[2]]}\n', READ),
    "post-number-huge.jsonl": (lambda: b'{"text": "Answer calls of customers", "id": ' + b"9" * 100_000 + b"}\n", READ | DAMAGED),
    "post-not-a-number.jsonl": (lambda: b'{"text": "Answer calls", "id": NaN, "title": Infinity}\n', READ),
    "post-half-letter.jsonl": (lambda: b'{"text": "Answer calls \\ud800 of customers \\udfff", "title": "\\ud83d"}\n', READ),
    "post-lines.jsonl": (lambda: b"{}\n" * 500, {"empty"}),
    "post-long.jsonl": (lambda: post(json.dumps("customer service " * 200_000)), LONG),
    "post-aliases.yaml": (aliases, BAD_ROLE | SLOW),
    "post-number.yaml": (lambda: role("min_months: " + "9" * 20_000), BAD_ROLE | READ),
    "post-dates.yaml": (lambda: role("a: 99999-99-99\nb: 2026-13-45\nc: 1:59:59:59:59"), BAD_ROLE | READ),
    "post-tags.yaml": (lambda: role('a: !!python/object/apply:os.system ["true"]'), BAD_ROLE),
    "post-deep.yaml": (lambda: role("requirements: " + "{all: [" * 3000), BAD_ROLE | SLOW),
    "post-keys.yaml": (lambda: role("? [[a]]\n: b\n? {c: d}\n: e"), BAD_ROLE),
    "post-itself.yaml": (lambda: role("requirements: &r\n  all: [*r, *r]"), BAD_ROLE),
    "post-random.yaml": (lambda: random.Random(10).randbytes(20_000), BAD_ROLE),
}

OTHERS: dict[str, Case] = {
    "parts-deep.eml": (lambda: mail(SHORT, 3000), READ | UNKNOWN | DAMAGED | {"empty"}),
    "head-endless.eml": (lambda: b"From: a@example.com\nSubject: " + b"x" * 400_000 + b"\n\nAnswered calls", READ | UNKNOWN),
    "nested.zip": (lambda: nested_zip(12), UNKNOWN | READ | LARGE | {"too-complex", "too-deep", "too-many-files", "unreadable"}),
    "bomb.zip": (
        lambda: stored_deflated("resume.txt", raw_deflated(1024 * MEBI), 1024 * MEBI),
        UNKNOWN | LARGE | LONG | DAMAGED | READ,
    ),
    "bomb-that-lies.zip": (
        lambda: stored_deflated("resume.txt", raw_deflated(1024 * MEBI), 1024 * MEBI, 500),
        UNKNOWN | LARGE | LONG | DAMAGED | READ,
    ),
    "names.zip": (
        lambda: package({f"../../{'a' * 200}/{i}.txt": "x" for i in range(5000)}),
        UNKNOWN | READ | {"too-many-documents"},
    ),
    "picture-huge.png": (lambda: png(60_000, 60_000), UNKNOWN | LARGE | {"no-text-layer", "too-complex", "damaged"}),
    "picture-cut.png": (lambda: png(100, 100)[:200], UNKNOWN | {"no-text-layer", "damaged"}),
    "nothing.jpg": (lambda: b"\xff\xd8\xff", UNKNOWN | {"no-text-layer", "damaged"}),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), UNKNOWN),
}

FILES: dict[str, Case] = DOCX | TEXT | MARKUP | POSTS | OTHERS
