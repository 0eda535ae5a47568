"""Makes the sample resumes and job posts from the texts beside it; the same bytes each time.

    python samples/make.py [FOLDER]

Writes `resumes/` and the made files of `jobs/` below FOLDER (default: this folder). Nobody in them exists.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from drawing import docx_bytes, pdf_bytes
from pieces import Person, Style, head_pieces, load_person, load_post, pieces_of, post_pieces

HERE = Path(__file__).resolve().parent


def resume_pdf(person: Person) -> bytes:
    """The resume of a person whose layout is `column` or `sidebar`."""
    head, body = list(head_pieces(person)), list(pieces_of(person.sections, person.style))
    side = list(pieces_of(person.side, person.style))
    return pdf_bytes(head, body, person.style, side, person.name)


def resumes() -> Iterator[tuple[str, bytes]]:
    """File name and content of each sample resume."""
    for path in sorted((HERE / "people").glob("*.yaml")):
        person = load_person(path)
        if person.layout == "docx":
            yield f"{path.stem}.docx", docx_bytes([*head_pieces(person), *pieces_of(person.sections, person.style)], person.name)
        else:
            yield f"{path.stem}.pdf", resume_pdf(person)


def jobs() -> Iterator[tuple[str, bytes]]:
    """File name and content of each job post that is made rather than written: one PDF, one DOCX, one JSON lines."""
    lines = []
    for path in sorted((HERE / "posts").glob("*.txt")):
        post = load_post(path)
        form, _, _ = path.stem.partition("-")
        if form == "docx":
            yield f"{path.stem.removeprefix('docx-')}.docx", docx_bytes(post_pieces(post), post.title)
        elif form == "pdf":
            yield f"{path.stem.removeprefix('pdf-')}.pdf", pdf_bytes([], list(post_pieces(post)), Style(), title=post.title)
        else:
            text = post.body.replace("## ", "")
            entry = {
                "id": post.id.removeprefix("jsonl-"),
                "title": post.title,
                "company": post.company,
                "location": post.location,
            }
            lines.append(json.dumps({**entry, "text": text}, ensure_ascii=False) + "\n")
    yield "two-posts.jsonl", "".join(lines).encode()


def make(folder: Path) -> int:
    """Write every sample below `folder`; the number of files written."""
    files = [("resumes", *file) for file in resumes()] + [("jobs", *file) for file in jobs()]
    for kind, name, data in files:
        (folder / kind).mkdir(parents=True, exist_ok=True)
        (folder / kind / name).write_bytes(data)
    return len(files)


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE), "files written")
