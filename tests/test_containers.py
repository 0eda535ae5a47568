"""Mails and zip files are opened for the documents in them, and a hostile one costs its own row and nothing else."""

import struct
import tracemalloc
import zipfile
import zlib
from email.message import EmailMessage
from io import BytesIO

import pytest

from matcher.documents.packed.containers import DEEPEST, MOST_DOCUMENTS, Bounds, contents, member
from matcher.documents.packed.mails import looks_like_mail
from matcher.errors import MatcherError

ENDINGS = frozenset({".pdf", ".docx", ".doc", ".txt", ".html", ".md", ".rar", ".msg", ".7z"})
BOUNDS = Bounds(ENDINGS, 2**20)


def zipped(*members, compression=zipfile.ZIP_DEFLATED):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def mail(*attachments, text="Dear hiring team, please find my resume attached.", html=None):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "jo@example.com", "hr@example.com", "Application"
    if text is not None:
        message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html") if text is not None else message.set_content(html, subtype="html")
    for name, kind, data in attachments:
        maintype, subtype = kind.split("/")
        message.add_attachment(data, maintype=maintype, subtype=subtype, filename=name)
    return bytes(message)


def raw_mail(*lines):
    return "\r\n".join(("From: jo@example.com", "MIME-Version: 1.0", *lines)).encode("utf-8")


def found(data, name="in.zip", bounds=BOUNDS):
    return contents(BytesIO(data), name, bounds)


def sources(data, name="in.zip"):
    return [item.source for item in found(data, name).members]


def read(data, name="in.zip"):
    """What each document holds; errors by their codes."""
    told = {}
    for item in found(data, name).members:
        try:
            told[item.source] = member(BytesIO(data), name, item.inside, BOUNDS.max_bytes)
        except MatcherError as error:
            told[item.source] = error.code
    return told


def code_of(data, name="in.zip"):
    with pytest.raises(MatcherError) as caught:
        found(data, name)
    assert "\n" not in str(caught.value)
    return caught.value.code


# ----------------------------------------------------------------------------------------------------------------- zip files


def test_zip_documents_are_found_by_ending_and_the_rest_is_listed():
    data = zipped(
        ("b.pdf", b"B"), ("sub/a.PDF", b"A"), ("sub/", b""), ("list.xlsx", b"X"), ("__MACOSX/b.pdf", b""), ("~$c.docx", b""),
        (".DS_Store", b""), ("sub/.hidden/x.pdf", b""),
    )  # fmt: skip
    assert read(data) == {"in.zip/b.pdf": b"B", "in.zip/sub/a.PDF": b"A"}
    assert found(data).skipped == (("in.zip/list.xlsx", "no kind of file that is read"),)


def test_zip_order_of_packing_does_not_matter():
    members = [(f"{name}.txt", name.encode()) for name in "cab"]
    assert sources(zipped(*members)) == sources(zipped(*reversed(members))) == ["in.zip/a.txt", "in.zip/b.txt", "in.zip/c.txt"]


def test_zip_two_members_of_one_name_are_both_read():
    with pytest.warns(UserWarning):
        data = zipped(("a.txt", b"one"), ("a.txt", b"two"))
    ways = [item.inside for item in found(data).members]
    assert [member(BytesIO(data), "in.zip", way, 99) for way in ways] == [b"one", b"two"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/evil.txt", "etc/evil.txt"),
        ("/root/evil.txt", "root/evil.txt"),
        ("C:\\Users\\jo\\cv.txt", "C:/Users/jo/cv.txt"),
        ("a/./b//c.txt", "a/b/c.txt"),
        ("two\nlines\x1b[2J.txt", "two�lines�[2J.txt"),
        ("\u202egnp.txt", "�gnp.txt"),
        ("Curriculum Vitæ – José.txt", "Curriculum Vitæ – José.txt"),
        ("x" * 5000 + ".txt", "x" * 187 + "….txt"),
    ],
)
def test_zip_names_are_made_fit_to_be_shown(name, shown):
    assert read(zipped((name, b"text"))) == {f"in.zip/{shown}": b"text"}


def test_zip_names_in_utf8_without_a_mark_are_understood():
    data = zipped(("café.txt", b"text"))
    unmarked = data.replace(b"PK\x03\x04\x14\x00\x00\x08", b"PK\x03\x04\x14\x00\x00\x00")
    unmarked = unmarked.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x08", b"PK\x01\x02\x14\x03\x14\x00\x00\x00")
    assert unmarked != data
    assert sources(unmarked) == ["in.zip/café.txt"]


def test_zip_link_is_no_document():
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    data = zipped((info, b"/etc/passwd"), ("a.txt", b"A"))
    assert read(data) == {"in.zip/a.txt": b"A"}
    assert found(data).skipped == (("in.zip/link.txt", "a link, not a file"),)


def test_zip_of_an_office_program_is_a_document():
    assert found(zipped(("a.txt", b"A")), "cv.pdf") is None, "what is called a document is read as one, or told to be none"
    assert found(zipped(("[Content_Types].xml", b""), ("word/document.xml", b"")), "cv.zip") is None
    assert found(zipped(("mimetype", b"application/epub+zip"), ("a.html", b"")), "book.epub") is None
    inner = zipped(("[Content_Types].xml", b""), ("word/document.xml", b""))
    assert sources(zipped(("cv.docx", inner), ("cv.zip", inner))) == ["in.zip/cv.docx", "in.zip/cv.zip"]


def test_zip_is_known_by_its_content_whatever_its_name():
    data = zipped(("a.txt", b"A"))
    assert sources(data, "-") == ["-/a.txt"]
    assert sources(data, "resumes.bin") == ["resumes.bin/a.txt"]
    assert sources(b"#!stub to unpack itself\n" + data) == ["in.zip/a.txt"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 and nothing of it", "damaged"),
        (b"", "damaged"),
        (zipped(("a.txt", b"A" * 999))[:80], "damaged"),
        (zipped(), "empty-container"),
        (zipped(("a.xlsx", b"A")), "empty-container"),
    ],
    ids=["no zip", "nothing", "cut off", "no members", "no document"],  # the bytes hold the time of day
)
def test_zip_that_cannot_be_read_is_one_line(data, code):
    assert code_of(data) == code


def test_zip_with_a_password_has_a_remedy():
    data = bytearray(zipped(("a.txt", b"A"), ("b.txt", b"B")))
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    assert read(bytes(data)) == {"in.zip/a.txt": "encrypted", "in.zip/b.txt": b"B"}


def test_zip_member_with_a_wrong_checksum_is_damaged():
    data = bytearray(zipped(("a.txt", b"AAAA"), ("b.txt", b"B"), compression=zipfile.ZIP_STORED))
    data[data.index(b"AAAA")] = 66
    assert read(bytes(data)) == {"in.zip/a.txt": "damaged", "in.zip/b.txt": b"B"}


def test_zip_member_packed_in_an_unknown_way_is_told():
    data = bytearray(zipped(("a.txt", b"A")))
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.index(mark) + offset, 99)
    assert read(bytes(data)) == {"in.zip/a.txt": "unknown-format"}


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_zip_bomb_is_not_unpacked(compression):
    data = zipped(("a.txt", bytes(30 * 2**20)), compression=compression)
    tracemalloc.start()
    assert read(data) == {"in.zip/a.txt": "too-large"}
    assert tracemalloc.get_traced_memory()[1] < 2**20
    tracemalloc.stop()


@pytest.mark.parametrize("claimed", [10, 2**32 - 2])
def test_zip_that_lies_about_sizes_is_damaged_or_too_large(claimed):
    data = bytearray(zipped(("a.txt", bytes(30 * 2**20))))
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, claimed)
    assert read(bytes(data)) == {"in.zip/a.txt": "damaged" if claimed == 10 else "too-large"}


def test_zip_that_lies_in_its_large_fields_is_told():
    """A size of 2**60 bytes in the field for large files, and a directory that begins beyond the end."""
    info = zipfile.ZipInfo("a.txt")
    data = bytearray(zipped((info, b"A")))
    central, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    struct.pack_into("<L", data, central + 24, 2**32 - 1)
    struct.pack_into("<H", data, central + 30, 12)
    lie = struct.pack("<HHQ", 1, 8, 2**60)
    changed = data[: central + 46 + 5] + lie + data[central + 46 + 5 :]
    struct.pack_into("<L", changed, end + len(lie) + 12, struct.unpack_from("<L", data, end + 12)[0] + len(lie))
    assert read(bytes(changed)) == {"in.zip/a.txt": "too-large"}
    beyond = bytearray(zipped(("a.txt", b"A")))
    struct.pack_into("<L", beyond, beyond.index(b"PK\x05\x06") + 16, 2**31)
    try:
        assert read(bytes(beyond)) == {"in.zip/a.txt": "damaged"}
    except MatcherError as error:
        assert error.code == "damaged"


def overlapping(count, size):
    """Many entries that share one compressed stream: each is harmless, all together are many gigabytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = packer.compress(bytes(size)) + packer.flush()
    body = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(bytes(size)), len(stream), size, 5, 0) + b"a.txt"
    sizes = zlib.crc32(bytes(size)), len(stream), size
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, 8, 0, 0, *sizes, 5, 0, 0, 0, 0, 0, 0) + b"a.txt"
    central = entry * count
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(central), len(body) + len(stream), 0)
    return body + stream + central + end


def test_zip_all_that_is_unpacked_has_a_limit():
    told = found(overlapping(200, 2**20))
    assert len(told.members) == 50
    (rest,) = told.unread
    assert (rest.source, rest.code) == ("in.zip", "too-many-documents")
    assert "150 were not read; unpack it and give the folder" in rest.message


@pytest.mark.parametrize("count", [5000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_zip_of_very_many_members_is_read_up_to_the_limit(count):
    data = zipped(*((f"{number:06}.{'txt' if number % 2 else 'xml'}", b"") for number in range(count)))
    told = found(data)
    assert len(told.members) == MOST_DOCUMENTS
    assert told.members[0].source == "in.zip/000001.txt"
    assert [item.code for item in told.unread] == ["too-many-documents"]
    assert f"{count // 2 - MOST_DOCUMENTS:,} were not read" in told.unread[0].message
    assert len(told.skipped) < 300
    assert told.skipped[-1] == ("in.zip", f"{count // 2 - 200:,} further files in it")


def nested(depth, data=b"text"):
    return ("cv.txt", data) if not depth else (f"{depth}.zip", zipped(nested(depth - 1, data)))


def test_zip_in_a_zip_is_opened_to_a_small_depth():
    assert sources(zipped(nested(DEEPEST - 1))) == ["in.zip/2.zip/1.zip/cv.txt"]
    told = found(zipped(nested(DEEPEST), ("a.txt", b"A")))
    (deep,) = told.unread
    assert (deep.source, deep.code) == ("in.zip", "too-deep")
    assert "at in.zip/3.zip/2.zip/1.zip; unpack it first" in deep.message
    assert [item.source for item in told.members] == ["in.zip/a.txt"]


def test_zip_of_zips_of_zips_ends_at_the_limit():
    """Like 42.zip: sixteen in each, six deep."""
    data = zipped(("0.txt", bytes(2**20)))
    for _ in range(5):
        data = zipped(*((f"{number:02}.zip", data) for number in range(16)))
    told = found(data)
    assert not told.members
    assert [(item.source, item.code) for item in told.unread] == [("in.zip", "too-many-documents"), ("in.zip", "too-deep")]
    assert " and 936 more" in told.unread[1].message
    wide = zipped(*((f"{number:03}.zip", zipped(*((f"{n}.txt", b"") for n in range(100)))) for number in range(100)))
    assert len(found(wide).members) < MOST_DOCUMENTS
    assert [item.code for item in found(wide).unread] == ["too-many-documents"]


def test_zip_that_holds_itself_is_not_opened_for_ever():
    one = zipped(("a.txt", b"A"))
    told = found(zipped(("r.zip", zipped(("r.zip", zipped(("r.zip", one)))))))
    assert [item.code for item in told.unread] == ["too-deep"]


def test_zip_damaged_or_locked_container_inside_costs_itself_only():
    locked = bytearray(zipped(("a.txt", b"A")))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    data = zipped(("a.txt", b"A"), ("b.zip", b"PK\x03\x04"), ("c.zip", bytes(locked)), ("d.zip", b"Rar!\x1a\x07\x00"))
    told = found(data)
    assert [(item.source, item.code) for item in told.unread] == [
        ("in.zip/b.zip", "damaged"),
        ("in.zip/d.zip", "unknown-format"),
    ]
    assert read(data) == {"in.zip/a.txt": b"A", "in.zip/c.zip/a.txt": "encrypted"}


def test_zip_every_truncation_is_told_or_read():
    data = zipped(("a.txt", b"A" * 50), ("b.zip", zipped(("c.txt", b"C"))))
    for length in range(len(data)):
        assert code_of(data[:length]) == "damaged"


# --------------------------------------------------------------------------------------------------------------------- mails


def test_mail_attachments_are_documents_and_its_words_are_not():
    data = mail(("cv.pdf", "application/pdf", b"%PDF-"), ("logo.png", "image/png", b"\x89PNG"), ("me.vcf", "text/vcard", b"x"))
    assert read(data, "m.eml") == {"m.eml/cv.pdf": b"%PDF-"}
    assert found(data, "m.eml").skipped == (
        ("m.eml/body", "the words around the attachments"),
        ("m.eml/logo.png", "no kind of file that is read"),
        ("m.eml/me.vcf", "no kind of file that is read"),
    )


def test_mail_without_a_document_is_itself_the_document():
    signature = ("smime.p7s", "application/pkcs7-signature", b"0")
    told = read(mail(signature, text="Five years in a call centre.\nKłopoty", html="<p>Five</p>"), "m.eml")
    assert told == {"m.eml/body": "\ufeffFive years in a call centre.\nKłopoty\n".encode()}
    assert read(mail(text=None, html="<p>Five years</p>"), "m.eml") == {"m.eml/body.html": "\ufeff<p>Five years</p>\n".encode()}


def test_mail_with_blank_words_and_nothing_else_is_told():
    assert code_of(mail(text="   "), "m.eml") == "empty-container"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('Content-Disposition: attachment; filename="cv.pdf"', "cv.pdf"),
        ("Content-Disposition: attachment; filename*=UTF-8''R%C3%A9sum%C3%A9.pdf", "Résumé.pdf"),
        ("Content-Disposition: attachment; filename*0=long; filename*1=name.pdf", "longname.pdf"),
        ('Content-Disposition: attachment; filename="=?utf-8?B?UsOpc3Vtw6kucGRm?="', "Résumé.pdf"),
        ('Content-Disposition: attachment; filename="..\\..\\a/b/cv.pdf"', "cv.pdf"),
        ('Content-Disposition: attachment; filename="CV_J.Example"', "CV_J.Example.pdf"),
        ("Content-Disposition: attachment", "attachment-1.pdf"),
        ("X-Nothing: said", "attachment-1.pdf"),
    ],
)
def test_mail_names_of_attachments(header, name):
    data = raw_mail(
        "Content-Type: multipart/mixed; boundary=x", "", "--x", "Content-Type: application/pdf", header, "", "P", "--x--"
    )
    assert read(data, "m.eml") == {f"m.eml/{name}": b"P"}


@pytest.mark.parametrize("kind", ["application/octet-stream", "application/x-unheard-of"])
def test_mail_attachment_of_no_kind_is_known_by_how_it_begins(kind):
    assert sources(mail(("resume", kind, b"%PDF-1.4")), "m.eml") == ["m.eml/resume.pdf"]
    assert sources(mail(("resume", kind, b"\x00\x01")), "m.eml") == ["m.eml/body"]


def test_mail_picture_is_a_document_only_if_it_is_all_that_was_attached():
    bounds = Bounds(ENDINGS | {".jpg"}, 2**20)
    scan, resume = ("scan.jpg", "image/jpeg", b"\xff\xd8"), ("cv.pdf", "application/pdf", b"%PDF-")
    inline = mail(scan).replace(b"Content-Disposition: attachment", b"Content-Disposition: inline")
    named = {
        key: [item.source for item in found(data, "m.eml", bounds).members]
        for key, data in {"alone": mail(scan), "beside": mail(scan, resume), "inline": inline}.items()
    }
    assert named == {"alone": ["m.eml/scan.jpg"], "beside": ["m.eml/cv.pdf"], "inline": ["m.eml/body"]}
    assert ("m.eml/scan.jpg", "a picture beside the documents or words") in found(mail(scan, resume), "m.eml", bounds).skipped


@pytest.mark.parametrize(
    ("part", "remedy"),
    [
        (("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22"), "ordinary files"),
        (("winmail.dat", "application/octet-stream", b"\x78\x9f\x3e\x22"), "ordinary files"),
        (("smime.p7m", "application/pkcs7-mime", b"0"), "save the attachments"),
    ],
)
def test_mail_sealed_attachment_is_told_and_the_words_are_not_read_in_its_place(part, remedy):
    told = found(mail(part), "m.eml")
    assert not told.members
    assert [item.code for item in told.unread] == ["sealed"]
    assert remedy in told.unread[0].message


def test_mail_in_a_mail_and_zip_in_a_mail_are_opened():
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "jo@example.com", "My resume"
    inner.set_content("See attached.")
    inner.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="cv.pdf")
    outer = EmailMessage()
    outer["From"] = "hr@example.com"
    outer.set_content("Please look at these.")
    outer.add_attachment(inner)
    outer.add_attachment(zipped(("b.txt", b"B")), maintype="application", subtype="zip", filename="more.zip")
    data = bytes(outer)
    assert read(data, "m.eml") == {"m.eml/My resume.eml/cv.pdf": b"%PDF-", "m.eml/more.zip/b.txt": b"B"}
    assert read(zipped(("m.eml", data))) == {f"in.zip/{name}": value for name, value in read(data, "m.eml").items()}


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("iso-8859-1", "Café 5 años".encode("latin-1"), "Café 5 años"),
        ("x-unheard-of", "Café 5 años".encode(), "Café 5 años"),
        ("us-ascii", "Café 5 años".encode(), "Café 5 años"),
        ("utf-16", "Café 5 años".encode("utf-16"), "Café 5 años"),
    ],
)
def test_mail_words_in_odd_sets_of_characters(charset, data, text):
    import base64

    head = f"Content-Type: text/plain; charset={charset}", "Content-Transfer-Encoding: base64", ""
    told = read(raw_mail(*head, base64.b64encode(data).decode()), "m.eml")
    assert told["m.eml/body"].decode("utf-8-sig") == text


@pytest.mark.parametrize(
    ("encoding", "body", "data"),
    [
        ("base64", "JVBE!!\u00e9Ri0=\r\n===", b"%PDF-"),
        ("base64", "JVBERi0", b"%PDF-"),
        ("quoted-printable", "%PDF=ZZ-=", b"%PDF=ZZ-"),
        ("x-unheard-of", "%PDF-", b"%PDF-"),
    ],
)
def test_mail_damaged_attachments_are_read_as_far_as_they_are_sound(encoding, body, data):
    part = "Content-Type: application/pdf; name=a.pdf", f"Content-Transfer-Encoding: {encoding}", "", body
    told = read(raw_mail("Content-Type: multipart/mixed; boundary=x", "", "--x", *part, "--x--"), "m.eml")
    assert told["m.eml/a.pdf"].startswith(data)


@pytest.mark.parametrize("head", ["Content-Type: multipart/mixed", "Content-Type: multipart/mixed; boundary=wrong"])
def test_mail_that_does_not_say_where_its_parts_begin(head):
    part = "Content-Type: application/pdf; name=a.pdf", "", "%PDF-"
    data = raw_mail(head, "", "--right", "Content-Type: text/plain", "", "Hello", "--right", *part, "--right--", "")
    assert read(data, "m.eml") == {"m.eml/a.pdf": b"%PDF-"}


def test_mail_of_deep_nesting_or_many_parts_is_told():
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n" for i in range(1500))
    assert code_of(f"From: jo@example.com\r\n{deep}".encode(), "m.eml") == "damaged"
    many = raw_mail("Content-Type: multipart/mixed; boundary=x", "", *["--x", "", "a"] * 5100, "--x--")
    assert code_of(many, "m.eml") == "too-many-parts"


def test_mail_over_the_limit_is_told():
    assert code_of(raw_mail("", "x" * 2**22), "m.eml") == "too-large"


def test_mail_every_truncation_is_told_or_read():
    data = mail(("cv.pdf", "application/pdf", b"%PDF-1.4 and more"), text="Hello", html="<p>Hello")
    for length in range(0, len(data), 9):
        try:
            read(data[:length], "m.eml")
        except MatcherError as error:
            assert error.code in ("damaged", "empty-container")


@pytest.mark.parametrize(
    ("head", "is_mail"),
    [
        (b"Received: from x\r\n by y\r\nFrom: Jo <jo@example.com>\r\n\r\nHi", True),
        (b"MIME-Version: 1.0\nfrom: jo@example.com\n\nHi", True),
        (b"From: 2019\nTo: 2021\nAgent\n\nText", False),
        (b"Name: Jo\nMIME-Version: 1.0\n\nText", False),
        (b"From: a\nReceived: calls\nAnswered calls\n\n", False),
        (b"", False),
    ],
)
def test_mail_without_a_name_is_known_by_its_headers(head, is_mail):
    assert looks_like_mail(head) is is_mail
    assert (found(head, "-") is not None) is is_mail


def test_mail_named_so_and_none_is_told():
    assert code_of(b"just\nsome words", "m.eml") in ("damaged",)


# -------------------------------------------------------------------------------------------------------------- other packing


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "RAR archive; unpack it first"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "7z archive; unpack it first"),
        ("a.tar.gz", b"\x1f\x8b\x08", "packed with gzip; unpack it first"),
        ("a.tar", b"a" * 257 + b"ustar\x00", "tar archive; unpack it first"),
        ("a.tar.bz2", b"BZh91AY", "packed with bzip2; unpack it first"),
        ("a.tar.xz", b"\xfd7zXZ\x00", "packed with xz; unpack it first"),
        ("a.zip", b"Rar!\x1a\x07\x01\x00", "RAR archive"),
        ("a.msg", OLE + bytes(600), "save it as .eml"),
        ("-", OLE + bytes(6000) + "__substg1.0_0037001F".encode("utf-16-le"), "save it as .eml"),
        ("a.mbox", b"From jo@example.com\nFrom: jo@example.com\n\nHi", "save the mails one by one"),
        ("winmail.dat", b"\x78\x9f\x3e\x22", "ordinary files"),
    ],
)
def test_what_is_not_opened_says_what_to_do(name, data, words):
    with pytest.raises(MatcherError, match=words):
        found(data, name)


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.doc", "a.docx", "a", "-"])
@pytest.mark.parametrize("data", [b"", b"words", b"%PDF-1.4", OLE + bytes(99), b"{}"])
def test_other_files_are_no_containers(name, data):
    assert found(data, name) is None


@pytest.mark.parametrize(("deep", "code"), [(5, "empty-container"), (100, "damaged")])
def test_parts_in_parts_without_a_boundary_are_not_guessed_for_ever(deep, code):
    head = "Content-Type: multipart/mixed\r\n\r\n"
    data = "From: a@example.com\r\n" + head + "".join(f"--b{i}\r\n{head}" for i in range(deep)) + "words\r\n" * 1000
    with pytest.raises(MatcherError) as raised:
        contents(BytesIO(data.encode()), "m.eml", BOUNDS)
    assert raised.value.code == code
