"""Markdown and the formats that are told by content: read as they are meant, or refused with what to do."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from matcher.documents import read_document
from matcher.documents.formats import Format, told
from matcher.documents.plain import decoded
from matcher.errors import LimitError, UnreadableError


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# Maria\n\n## Skills\n- Excel\n- **Word**\n", "Maria\n\nSkills\n• Excel\n• Word"),
        ("Skills\n------\n* Excel\n", "Skills\n• Excel"),
        ("1. Calls\n2. Chats\n", "1. Calls\n2. Chats"),
        ("Agent\nAcme  \nCebu", "Agent\nAcme\nCebu"),
        ("| Month | CSAT |\n|---|---|\n| May | 91% |\n", "Month\tCSAT\nMay\t91%"),
        ("See [my page](https://example.com) or <https://example.org>", "See my page or https://example.org"),
        ("`SQL` and *R* and ~~Java~~", "SQL and R and Java"),
        ("```\nkept   apart\n```", "kept   apart"),
        ("Caf&eacute; <b>bold</b>", "Café bold"),
        ("5 \\* 3", "5 * 3"),
    ],
)
def test_markdown_is_read_as_it_is_meant(source, text):
    document = read_document(source.encode(), "cv.md")
    assert document.text == text
    assert document.warnings == ()


def test_markdown_headings_and_bold_lines_reach_the_lines():
    document = read_document(b"# Maria\n\n**Skills**\n\nExcel", "cv.markdown")
    assert [(line.bold, line.size) for line in document.lines] == [(True, 24.0), (True, 12.0), (False, 12.0)]


def test_markdown_may_hide_nothing():
    document = read_document(b"Agent\n\n<p style='display:none'>expert</p>\n", "cv.md")
    assert document.text == "Agent"
    assert [notice.text for notice in document.warnings] == ["expert"]


@pytest.mark.parametrize("source", ["[" * 50_000, "> " * 20_000 + "x", "*a " * 50_000, "- " * 20_000 + "x", "x\n" * 400_000])
def test_markdown_beyond_reason_ends(source):
    try:
        assert read_document(source.encode(), "cv.md").text
    except (LimitError, UnreadableError) as error:
        assert "\n" not in str(error)


# ------------------------------------------------------------------------------------------------------------------ formats


def packed(**files: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in files.items():
            package.writestr(name.replace("__", "/"), data)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("data", "name", "code", "words"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "cv.doc", "unknown-format", "soffice --convert-to docx"),
        (OLE + "Workbook".encode("utf-16-le"), "cv.xls", "unknown-format", "Excel"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "cv.ppt", "unknown-format", "PowerPoint"),
        (OLE + "__properties_version1.0".encode("utf-16-le"), "cv.msg", "unknown-format", "attachment"),
        (OLE + "MatOST".encode("utf-16-le"), "cv.wps", "unknown-format", "Works"),
        (OLE, "cv.doc", "unknown-format", "soffice --convert-to docx"),
        (packed(mimetype=b"application/vnd.oasis.opendocument.text"), "cv.odt", "unknown-format", "soffice --convert-to docx"),
        (packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "cv.ods", "unknown-format", "spreadsheet"),
        (packed(xl__workbook=b"x"), "cv.xlsx", "unknown-format", "Excel"),
        (packed(ppt__presentation=b"x"), "cv.pptx", "unknown-format", "PowerPoint"),
        (packed(Index__Document=b"x"), "cv.pages", "unknown-format", "export it to PDF"),
        (b"\\documentclass{article}\\begin{document}Agent", "cv.tex", "unknown-format", "LaTeX"),
        (b"MIME-Version: 1.0", "cv.mht", "unknown-format", "web archive"),
        (b"\xffWPC" + bytes(99), "cv.wpd", "unknown-format", "WordPerfect"),
        (b"\x00\x00\x00\x18ftypmp42", "cv.mp4", "unknown-format", "video"),
        (b"<!DOCTYPE html><p>not found", "cv.pdf", "not-a-pdf", "HTML"),
    ],
)
def test_formats_that_are_not_read_say_what_to_do(data, name, code, words):
    with pytest.raises(UnreadableError, match=words) as caught:
        read_document(data, name)
    assert caught.value.code == code
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"II*\x00", b"RIFF\x10\x00\x00\x00WEBPVP8 ", b"\x00\x00\x00\x18ftypheic"],
)
def test_pictures_are_told_by_their_content(data):
    assert told(data + bytes(99), ".doc") is Format.PICTURE


@pytest.mark.parametrize("text", ["BMW agent, Cebu", "RIFF", "Rar", "MZ", "II* Agent", "{\\ Agent"])
def test_formats_are_not_seen_in_prose(text):
    assert read_document(text.encode(), "cv.txt").text == text


# ----------------------------------------------------------------------------------------------------------- text encodings

WESTERN = "Résumé of José Muñoz – “people person”, café manager\nSkills: Excel, Word\n"
JAPANESE = "履歴書\n氏名 山田太郎\nコールセンターでの顧客対応 2019年4月 - 現在\n" * 2
CHINESE = "简历\n姓名 李伟\n客户服务代表 2019年至今 呼叫中心\n英语 普通话\n" * 2


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(WESTERN, name) for name in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "cp1252", "mac_roman")]
    + [
        ("Résumé of José Muñoz\n", "cp850"),
        ("RÉSUMÉ JOSÉ MUÑOZ", "cp1252"),
        ("RÉSUMÉ JOSÉ MUÑOZ", "mac_roman"),
        ("it’s", "cp1252"),
    ]
    + [(JAPANESE, name) for name in ("shift_jis", "euc_jp", "iso2022_jp", "utf-16-le")]
    + [(CHINESE, name) for name in ("gb18030", "utf-16-be")],
)
def test_text_of_any_encoding_is_decoded(text, encoding):
    assert (decoded(text.encode(encoding)) or "").lstrip("\ufeff") == text
