"""A mail as a container: its attachments by name or kind, or, where it has none that is a document, its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from matcher.documents.packed.entries import Entry, clean_name, ending_of
from matcher.errors import LimitError, MatcherError, UnreadableError

_ENDINGS = {
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "application/json": ".json",
    "application/ld+json": ".json",
    "application/vnd.oasis.opendocument.text": ".odt",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
}
"""Of attachments whose names do not say what they are."""
_SEALED = {
    "application/ms-tnef": "is packed in Outlook's own way (winmail.dat); ask for the attachments as ordinary files",
    "application/vnd.ms-tnef": "is packed in Outlook's own way (winmail.dat); ask for the attachments as ordinary files",
    "application/pgp-encrypted": "is encrypted; open the mail in its program and save the attachments",
    "application/pkcs7-mime": "is sealed as a whole (S/MIME); open the mail in its program and save the attachments",
    "application/x-pkcs7-mime": "is sealed as a whole (S/MIME); open the mail in its program and save the attachments",
}
_COVER = "the words around the attachments"
_ORNAMENT = "a picture beside the documents or words"
_MOST_PARTS = 5000
_MOST_GUESSED = 20
"""Parts of which it is guessed where they are parted: each time all that is inside is read again."""
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:|[ \t]+\S|From ")
_FROM = re.compile(rb"^from[ \t]*:", re.IGNORECASE | re.MULTILINE)
_POSTED = re.compile(rb"^(?:received|mime-version|message-id|return-path|delivered-to)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


def looks_like_mail(head: bytes) -> bool:
    """Whether bytes without a telling name begin as a mail does: header lines, among them the sender and a mark of its way."""
    block = _BLANK_LINE.split(head, maxsplit=1)[0]
    lines = block.split(b"\n")[:-1] if block == head else block.split(b"\n")
    return bool(_FROM.search(block) and _POSTED.search(block)) and all(map(_HEADER.match, lines))


def parse_mail(data: bytes) -> EmailMessage:
    """A mail's bytes as a message; raises UnreadableError."""
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        empty = not message.keys()
    except MemoryError:
        raise
    except Exception as error:  # odd headers and deep nesting fail anywhere in the email package
        raise _damaged() from error
    if empty:
        raise UnreadableError("is no mail, or a damaged one; ask for it again or save its attachments", "damaged")
    assert isinstance(message, EmailMessage)
    return message


def _damaged() -> UnreadableError:
    return UnreadableError("is a damaged mail; open it in a mail program and save the attachments", "damaged")


class Mail:
    """The parts of a message; raises UnreadableError where it cannot be taken apart."""

    def __init__(self, message: EmailMessage) -> None:
        try:
            self._parts = tuple(_leaves(message))
            self._names = tuple(_name(part, number) for number, part in enumerate(self._parts))
        except (MemoryError, MatcherError):
            raise
        except Exception as error:  # see parse_mail
            raise _damaged() from error

    is_document = False

    def entries(self, endings: frozenset[str]) -> list[Entry]:
        """The attachments; the mail's own words are a document only where no attachment is one."""
        try:
            found = [self._entry(number, endings) for number in range(len(self._parts))]
            body = self._body()
        except MemoryError:
            raise
        except Exception as error:  # see parse_mail
            raise _damaged() from error
        attached = self._without_ornaments([entry for entry in found if entry is not None])
        if body:
            number, name = len(self._parts), "body.html" if _is_html(body) else "body"
            attached.append(Entry(number, name, skipped=_COVER if any(map(_counts, attached)) else ""))
        return attached

    def name(self, number: int) -> str:
        """The name of an attachment."""
        return self._names[number]

    def read(self, number: int, max_bytes: int) -> bytes | EmailMessage:
        """The bytes of an attachment or of the mail's own words; a message that was attached as such is given as it is."""
        try:
            return self._read(number)
        except MemoryError:
            raise
        except Exception as error:  # see parse_mail
            raise _damaged() from error

    def _read(self, number: int) -> bytes | EmailMessage:
        if number == len(self._parts):
            return _words(self._body())
        part = self._parts[number]
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            inner = part.get_payload(0)
            assert isinstance(inner, EmailMessage)
            return inner
        return _payload(part)

    def _entry(self, number: int, endings: frozenset[str]) -> Entry | None:
        """What an attachment is; None for the mail's own words and for empty parts."""
        part, name = self._parts[number], self._names[number]
        kind = part.get_content_type()
        if kind == "message/rfc822":
            return Entry(number, name, packed=True)
        if kind in _SEALED or name.lower() == "winmail.dat":
            return Entry(number, name, problem=("sealed", _SEALED.get(kind, _SEALED["application/ms-tnef"])))
        if part.get_content_maintype() == "message" or _is_own(part):
            return None
        return Entry.of(number, name, len(str(part.get_payload())), endings)

    def _without_ornaments(self, found: list[Entry]) -> list[Entry]:
        """A picture is a document only where it is attached by itself and nothing else was: others are logos and portraits."""
        pictures = [entry for entry in found if self._parts[entry.number].get_content_maintype() == "image"]
        others = any(_counts(entry) for entry in found if entry not in pictures)
        ornaments = {entry.number for entry in pictures if others or _is_inline(self._parts[entry.number])}
        return [replace(entry, skipped=entry.skipped or _ORNAMENT) if entry.number in ornaments else entry for entry in found]

    def _body(self) -> Sequence[EmailMessage]:
        """The parts that hold the mail's own words: as plain text where there is any, else as a page."""
        own = [part for part in self._parts if _is_own(part) and _payload(part).strip()]
        plain = [part for part in own if part.get_content_type() == "text/plain"]
        return plain or own[:1]


def _counts(entry: Entry) -> bool:
    """Whether an attachment is, or may hold, what was sent."""
    return not entry.skipped


def _is_inline(part: EmailMessage) -> bool:
    return part.get_content_disposition() != "attachment" or "content-id" in part


def _is_html(parts: Sequence[EmailMessage]) -> bool:
    return parts[0].get_content_type() == "text/html"


def _is_own(part: EmailMessage) -> bool:
    return (
        part.get_content_type() in ("text/plain", "text/html")
        and not part.get_filename()
        and part.get_content_disposition() != "attachment"
    )


def _words(parts: Sequence[EmailMessage]) -> bytes:
    return ("\N{BYTE ORDER MARK}" + "\n\n".join(map(_text, parts))).encode("utf-8", "replace")


def _text(part: EmailMessage) -> str:
    data = _payload(part)
    try:
        return data.decode(part.get_content_charset("utf-8"))
    except (LookupError, UnicodeError):  # says a set of characters that there is not, or another than it uses
        from matcher.documents.plain import decoded

        return decoded(data) or data.decode("latin-1")


def _payload(part: EmailMessage) -> bytes:
    """What a part holds, with base64 and the like undone as far as they are sound."""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


# --------------------------------------------------------------------------------------------------------------------- parts


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something, in order; attached messages are not looked into."""
    waiting, seen, guessed = [message], 0, 0
    while waiting:
        part = waiting.pop()
        seen += 1
        guessed += part.get_content_maintype() == "multipart" and not part.is_multipart()
        if guessed > _MOST_GUESSED:
            raise _damaged()
        if seen > _MOST_PARTS:
            raise LimitError(f"is a mail of more than {_MOST_PARTS:,} parts; save the attachments that matter", "too-many-parts")
        if part.get_content_maintype() != "multipart":
            yield part
        else:
            waiting.extend(reversed(_children(part)))


def _children(part: EmailMessage) -> list[EmailMessage]:
    if part.is_multipart():
        return [child for child in part.get_payload() if isinstance(child, EmailMessage)]
    return _children_without_boundary(_payload_text(part))


def _payload_text(part: EmailMessage) -> bytes:
    return str(part.get_payload()).encode("ascii", "surrogateescape")


def _children_without_boundary(text: bytes) -> list[EmailMessage]:
    """The parts of what should have parts, where the mail does not say, or says wrongly, what line stands between them."""
    line = re.search(rb"^--(\S[^\r\n]{0,69})\r?\n(?:[A-Za-z-]+:)", text, re.MULTILINE)
    if line is None:
        return []
    head = b'Content-Type: multipart/mixed; boundary="' + line[1].strip().replace(b'"', b"") + b'"\n\n'
    found = BytesParser(policy=policy.default).parsebytes(head + text)
    return [child for child in found.get_payload() if isinstance(child, EmailMessage)] if found.is_multipart() else []


def _name(part: EmailMessage, number: int) -> str:
    """The name that a part goes by; one without a telling ending gets that of its kind."""
    kind = part.get_content_type()
    given = clean_name(str(part.get_filename() or "").replace("\\", "/").rsplit("/", 1)[-1])
    if kind == "message/rfc822":
        name = given or clean_name(_subject(part)) or f"message-{number + 1}"
        return name if ending_of(name) == ".eml" else f"{name}.eml"
    name = given or f"attachment-{number + 1}"
    if ending_of(name) in _TELLING or (kind == "text/plain" and ending_of(name)):
        return name
    known = _ENDINGS.get(kind) or (".pdf" if _payload(part)[:1024].lstrip().startswith(b"%PDF-") else "")
    return name + known


def _subject(part: EmailMessage) -> str:
    inner = part.get_payload(0) if part.is_multipart() else None
    return str(inner["subject"] or "").replace("/", " ") if isinstance(inner, EmailMessage) else ""


_TELLING = frozenset({*_ENDINGS.values(), ".htm", ".jsonl", ".yaml", ".yml", ".eml"})
