"""What was read in earlier runs, found again by content: `batch.read_all` asks here before it starts a worker."""

from __future__ import annotations

import hashlib
import os
import time
from collections import OrderedDict
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from matcher.batch import Failure, Outcome, Task
from matcher.project.codec import (
    decode_contents,
    decode_profile,
    decode_roles,
    digest,
    dumps,
    encode_contents,
    encode_profile,
    encode_roles,
    loads,
)
from matcher.project.keys import DOCUMENT, Keys
from matcher.project.people import learn
from matcher.project.places import kept_place
from matcher.project.record import now
from matcher.project.store import Project
from matcher.records import Contents, Profile

_PROFILE, _ROLES, _CONTENTS, _FAILURE = "profile", "roles", "contents", "failure"
_FRESH = 2 * 10**9
"""A file changed less than two seconds before it was looked at may change again without a sign of it."""
_LOADED = 256
"""Profiles that are held decoded."""


@dataclass(frozen=True, slots=True)
class Held:
    """A resume that was read and is kept: what stands for its profile until somebody needs it.

    `id` is that of the kept reading; `notices` are the codes of its warnings; `changed` is the time of the file, in nanoseconds.
    """

    id: int
    source: str
    sha256: str
    name: str | None
    notices: frozenset[str]
    changed: int


class Shelf:
    """The readings of a project, for one run; it keeps each new one at once, so that nothing read is lost."""

    def __init__(self, project: Project, keys: Keys) -> None:
        self._project, self._keys = project, keys
        self._rows: dict[Task, tuple[int, str]] = {}
        self._content: dict[Task, str] = {}
        self._loaded: OrderedDict[int, Profile] = OrderedDict()
        self._hashed: dict[str, tuple[str, int]] = {}
        self._apart: dict[int, Profile] = {}
        self.read = 0

    # ------------------------------------------------------------------------------------------------- what the batch asks

    def has(self, task: Task) -> bool:
        """Whether the outcome of a task is known, for the file as it is now."""
        content = self.content(task)
        if content is None:
            return False
        row = self._project.one("SELECT id, shape FROM reads WHERE key = ?", [self._keys.read(task, content)])
        if row is None:
            return False
        self._rows[task] = (row[0], row[1])
        return True

    def opened(self, task: Task) -> Contents | None:
        """What a known container holds; None for everything else."""
        found = self.find(task) if self._rows[task][1] == _CONTENTS else None
        return found if isinstance(found, Contents) else None

    def find(self, task: Task) -> Any:
        """The value of a known outcome; of a resume that stands for its profile."""
        id, shape = self._rows[task]
        if shape == _PROFILE:
            return self._held(task, id)
        source, text = self._project.one("SELECT source, value FROM reads WHERE id = ?", [id]) or ("", "")
        if shape == _ROLES:
            return tuple(_under(role, source, task.source) for role in decode_roles(text))
        if shape == _CONTENTS:
            return decode_contents(text).under(source, task.source)
        failure = loads(text)
        return Failure(failure["code"], failure["message"].replace(source, task.source))

    def keep(self, outcome: Outcome) -> Any:
        """Remember an outcome that will hold another time; gives what is handed on as its value."""
        self.read += outcome.seconds > 0 and not isinstance(outcome.value, Contents)
        content, made = self._content.get(outcome.task), _made(outcome.value)
        if made is None or content is None or not self._unchanged(outcome, content):
            return self._set_apart(outcome.value) if isinstance(outcome.value, Profile) else outcome.value
        shape, text = made
        id = self._put(self._keys.read(outcome.task, content), shape, outcome, text)
        self._rows[outcome.task] = (id, shape)
        return self._held(outcome.task, id) if shape == _PROFILE else outcome.value

    # ------------------------------------------------------------------------------------------------------------ profiles

    def profile(self, held: Held) -> Profile:
        """The profile of a resume, as if it had been read now."""
        if held.id in self._apart:
            return self._apart[held.id]
        found = self._loaded.get(held.id)
        if found is None:
            (text,) = self._project.one("SELECT value FROM reads WHERE id = ?", [held.id]) or ("",)
            found = decode_profile(text)
            self._loaded[held.id] = found
            if len(self._loaded) > _LOADED:
                self._loaded.popitem(last=False)
        else:
            self._loaded.move_to_end(held.id)
        as_of = found.as_of if self._keys.options.as_of == DOCUMENT else self._keys.options.as_of
        return replace(found, source=held.source, as_of=as_of)

    def latest(self, sha256: str) -> Profile | None:
        """The resume with a SHA-256, as it was read last."""
        statement = "SELECT value FROM reads WHERE sha256 = ? AND shape = ? ORDER BY id DESC LIMIT 1"
        row = self._project.one(statement, [sha256, _PROFILE])
        return decode_profile(row[0]) if row else None

    def answered(self, held: Held, profile: Profile) -> Held:
        """Keep a resume's profile with what sheets say of its owner beside the one without; gives what stands for it."""
        row = self._project.one("SELECT key FROM reads WHERE id = ?", [held.id])
        if row is None:
            return self._set_apart(profile)
        key = digest([row[0], [asdict(answer) for answer in profile.answers]])
        notices = {notice.code for notice in profile.warnings}
        known = self._project.one("SELECT id FROM reads WHERE key = ?", [key])
        values = [key, _PROFILE, held.source, held.sha256, held.name, " ".join(sorted(notices)), encode_profile(profile).decode()]
        statement = "INSERT INTO reads (key, shape, source, sha256, name, notices, value, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        id = int(known[0]) if known else self._project.do(statement, [*values, now()])
        return replace(held, id=id, notices=frozenset(notices))

    def _held(self, task: Task, id: int) -> Held:
        row = self._project.one("SELECT sha256, name, notices FROM reads WHERE id = ?", [id])
        assert row is not None
        return Held(id, task.source, row[0], row[1], frozenset(row[2].split()), self._hashed.get(str(task.path), ("", 0))[1])

    def _set_apart(self, profile: Profile) -> Held:
        """Hold a profile for this run only: its file changed while it was read, or JSON cannot carry it."""
        id = -1 - len(self._apart)
        self._apart[id] = profile
        codes = frozenset(notice.code for notice in profile.warnings)
        return Held(id, profile.source, profile.sha256, profile.facts.contact.name, codes, 0)

    def _put(self, key: str, shape: str, outcome: Outcome, text: str) -> int:
        value, source = outcome.value, outcome.task.source
        row = self._project.one("SELECT id FROM reads WHERE key = ?", [key])
        if row is not None:
            return int(row[0])
        sha256 = value.sha256 if isinstance(value, Profile) else self._content.get(outcome.task, "")
        name, notices = None, ""
        if isinstance(value, Profile):
            learn(self._project, value, self.latest)
            name, notices = value.facts.contact.name, " ".join(sorted({notice.code for notice in value.warnings}))
        statement = "INSERT INTO reads (key, shape, source, sha256, name, notices, value, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        return self._project.do(statement, [key, shape, source, sha256, name, notices, text, now()])

    # ------------------------------------------------------------------------------------------------------------- content

    def resume(self, task: Task) -> str:
        """The SHA-256 of the resume that a task was about, "" where it has none."""
        row = self._project.one("SELECT sha256 FROM reads WHERE id = ?", [self._rows[task][0]]) if task in self._rows else None
        return str(row[0]) if row else ""

    def content(self, task: Task) -> str | None:
        """The SHA-256 of the bytes that a task is about; of a container for the documents in it. None if they cannot be read."""
        found = self._content.get(task)
        if found is None:
            found = hashlib.sha256(task.data).hexdigest() if task.data is not None else self._of_file(task.path)
            if found is not None:
                self._content[task] = found
        return found

    def _of_file(self, path: Path | None) -> str | None:
        """A file that looks as it did is not read to be hashed: same place, size, times and number."""
        if path is None:
            return None
        if (known := self._hashed.get(str(path))) is not None:
            return known[0]
        try:
            place, stat = kept_place(path), path.stat()
            size, changed = stat.st_size, _times(stat)
            row = self._project.one(
                "SELECT sha256 FROM files WHERE place = ? AND size = ? AND changed = ?", [place, size, changed]
            )
            if row is None:
                with path.open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                if time.time_ns() - max(stat.st_mtime_ns, stat.st_ctime_ns) > _FRESH:
                    self._project.do("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", [place, size, changed, digest])
            else:
                digest = str(row[0])
        except OSError:
            return None
        self._hashed[str(path)] = (digest, stat.st_mtime_ns)
        return digest

    def _unchanged(self, outcome: Outcome, content: str) -> bool:
        """Whether what was read is what was hashed before."""
        task, value = outcome.task, outcome.value
        if task.data is not None or task.path is None:
            return True
        if isinstance(value, Profile) and not task.inside:
            return value.sha256 == content
        try:
            with task.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == content
        except OSError:
            return False


def _made(value: Any) -> tuple[str, str] | None:
    """What is kept of a value, by its shape; None for what may be otherwise another time."""
    try:
        if isinstance(value, Profile):
            text = encode_profile(value).decode()
            return (_PROFILE, text) if decode_profile(text) == value else None
        if isinstance(value, Contents):
            return _CONTENTS, encode_contents(value).decode()
        if isinstance(value, tuple):
            return _ROLES, encode_roles(value).decode()
    except ValueError:  # letters or numbers that JSON has not
        return None
    if isinstance(value, Failure) and not value.passing:
        return _FAILURE, dumps({"code": value.code, "message": value.message})
    return None


def _under(role: Any, old: str, new: str) -> Any:
    """A role of an equal file that goes by another name; posts of a list go by "source#id"."""
    return replace(role, source=new + role.source.removeprefix(old)) if hasattr(role, "source") else role


def _times(stat: os.stat_result) -> str:
    return f"{stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"
