"""Invented PDF files that mean harm, or look like it: each a builder with what may become of it."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable
from io import BytesIO

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
HELLO = b"BT /F1 12 Tf 50 700 Td (Answered calls of customers) Tj ET"
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 600 700] "
MEBI = 2**20


def build(objects: dict[int, bytes], *, trailer: bytes = b"", head: bytes = b"%PDF-1.5\n") -> bytes:
    """A PDF of numbered objects; "@XREF" in the trailer stands for the place of the table."""
    body, places = bytearray(head), {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    size, start = max(objects) + 1, len(body)
    rows = (b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(1, size))
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(rows)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(body) + table + end % (size, trailer.replace(b"@XREF", b"%d" % start), start)


def stream(data: bytes, more: bytes = b"") -> bytes:
    return raw_stream(zlib.compress(data, 9), more + b"/Filter /FlateDecode")


def raw_stream(data: bytes, more: bytes = b"", length: bytes | None = None) -> bytes:
    return b"<< /Length %s %s >>\nstream\n" % (length or b"%d" % len(data), more) + data + b"\nendstream"


def page(
    res: bytes = b"/Font << /F1 5 0 R >>", box: bytes = b"[0 0 612 792]", contents: bytes = b"4 0 R", extra: bytes = b""
) -> bytes:
    return b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents %s /Resources << %s >> %s >>" % (box, contents, res, extra)


def with_objects(more: dict[int, bytes], content: bytes = HELLO, **options: bytes) -> bytes:
    """One page; `more` adds or replaces objects (1 catalogue, 2 pages, 3 page, 4 content, 5 font)."""
    return build({1: CATALOG, 2: PAGES, 3: page(**options), 4: stream(content), 5: FONT} | more)


def drawn(content: bytes, **options: bytes) -> bytes:
    return with_objects({}, content, **options)


def font(spec: bytes, more: dict[int, bytes] | None = None, content: bytes = HELLO) -> bytes:
    return with_objects({5: b"<< /Type /Font " + spec + b" >>"} | (more or {}), content)


def composite(spec: bytes, more: dict[int, bytes] | None = None) -> bytes:
    """A page in a composite font of which `spec` is the descendant's part."""
    system = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    inner = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X %s %s >>" % (system, spec)
    outer = b"/Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R]"
    return font(outer, {6: inner} | (more or {}))


# ------------------------------------------------------------------------------------------------------------ what unpacks


def blown(size: int, unit: bytes = b" ") -> bytes:
    """So many bytes, deflated without ever being held."""
    packer, block = zlib.compressobj(9), unit * (MEBI // len(unit))
    return b"".join(packer.compress(block) for _ in range(size // MEBI)) + packer.flush()


def filtered(data: bytes, filters: bytes, more: bytes = b"") -> bytes:
    return with_objects({4: raw_stream(data, b"/Filter [%s] " % filters + more)})


def cascade() -> bytes:
    data = blown(64 * MEBI)
    for _ in range(9):
        data = zlib.compress(data, 9)
    return filtered(data.hex().encode() + b">", b"/ASCIIHexDecode " + b"/FlateDecode " * 10)


def lzw_bomb(codes: int = 60_000) -> bytes:
    """Each code stands for one letter more than the one before."""
    bits, width, entries = ["100000000"], 9, 258
    bits.append(format(32, "09b"))
    for _ in range(codes):
        bits.append(format(min(entries, 4094), f"0{width}b"))
        entries += 1
        width = 12 if entries >= 2047 else 11 if entries >= 1023 else 10 if entries >= 511 else 9
    text = "".join(bits)
    return int(text.ljust(-(-len(text) // 8) * 8, "0"), 2).to_bytes(-(-len(text) // 8), "big")


def damaged_flate(size: int) -> bytes:
    """A large stream that is spoilt near its end."""
    data = bytearray(zlib.compress(random.Random(5).randbytes(size), 1))
    data[-2000:-1990] = b"\xff" * 10
    return with_objects({4: raw_stream(bytes(data), b"/Filter /FlateDecode")})


# ------------------------------------------------------------------------------------------------------------ pages, forms


def pages(count: int, same: bool = False) -> bytes:
    objects = {1: CATALOG, 4: stream(HELLO), 5: FONT, 9: page()}
    numbers = [9] * count if same else list(range(10, 10 + count))
    objects[2] = b"<< /Type /Pages /MediaBox [0 0 612 792] /Kids [%s] /Count %d >>" % (
        b" ".join(b"%d 0 R" % n for n in numbers),
        count,
    )
    return build(objects | {n: b"<</Type/Page/Parent 2 0 R>>" for n in numbers if n != 9})


def page_tree(kids: Callable[[int], bytes], depth: int) -> bytes:
    objects = {1: CATALOG} | {2 + i: b"<< /Type /Pages /Kids [%s] /Count 1 >>" % kids(3 + i) for i in range(depth)}
    return build(objects | {2 + depth: page(contents=b"%d 0 R" % (3 + depth)), 3 + depth: stream(HELLO)})


def forms(depth: int, calls: int) -> bytes:
    """Forms that each draw the next one so many times."""
    objects = {4: stream(b"/X Do"), 3: page(res=b"/XObject << /X 10 0 R >>")}
    for i in range(depth):
        inside = FORM + b"/Resources << /XObject << /X %d 0 R >> >> " % (11 + i)
        objects[10 + i] = stream(b"/X Do " * calls, inside)
    objects[10 + depth] = stream(b"BT /F1 8 Tf 50 50 Td (again) Tj ET", FORM + b"/Resources << /Font << /F1 5 0 R >> >> ")
    return with_objects(objects)


def form_loop(length: int) -> bytes:
    objects = {4: stream(HELLO + b" /X Do"), 3: page(res=b"/Font << /F1 5 0 R >> /XObject << /X 10 0 R >>")}
    for i in range(length):
        target = 10 + (i + 1) % length
        objects[10 + i] = stream(b"/X Do", FORM + b"/Resources << /XObject << /X %d 0 R >> >> " % target)
    return with_objects(objects)


def repeated_form(size: int, calls: int) -> bytes:
    inner = stream(b"0 0 m 9 9 l S\n" * (size // 14), FORM)
    return with_objects({3: page(res=b"/Font << /F1 5 0 R >> /XObject << /X 10 0 R >>"), 10: inner}, HELLO + b" /X Do" * calls)


# -------------------------------------------------------------------------------------------------------------------- text


def scattered(count: int, wide: int = 600, high: int = 780, size: float = 6) -> bytes:
    words, dice = [b"call", b"customer", b"agent", b"billing", b"e-mail"], random.Random(1)
    rows = (
        b"1 0 0 1 %d %d Tm (%s) Tj\n" % (dice.randrange(wide), dice.randrange(high), dice.choice(words)) for _ in range(count)
    )
    return drawn(b"BT /F1 %g Tf\n" % size + b"".join(rows) + b"ET", box=b"[0 0 %d 792]" % wide)


def one_row(count: int) -> bytes:
    rows = b"".join(b"1 0 0 1 %d 700 Tm (call) Tj\n" % (i * 40) for i in range(count))
    return drawn(b"BT /F1 8 Tf\n" + rows + b"ET", box=b"[0 0 %d 792]" % (40 * count))


def shapes_and_words(shape: bytes, count: int, words: int = 4000) -> bytes:
    dice = random.Random(2)
    drawing = b"".join(shape % (dice.randrange(600), dice.randrange(780)) for _ in range(count))
    text = b"".join(b"1 0 0 1 %d %d Tm (call) Tj\n" % (dice.randrange(600), dice.randrange(780)) for _ in range(words))
    return drawn(drawing + b"\nBT /F1 6 Tf\n" + text + b"ET")


def to_unicode(body: bytes, content: bytes = HELLO) -> bytes:
    head = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
    return font(b"/Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R", {6: stream(head + body + b" endcmap")}, content)


def truetype(groups: int, last: int) -> bytes:
    """A font whose table of letters claims ranges of thousands of millions."""
    table = struct.pack(">HHHHI", 0, 1, 3, 10, 12) + struct.pack(">HHIII", 12, 0, 16 + 12 * groups, 0, groups)
    table += struct.pack(">III", 0, last, 0) * groups
    head = struct.pack(">4sHHHH", b"\0\1\0\0", 1, 16, 0, 16) + struct.pack(">4sLLL", b"cmap", 0, 28, len(table))
    return composite(b"/FontDescriptor 7 0 R", {7: b"<< /Type /FontDescriptor /FontFile2 8 0 R >>", 8: stream(head + table)})


# --------------------------------------------------------------------------------------------------------- cross-reference


def xref_stream(entries: bytes, more: bytes, objects: dict[int, bytes] | None = None) -> bytes:
    """A file whose cross-reference is a stream; what `entries` say need not be true."""
    body = b"%PDF-1.5\n" + b"".join(b"%d 0 obj\n" % n + c + b"\nendobj\n" for n, c in (objects or {}).items())
    start = len(body)
    body += b"99 0 obj\n" + raw_stream(entries, b"/Type /XRef /Root 1 0 R " + more) + b"\nendobj\n"
    return body + b"startxref\n%d\n%%%%EOF\n" % start


def object_stream_loop(extends: bool) -> bytes:
    """Two object streams, each said to lie in the other (or to extend it)."""
    more = b"/Extends %d 0 R " if extends else b""
    objects = {
        n: raw_stream(
            b"1 0 2 40 << /Type /Catalog /Pages 2 0 R >>     << /Type /Pages /Kids [] >>",
            b"/Type /ObjStm /N 2 /First 9 " + (more % (n ^ 1) if extends else b""),
        )
        for n in (10, 11)
    }
    entries = b"".join(struct.pack(">BHB", 2, 10 if n % 2 else 11, n % 2) for n in range(12))
    return xref_stream(entries, b"/Size 12 /W [1 2 1] ", objects)


def canvas(lines: list[str], **options: object) -> bytes:
    out = BytesIO()
    sheet = Canvas(out, invariant=1, **options)
    text = sheet.beginText(60, 780)
    for line in lines:
        text.textLine(line)
    sheet.drawText(text)
    sheet.showPage()
    sheet.save()
    return out.getvalue()


SHORT = ["Rowena Example", "Customer Service Representative", "January 2021 to March 2024", "Answered 80 inbound calls a day"]


def locked(password: str) -> bytes:
    return canvas(SHORT, encrypt=StandardEncryption(password, ownerPassword="owner", strength=128))


DAMAGED, SLOW = {"damaged"}, {"too-slow", "too-much-memory"}
READ, BLANK = {"read"}, {"no-text-layer"}
TOO_MUCH = {"too-complex", "too-long"}
Case = tuple[Callable[[], bytes], set[str]]

LOOPS: dict[str, Case] = {
    "self-length.pdf": (lambda: with_objects({4: raw_stream(HELLO, length=b"4 0 R")}), READ),
    "length-ring.pdf": (lambda: with_objects({4: raw_stream(HELLO, length=b"6 0 R"), 6: b"7 0 R", 7: b"6 0 R"}), READ),
    "negative-length.pdf": (lambda: with_objects({4: raw_stream(HELLO, length=b"-5")}), READ | BLANK | DAMAGED),
    "reference-ring.pdf": (lambda: with_objects({5: b"6 0 R", 6: b"7 0 R", 7: b"5 0 R"}), READ | DAMAGED),
    "root-ring.pdf": (lambda: build({1: b"2 0 R", 2: b"1 0 R"}), DAMAGED | {"zero-pages"}),
    "kids-ring.pdf": (lambda: with_objects({2: b"<< /Type /Pages /Kids 6 0 R >>", 6: b"7 0 R", 7: b"6 0 R"}), READ),
    "xref-loop.pdf": (lambda: build({1: CATALOG, 2: PAGES, 3: page(), 4: stream(HELLO), 5: FONT}, trailer=b"/Prev @XREF"), READ),
    "xref-stream-loop.pdf": (
        lambda: build({1: CATALOG, 2: PAGES, 3: page(), 4: stream(HELLO), 5: FONT}, trailer=b"/XRefStm @XREF"),
        READ,
    ),
    "object-stream-loop.pdf": (lambda: object_stream_loop(False), DAMAGED | {"zero-pages"}),
    "extends-loop.pdf": (lambda: object_stream_loop(True), DAMAGED | {"zero-pages"}),
    "page-tree-loop.pdf": (
        lambda: build({1: CATALOG, 2: PAGES, 3: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 5 >>"}),
        {"zero-pages"},
    ),
    "page-tree-deep.pdf": (lambda: page_tree(lambda n: b"%d 0 R" % n, 30_000), DAMAGED),
    "page-tree-exponential.pdf": (lambda: page_tree(lambda n: b"%d 0 R %d 0 R" % (n, n), 25), READ | BLANK),
    "parent-loop.pdf": (
        lambda: with_objects({2: b"<< /Type /Pages /Kids [3 0 R] /Parent 3 0 R >>"}),
        READ,
    ),
    "page-labels-exponential.pdf": (
        lambda: with_objects(
            {1: b"<< /Type /Catalog /Pages 2 0 R /PageLabels 10 0 R >>", 40: b"<< /Nums [0 << /S /R >>] >>"}
            | {n: b"<< /Kids [%d 0 R %d 0 R] >>" % (n + 1, n + 1) for n in range(10, 40)}
        ),
        READ,
    ),
    "page-labels-roman.pdf": (
        lambda: with_objects({1: b"<< /Type /Catalog /Pages 2 0 R /PageLabels << /Nums [0 << /S /R /St 999999999999 >>] >> >>"}),
        READ,
    ),
    "form-self.pdf": (lambda: form_loop(1), READ),
    "form-ring.pdf": (lambda: form_loop(5), READ),
    "form-chain.pdf": (lambda: forms(400, 1), READ | DAMAGED | TOO_MUCH),
    "form-exponential.pdf": (lambda: forms(25, 2), TOO_MUCH),
    "form-wide.pdf": (lambda: forms(4, 60), TOO_MUCH),
    "form-repeated.pdf": (lambda: repeated_form(100_000, 5_000), TOO_MUCH | SLOW),
    "contents-many.pdf": (
        lambda: drawn(b"BT /F1 8 Tf 50 700 Td (call) Tj ET\n", contents=b"[" + b"4 0 R " * 200_000 + b"]"),
        TOO_MUCH | {"too-long"},
    ),
    "font-descends-from-itself.pdf": (lambda: font(b"/Subtype /Type0 /BaseFont /X /DescendantFonts [5 0 R]"), DAMAGED | READ),
}

BOMBS: dict[str, Case] = {
    "flate-bomb.pdf": (lambda: filtered(blown(1024 * MEBI), b"/FlateDecode"), TOO_MUCH),
    "flate-bomb-double.pdf": (lambda: filtered(zlib.compress(blown(1024 * MEBI), 9), b"/FlateDecode /FlateDecode"), TOO_MUCH),
    "flate-cascade.pdf": (cascade, TOO_MUCH),
    "flate-many.pdf": (
        lambda: with_objects(
            {n: raw_stream(blown(24 * MEBI), b"/Filter /FlateDecode") for n in range(10, 60)},
            contents=b"[" + b" ".join(b"%d 0 R" % n for n in range(10, 60)) + b"]",
        ),
        TOO_MUCH,
    ),
    "lzw-bomb.pdf": (lambda: filtered(lzw_bomb(), b"/LZWDecode"), TOO_MUCH),
    "runlength-bomb.pdf": (
        lambda: filtered(zlib.compress(b"\x81 " * (8 * MEBI), 9), b"/FlateDecode /RunLengthDecode"),
        TOO_MUCH,
    ),
    "crypt-unknown-filter.pdf": (lambda: filtered(HELLO, b"/Unheard"), DAMAGED),
    "predictor-columns.pdf": (
        lambda: filtered(zlib.compress(HELLO), b"/FlateDecode", b"/DecodeParms << /Predictor 12 /Columns 2147483648 >>"),
        TOO_MUCH | DAMAGED,
    ),
    "predictor-negative.pdf": (
        lambda: filtered(zlib.compress(HELLO), b"/FlateDecode", b"/DecodeParms << /Predictor 2 /Columns -7 /Colors 99999 >>"),
        READ | BLANK | DAMAGED,
    ),
    "flate-spoilt.pdf": (lambda: damaged_flate(3 * MEBI), BLANK | DAMAGED),
    "object-stream-bomb.pdf": (
        lambda: xref_stream(
            b"".join(struct.pack(">BHB", *e) for e in ((0, 0, 0), (2, 10, 0), (1, 9, 0))),
            b"/Size 3 /W [1 2 1] /Index [0 2 10 1] ",
            {10: raw_stream(blown(20 * MEBI, b"0 "), b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode ")},
        ),
        TOO_MUCH | DAMAGED | {"zero-pages"},
    ),
    "xref-stream-range.pdf": (lambda: xref_stream(b"", b"/Size 2000000000 /W [0 0 0] "), DAMAGED | {"zero-pages"}),
    "xref-huge-size.pdf": (lambda: drawn(HELLO).replace(b"xref\n0 6", b"xref\n0 2000000000"), READ),
    "text-bomb-short.pdf": (
        lambda: drawn(b"BT /F1 8 Tf 50 700 Td\n" + b"(call) Tj\n" * 900_000 + b"ET"),
        {"too-long"} | TOO_MUCH,
    ),
    "text-bomb-long.pdf": (lambda: drawn(b"BT /F1 8 Tf 50 700 Td (" + b"customers " * 200_000 + b") Tj ET"), {"too-long"}),
    "text-bomb-glyph-name.pdf": (
        lambda: font(
            b"/Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [65 /%s] >>" % b"_".join([b"a"] * 60_000),
            content=b"BT /F1 12 Tf 50 700 Td (" + b"A" * 5000 + b") Tj ET",
        ),
        READ | {"too-long"},
    ),
    "text-bomb-unicode.pdf": (
        lambda: to_unicode(
            b"1 beginbfchar <41> <" + b"0041" * 60_000 + b"> endbfchar", b"BT /F1 12 Tf 50 700 Td (" + b"A" * 5000 + b") Tj ET"
        ),
        READ | {"too-long"},
    ),
    "pages-200000.pdf": (lambda: pages(200_000), {"too-many-pages"}),
    "pages-same.pdf": (lambda: pages(300_000, same=True), {"too-many-pages"} | READ),
    "pages-120.pdf": (lambda: pages(120), {"too-many-pages"}),
}

NESTING: dict[str, Case] = {
    "deep-array.pdf": (lambda: drawn(b"[" * 200_000 + b"]" * 200_000 + b" TJ"), BLANK | DAMAGED),
    "deep-dictionary.pdf": (lambda: with_objects({5: b"<< /A " * 100_000 + b"1" + b" >>" * 100_000}), READ | DAMAGED),
    "deep-state.pdf": (lambda: drawn(b"q " * 400_000 + HELLO + b" Q" * 400_000), READ | TOO_MUCH),
    "deep-brackets.pdf": (
        lambda: drawn(b"BT /F1 12 Tf (" + b"(" * 200_000 + b"x" + b")" * 200_000 + b") Tj ET"),
        READ | BLANK | DAMAGED | TOO_MUCH,
    ),
    "deep-tags.pdf": (lambda: drawn(b"/P << /MCID 1 >> BDC " * 100_000 + HELLO), READ | TOO_MUCH),
    "scattered-20000.pdf": (lambda: scattered(20_000), READ | TOO_MUCH),
    "scattered-60000.pdf": (lambda: scattered(60_000), READ | TOO_MUCH),
    "scattered-wide.pdf": (lambda: scattered(60_000, wide=14_000), READ | TOO_MUCH),
    "one-row.pdf": (lambda: one_row(60_000), READ | TOO_MUCH),
    "bullets-and-words.pdf": (lambda: shapes_and_words(b"%d %d 3 3 re f\n", 100_000), READ | TOO_MUCH),
    "rules-and-words.pdf": (lambda: shapes_and_words(b"%d %d 1 30 re f\n", 100_000), READ | TOO_MUCH),
    "lines-and-words.pdf": (lambda: shapes_and_words(b"%d %d 90 1 re f\n", 100_000), READ | TOO_MUCH),
    "boxes-and-words.pdf": (lambda: shapes_and_words(b"%d %d 30 30 re f 1 g\n", 30_000, 20_000), READ | BLANK | TOO_MUCH | SLOW),
    "path-endless.pdf": (lambda: drawn(b"0 0 m " + b"9 9 l 1 1 l " * 500_000 + b"f " + HELLO), READ | TOO_MUCH | SLOW),
    "image-open.pdf": (lambda: drawn(b"BI /W 10 /H 10 ID " + b"\x00E" * 1_500_000), BLANK | DAMAGED | TOO_MUCH | SLOW),
}

LIES: dict[str, Case] = {
    "widths-range.pdf": (lambda: composite(b"/W [0 2000000000 500]"), READ | BLANK | TOO_MUCH),
    "widths-vertical-range.pdf": (
        lambda: composite(b"/W2 [0 2000000000 -1000 250 772]").replace(b"/Identity-H", b"/Identity-V"),
        READ | BLANK | TOO_MUCH | DAMAGED,
    ),
    "widths-no-numbers.pdf": (
        lambda: font(b"/Subtype /TrueType /BaseFont /X /FirstChar -1000000000 /LastChar 2147483648 /Widths [(a) null << >> 1e9]"),
        READ | DAMAGED,
    ),
    "letters-range.pdf": (lambda: to_unicode(b"1 beginbfrange <00000000> <7fffffff> <0041> endbfrange"), READ | TOO_MUCH),
    "letters-cid-range.pdf": (lambda: to_unicode(b"1 begincidrange <00000000> <7fffffff> 0 endcidrange"), READ | TOO_MUCH),
    "letters-use-themselves.pdf": (lambda: to_unicode(b"/Identity-H usecmap /X usecmap /../../../etc/passwd usecmap"), READ),
    "truetype-ranges.pdf": (lambda: truetype(50, 0x7FFFFFFF), READ | BLANK | SLOW),
    "number-infinite.pdf": (
        lambda: drawn(b"BT /F1 12 Tf 1 0 0 1 " + b"9" * 400 + b".0 1 Tm (hello agent) Tj ET"),
        READ | BLANK | DAMAGED,
    ),
    "number-endless.pdf": (
        lambda: drawn(b"BT /F1 12 Tf 1 0 0 1 " + b"9" * 5000 + b" 1 Tm (hello agent) Tj ET"),
        READ | BLANK | DAMAGED,
    ),
    "number-nan.pdf": (
        lambda: drawn(b"%s 0 0 0 0 0 cm 0 0 0 %s 0 0 cm " % (b"9" * 309 + b".0", b"9" * 309 + b".0") + HELLO),
        READ | BLANK | DAMAGED,
    ),
    "box-huge.pdf": (lambda: drawn(HELLO, box=b"[0 0 %s %s]" % (b"9" * 300, b"9" * 300)), READ),
    "box-infinite.pdf": (lambda: drawn(HELLO, box=b"[0 0 %s.0 %s.0]" % (b"9" * 400, b"9" * 400)), READ | BLANK | DAMAGED),
    "box-nonsense.pdf": (lambda: drawn(HELLO, box=b"[(a) null /B 3]"), READ),
    "box-upside-down.pdf": (lambda: drawn(HELLO, box=b"[612 792 0 0]"), READ | BLANK),
    "rotate-45.pdf": (lambda: drawn(HELLO, extra=b"/Rotate 45 /UserUnit 100000"), READ),
    "rotate-nonsense.pdf": (lambda: drawn(HELLO, extra=b"/Rotate (left) /UserUnit /x /CropBox [1]"), READ | DAMAGED),
    "font-infinite.pdf": (
        lambda: drawn(b"BT /F1 %s Tf 2 0 0 2 0 0 Tm (hello agent) Tj ET" % (b"9" * 308)),
        READ | BLANK | DAMAGED,
    ),
    "matrix-zero.pdf": (lambda: drawn(b"BT /F1 12 Tf 0 0 0 0 0 0 Tm (hello agent) Tj ET"), BLANK),
    "operands-of-wrong-kinds.pdf": (
        lambda: drawn(b"/F1 (12) Tf [1] << >> m (a) Td /x Tc null g (1) (2) rg 1 2 3 4 5 /P scn << /a [ >> ] " + HELLO),
        READ | BLANK | DAMAGED,
    ),
}

DISGUISES: dict[str, Case] = {
    "locked.pdf": (lambda: locked("secret"), {"encrypted"}),
    "locked-for-owner.pdf": (lambda: locked(""), READ),
    "locked-unknown.pdf": (
        lambda: build(
            {1: CATALOG, 2: PAGES, 3: page(), 4: stream(HELLO), 5: FONT}, trailer=b"/Encrypt << /Filter /Mine /V 77 >>"
        ),
        {"encrypted"},
    ),
    "locked-nonsense.pdf": (
        lambda: build(
            {1: CATALOG, 2: PAGES, 3: page(), 4: stream(HELLO), 5: FONT},
            trailer=b"/Encrypt << /Filter /Standard /V 5 /R 6 /O (x) /U () /P 9 /Length 999999999 >>",
        ),
        {"encrypted", "damaged"},
    ),
    "no-root.pdf": (lambda: build({1: b"<< >>"}), {"zero-pages", "damaged"}),
    "random.pdf": (lambda: random.Random(3).randbytes(300_000), {"not-a-pdf"}),
    "random-with-head.pdf": (lambda: b"%PDF-1.7\n" + random.Random(4).randbytes(2_000_000), DAMAGED | {"zero-pages"}),
    "head-without-lines.pdf": (lambda: b"%PDF-1.7 " + b"x" * (8 * MEBI), DAMAGED | SLOW),
    "objects-only.pdf": (
        lambda: b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n<< /A %d 0 R >>\nendobj\n" % (i, i) for i in range(200_000)),
        DAMAGED | SLOW,
    ),
    "objects-unclosed.pdf": (lambda: b"%PDF-1.7\n" + b"1 0 obj\n<< /A [ " * 300_000, DAMAGED | SLOW),
    "streams-unclosed.pdf": (lambda: b"%PDF-1.7\n" + b"1 0 obj\n<< >> stream\n" * 100_000, DAMAGED),
    "half.pdf": (lambda: canvas(SHORT)[:700], DAMAGED | READ | BLANK | {"zero-pages"}),
    "web-page.pdf": (lambda: b"<html><body>Customer service</body></html>", {"not-a-pdf"}),
    "nothing.pdf": (lambda: b"", {"empty"}),
    "nothing-but-zeros.pdf": (lambda: bytes(100_000), {"empty"}),
}

PDFS: dict[str, Case] = LOOPS | BOMBS | NESTING | LIES | DISGUISES
