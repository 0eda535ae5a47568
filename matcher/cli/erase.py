"""`matcher erase`: a person removed from a project, with proof."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli import console
from matcher.cli.session import OK, SOME_FAILED
from matcher.errors import InputError
from matcher.report.text import counted
from matcher.unseen import one_line

if TYPE_CHECKING:
    from matcher.project.erase import Erased, Person

_TELLS = {True: "it names the person", False: "nothing of the person was found in it", None: "it could not be searched"}


def erase(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="An e-mail address, a telephone number, a resume's file name, or the beginning of its SHA-256."
        ),
    ],
    project: Annotated[Path, typer.Option("--project", metavar="DIR", help="The project's folder.")],
    look: Annotated[bool, typer.Option("--look", help="Only say what the project has of the person.")] = False,
) -> int:
    """Remove a person from a project: resumes, scores, decisions and the lines of the record.

    The bytes of all files of the project are then searched for the person's name, addresses, numbers and hashes.
    """
    from matcher.project.erase import erase as remove
    from matcher.project.erase import find_person, go_on
    from matcher.project.store import Project

    with Project(project, make=False) as opened:
        done = go_on(opened)
        if done:
            console.show("finished the erasure that had been stopped\n" + _told(done))
        try:
            person = find_person(opened, id)
        except InputError:
            if not done:
                raise
            return SOME_FAILED if done.rests else OK
        if look:
            console.show(_known(person))
            return OK
        done = remove(opened, person)
    console.show(_told(done))
    return SOME_FAILED if done.rests else OK


def _known(person: Person) -> str:
    rows = {
        "Resumes": person.sources,
        "SHA-256": person.resumes,
        "Files": person.places,
        "Names": person.names,
        "E-mail": person.emails,
        "Telephone": person.phones,
    }
    return "\n".join(f"{title}: {', '.join(map(one_line, values)) or '-'}" for title, values in rows.items()) + "\n"


def _told(done: Erased) -> str:
    counts = (("resume", done.resumes), ("decision", done.decisions), ("line", done.lines))
    resumes, decisions, written = (counted(count, what) for what, count in counts)
    lines = [f"erased: {resumes} with all scores, {decisions}, {written} of the record"]
    if done.rests:
        lines += [f"LEFT: {kind} in {file}, {count} times" for kind, file, count in done.rests]
        lines += [f"  in the text of another resume: {one_line(source)}" for source in done.mentions]
        lines += ["  erase that resume too, or have it corrected, if it must not name the person"] * bool(done.mentions)
    else:
        lines.append("searched: no name, address, number or hash of the person is left in any byte of the project's files")
    if done.originals or done.papers:
        lines.append("out of the project's reach, for you to delete or to write anew:")
        lines += [f"  {one_line(place)} (the resume: the next run would read it again)" for place in done.originals]
        lines += [f"  {one_line(one.place)} ({one.what}; {_TELLS[one.tells]})" for one in done.papers]
    lines.append("copies and backups of the folder are out of reach as well")
    return "\n".join(lines) + "\n"
