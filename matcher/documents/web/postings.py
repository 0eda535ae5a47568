"""Job posts kept as data: one a line (`.jsonl`), or schema.org JobPosting as JSON-LD, in a file of its own or in a web page."""

from __future__ import annotations

import codecs
import html
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import PurePath
from typing import Any

from matcher.documents.building import DEFAULT_LIMITS, Draft, Limits, check_size, document
from matcher.documents.formats import Format, told
from matcher.documents.plain import decoded, text_document, text_drafts
from matcher.documents.repair import mended, printable
from matcher.documents.web.postingtext import field_text, labelled, listed, named, requirements
from matcher.errors import MatcherError, UnreadableError
from matcher.records import Document, Notice

JOB_LINES = ".jsonl"
"""Ending of the files that `read_job_lines` reads."""

Post = tuple[str, Document | MatcherError]
"""What a post goes by in its file, and its text or why it cannot be read."""

_DATA = (".json", ".jsonld")
_FIELDS = ("title", "company", "location")
_TYPE = "JobPosting"
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_ESCAPED = re.compile(r"&lt;/?[a-zA-Z]")
_ASKED = "Requirements"
_SECTIONS = (
    ("Responsibilities", ("responsibilities",)),
    ("Qualifications", ("qualifications",)),
    ("Skills", ("skills",)),
    (_ASKED, ()),
    ("Benefits", ("jobBenefits", "benefits", "incentiveCompensation", "incentives")),
)
"""Headings, and the properties below them."""
_SHORT = 80
"""With a description of fewer characters the page around it says more."""


def read_posts(
    data: bytes, source: str, *, limits: Limits = DEFAULT_LIMITS, keep_joined: frozenset[str] = frozenset(), pages: bool = True
) -> Iterator[Post] | None:
    """The job posts of a file that holds them as data; None if it is a document like others. Raises MatcherError.

    Web pages are looked into unless `pages` is false. Standard input ("-") has no ending: its content tells. A post that is
    the only one goes by the name of its file.
    """
    ending = PurePath(source).suffix.lower()
    if ending == JOB_LINES or (source == "-" and is_job_lines(data)):
        return read_job_lines(data, source, limits=limits, keep_joined=keep_joined)
    if ending not in _DATA and _TYPE.encode() not in data.replace(b"\x00", b""):
        return None
    check_size(len(data), limits)
    if ending in _DATA or (source == "-" and data.lstrip(codecs.BOM_UTF8 + b" \t\r\n")[:1] in (b"{", b"[")):
        return _from_data(data, source, limits, keep_joined)
    if pages and told(data, ending) is Format.HTML:
        return _from_page(data, source, limits, keep_joined)
    return None


def read_job_lines(
    data: bytes, source: str, *, limits: Limits = DEFAULT_LIMITS, keep_joined: frozenset[str] = frozenset()
) -> Iterator[Post]:
    """The job posts of a `.jsonl` file, each with its id; a line that cannot be read gives an error in its place.

    A line is a record with a "text", or a JobPosting. One that has no id goes by "line N". The identity (sha256) of a post is
    that of its line.
    """
    check_size(len(data), limits)
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        if line.strip():
            yield _line(line.strip(), number, source, limits, keep_joined)


def is_job_lines(data: bytes) -> bool:
    """Whether bytes without a name are job posts, one a line: the first line is a JSON object with a "text" or a JobPosting."""
    first = next((line for line in data.removeprefix(codecs.BOM_UTF8).split(b"\n", 20) if line.strip()), b"")
    if not first.lstrip().startswith(b"{"):
        return False
    try:
        record = _record(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(record.get("text"), str) or _is(record, _TYPE)


# -------------------------------------------------------------------------------------------------------------------- lines


def _line(line: bytes, number: int, source: str, limits: Limits, keep_joined: frozenset[str]) -> Post:
    name = f"line {number}"
    try:
        record = _record(line)
        name = printable(str(record.get("id") or (named(record) if _is(record, _TYPE) else "") or name))
        return name, _post(record, line, f"{source}#{name}", limits, keep_joined)
    except MatcherError as error:
        return name, type(error)(f"line {number}: {error}", error.code)
    except (ValueError, RecursionError):
        return name, UnreadableError(f"line {number}: is not a JSON object; write one post a line", "damaged")


def _record(line: bytes) -> dict[str, Any]:
    record = json.loads(line)
    if not isinstance(record, dict):
        raise ValueError("not an object")
    return record


def _post(record: dict[str, Any], data: bytes, source: str, limits: Limits, keep_joined: frozenset[str]) -> Document:
    """The document of a record with a "text" or of a JobPosting."""
    if _is(record, _TYPE):
        return _posting(record, data, source, limits, keep_joined)
    head = "\n".join(str(record.get(key) or "") for key in _FIELDS)
    body = record.get("text")
    if not isinstance(body, str) or not body.strip():
        raise UnreadableError('has no "text"', "empty")
    return text_document(data, source, f"{head}\n\n{body}", limits, keep_joined)


# ------------------------------------------------------------------------------------------------------------------- JSON-LD


def _from_data(data: bytes, source: str, limits: Limits, keep_joined: frozenset[str]) -> Iterator[Post]:
    try:
        parsed = json.loads(decoded(data) or "", strict=False)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("is no sound JSON; ask for the file again", "damaged") from error
    found = list(_postings(parsed))
    if not found and isinstance(parsed, dict | list):
        found = [item for item in (parsed if isinstance(parsed, list) else [parsed]) if _has_text(item)]
    if not found:
        raise UnreadableError('holds no job post: neither a schema.org JobPosting nor an object with a "text"', "unknown-format")
    return _several(found, data, source, limits, keep_joined)


def _has_text(item: Any) -> bool:
    return isinstance(item, dict) and isinstance(item.get("text"), str)


def _from_page(data: bytes, source: str, limits: Limits, keep_joined: frozenset[str]) -> Iterator[Post] | None:
    """The posts that a page declares; None if there is none, or a single one that says too little."""
    from matcher.documents.web.html import html_text, parsed

    root = parsed(html_text(data))
    posts: dict[str, dict[str, Any]] = {}
    for script in root.iter("script") if root is not None else ():
        if "ld+json" in (script.get("type") or "").lower():
            try:
                declared = list(_postings(json.loads(_bare(script.text or ""), strict=False)))
                posts |= {json.dumps(item, sort_keys=True): item for item in declared}
            except (ValueError, RecursionError):
                continue  # the text of the page is there too
    found = list(posts.values())
    if not found or (len(found) == 1 and len(field_text(found[0], "description")) < _SHORT):
        return None
    return _several(found, data, source, limits, keep_joined)


def _bare(text: str) -> str:
    """A script without the comment signs that hide it from old browsers."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    return re.sub(r"\A(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>;?\Z", "", text).strip().rstrip(";")


def _postings(parsed: Any) -> Iterator[dict[str, Any]]:
    """All JobPostings in what was parsed, in order; none inside of another or of a person, who may say what they seek."""
    stack = [parsed]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            if _is(item, _TYPE):
                yield item
            elif not _is(item, "Person"):
                stack.extend(reversed([value for value in item.values() if isinstance(value, dict | list)]))
        elif isinstance(item, list):
            stack.extend(reversed([value for value in item if isinstance(value, dict | list)]))


def _is(item: dict[str, Any], kind: str) -> bool:
    """Whether an object is of a type of schema.org, written short or in full."""
    given = item.get("@type")
    kinds = given if isinstance(given, list) else [given]
    return any(isinstance(name, str) and re.split(r"[/:#]", name)[-1] == kind for name in kinds)


def _several(
    found: list[dict[str, Any]], data: bytes, source: str, limits: Limits, keep_joined: frozenset[str]
) -> Iterator[Post]:
    """The posts of one file, each by an own name if there are several."""
    if len(found) == 1:
        yield source, _post(found[0], data, source, limits, keep_joined)
        return
    seen: set[str] = set()
    for number, item in enumerate(found, 1):
        name = printable(str(item.get("id") or named(item) or f"post {number}"))
        name = f"{name} ({number})" if name in seen else name
        seen.add(name)
        own = json.dumps(item, sort_keys=True).encode()
        try:
            yield name, _post(item, own, f"{source}#{name}", limits, keep_joined)
        except MatcherError as error:
            yield name, type(error)(f"post {number}: {error}", error.code)


def _posting(item: dict[str, Any], data: bytes, source: str, limits: Limits, keep_joined: frozenset[str]) -> Document:
    """A JobPosting as it would be written: title, firm, place, terms, the description, then what the description leaves out."""
    body, notices = _drafts(field_text(item, "description"), limits, keep_joined)
    known = " ".join(" ".join(draft.text for draft in body).split()).casefold()
    sections: list[Draft] = []
    for heading, keys in _SECTIONS:
        texts = [text for key in keys for text in listed(item, key)]
        lines = list(chain.from_iterable(_drafts(text, limits, keep_joined)[0] for text in texts))
        if heading == _ASKED:
            lines += _lines(requirements(item))
        sections += _section(heading, lines, known)
    if not body and not sections:
        raise UnreadableError("has no description", "empty")
    head = _lines(labelled(item))
    if body:
        body[0] = Draft(body[0].text, True, size=body[0].size, bold=body[0].bold)
    return document(data, source, [*head, *body, *sections], warnings=notices)


def _lines(texts: Iterable[str]) -> list[Draft]:
    """Each text as one line, repaired as all text is."""
    lines = (" ".join(mended(html.unescape(text)).split()) for text in texts)
    return [Draft(line) for line in lines if line]


def _section(heading: str, lines: list[Draft], known: str) -> list[Draft]:
    """A heading and the lines under it that the description does not have; nothing if there are none."""
    new = [Draft(line.text, bold=line.bold) for line in lines if " ".join(line.text.split()).casefold() not in known]
    return [Draft(heading, True, bold=True), *new] if new else []


def _drafts(text: str, limits: Limits, keep_joined: frozenset[str]) -> tuple[list[Draft], list[Notice]]:
    """The lines of a field that may be HTML, HTML written twice over, or plain text."""
    if _ESCAPED.search(text) and not _TAG.search(text):
        text = html.unescape(text)
    if not _TAG.search(text):
        return text_drafts(text, limits, keep_joined), []
    from matcher.documents.web.html import html_drafts

    return html_drafts(text, limits)
