"""Ten thousand hostile texts in all that is printed and in every name that is made: no terminal and no folder obeys one."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import warnings
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from io import StringIO
from itertools import islice, product
from pathlib import Path

import pytest
from hostile_texts import ATTACKS, BIDI, MARKUP, TERMINAL, acts, endless, hostile_texts
from test_hostile_cells import hostile, proved_table, proved_workbook
from test_page import proved

from matcher.cli import console, main
from matcher.cli.config import read_config
from matcher.cli.inputs import gather
from matcher.cli.sinks import Folder, Screen
from matcher.documents.packed.entries import clean_name
from matcher.errors import InputError
from matcher.project.places import as_path, as_text
from matcher.records import AllOf, Requirement, Role, leaves
from matcher.report import Ranking
from matcher.report.explained import fit_text
from matcher.report.json_lines import dumps
from matcher.report.musts import notes
from matcher.report.rows import pair_record
from matcher.report.text import grid, ranking_table, roles_table
from matcher.report.understood import extract_text
from matcher.role_file import dump_role, load_role
from matcher.taxonomy import load
from matcher.unseen import one_line

TEXTS = hostile_texts()
RAW = "Worked with Zendesk\x1b[2J\u202e daily"


@pytest.fixture
def printed(capfd):
    """`printed(text)`: what standard output gets of a text that is shown, where it is a pipe or a file."""

    def show(text):
        console.show(text)
        return capfd.readouterr().out

    return show


# -------------------------------------------------------------------------------------------------------------- the screen


def test_hostile_texts_are_many_and_mean_harm():
    assert len(set(TEXTS)) == 10_000
    assert sum(bool(acts(text)) for text in TEXTS) > 3000
    assert hostile_texts() == TEXTS


@pytest.mark.parametrize("say", [console.say, console.say_error, console.say_warning])
def test_hostile_texts_in_a_message_are_one_line_and_not_obeyed(capfd, say):
    for text in TEXTS:
        say(text)
    told = capfd.readouterr().err
    assert acts(told) == []
    assert told.count("\n") == len(TEXTS)
    assert max(map(len, told.split("\n"))) < 4100


def test_hostile_texts_behind_a_pipe_and_on_a_terminal_are_not_obeyed(printed, monkeypatch):
    out = printed("\n\n".join(TEXTS))
    assert acts(out) == []
    assert out.count("\n") == sum(text.count("\n") + 2 for text in TEXTS) - 1, "no line is lost"
    monkeypatch.setattr("sys.stdout", terminal := StringIO())
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    console.show_plain("\n".join(TEXTS))
    assert acts(terminal.getvalue()) == []


def test_plain_text_of_a_document_is_changed_for_a_terminal_only(capfd):
    screen = Screen("plain", alone=True)
    screen.put("a.txt", RAW)
    screen.end(())
    assert capfd.readouterr().out == RAW + "\n", "offsets and programs refer to it"
    screen = Screen("plain", alone=False)
    screen.put("a\n\x1b[2J.txt", RAW)
    assert capfd.readouterr().out == f"==> a␊␛[2J.txt <==\n{RAW}\n"


def test_hostile_names_do_not_act_in_the_progress_bar(monkeypatch):
    monkeypatch.setattr("sys.stderr", terminal := StringIO())
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    for text in (*TERMINAL, *BIDI):  # a bar is drawn some times in a second, and when it ends: with the last name
        with console.steps("reading", 2, quiet=False) as step:
            step(1, 0, text)
    told = terminal.getvalue()
    assert "␛[2J" in told
    assert told.count("1/2") >= len(TERMINAL)
    for forged in ("\x1b[2J", "\x1b]", "\x1bP", "\x9b", "\x07", "\u202e", "\x1bc"):
        assert forged not in told


# ---------------------------------------------------------------------------------------------- what is made to be printed


def fits(count=30):
    texts = endless()
    return [hostile(texts, number) for number in range(1, count + 1)]


def test_hostile_texts_in_a_fit_told_as_text_forge_no_line(printed):
    for placed in fits():
        told = printed(fit_text(placed, 100))
        assert acts(told) == []
        found = [line.split()[0] for line in told.splitlines() if line.startswith(("score ", "error:", "==>"))]
        assert found == ["score"]
        assert len(told.split("\n")) == len(told.splitlines()) + 1


def test_hostile_texts_in_tables_keep_a_line_for_a_row(printed):
    people = fits()
    ranking = Ranking(people[0].fit.role, tuple(people))
    for told in (ranking_table(ranking, 60, 120), roles_table(people, 120), "\n".join(notes(ranking, 60))):
        assert acts(printed(told)) == []
    rows = [tuple(islice(endless(), 3)) for _ in range(50)]
    assert len(grid(("a", "b", "c"), rows, 120).splitlines()) == 51


def test_hostile_texts_in_an_extract_told_as_text_forge_no_line(printed):
    texts = endless()
    for _ in range(200):
        evidence = [{"text": next(texts), "page": 1}]
        skill = {"label": next(texts), "stance": "held", "evidence": evidence, "months": 3, "last_used": next(texts)}
        job = {"title": next(texts), "start": next(texts), "end": None, "months": 2}
        facts = {"last_title": next(texts), "jobs": [job], "contact": {"name": next(texts), "emails": [next(texts)]}}
        need = {"any": [{"need": "required", "text": next(texts)}, {"concept": next(texts), "kind": "skill"}]}
        record = {"source": next(texts), "kind": "resume", "skills": [skill], "facts": facts, "requirements": need}
        record |= {"warnings": [{"message": next(texts), "text": next(texts)}]}
        record |= {"ambiguous": [{"text": next(texts), "page": 1, "readings": [next(texts)]}]}
        told = printed(extract_text(record))
        assert acts(told) == []
        starts = [line for line in told.splitlines()[1:] if line and not line.startswith(" ")]
        assert set(starts) <= {"Skills, held", "Facts", "Requirements", "Could not be settled", "Take care"}


def test_hostile_texts_in_json_stay_what_they_are_and_act_nowhere():
    for start in range(0, len(TEXTS), 500):
        some = [text.encode("utf-8", "replace").decode() for text in TEXTS[start : start + 500]]
        line = dumps({"texts": some})
        assert json.loads(line) == {"texts": some}
        assert acts(line) == []
        assert "\n" not in line
    for placed in fits():
        assert acts(dumps(pair_record(placed, {}), indent=2)) == []


def test_hostile_texts_in_a_role_file_stay_what_they_are_and_act_nowhere():
    known = load()
    for text in hostile_texts(200, longest=300):
        text = text.encode("utf-8", "replace").decode()
        made = Role(text, "0" * 64, text, (), 1, AllOf((Requirement("shift", "required", value="night", text=text),)))
        written = dump_role(made, known)
        assert acts(written) == []
        again = load_role(written.encode(), "a.yaml", known)
        assert [(leaf.kind, leaf.text) for leaf in leaves(again.requirements)] == [("shift", text)]


# ------------------------------------------------------------------------------------------------------ names and folders


def test_hostile_names_of_documents_stay_in_the_folder(tmp_path):
    folder = Folder(tmp_path / "out", "plain")
    names = [folder._name(text) for text in TEXTS[:2000]]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert acts(name) == []
        path = Path(os.path.normpath(tmp_path / "out" / name))
        assert path.is_relative_to(tmp_path / "out") and path != tmp_path / "out"
        assert all(len(os.fsencode(part)) < 255 and not part.startswith("-") for part in Path(name).parts)
        assert not Path(name).is_absolute()
        assert "\\" not in name and ":" not in name


def test_hostile_names_are_written_where_they_belong(tmp_path):
    out = tmp_path / "a" / "out"
    out.mkdir(parents=True)
    folder = Folder(out, "plain")
    for text in ATTACKS:
        folder.put(one_line(text), "x")
    inside = [path for path in out.rglob("*") if path.is_file()]
    assert len(inside) == len(ATTACKS)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == len(ATTACKS), "none elsewhere"


def test_hostile_names_of_members_of_a_zip_or_a_mail_are_paths_below_it():
    for text in TEXTS:
        name = clean_name(text)
        assert acts(name) == []
        assert "\n" not in name
        assert ".." not in Path(name).parts and not name.startswith("/")
        assert len(name) <= 200


def on_disk(folder, count, inside=2):
    """Files with hostile names, as far as the system takes them, and with so many hostile texts in each; gives their paths."""
    folder.mkdir()
    made, texts = [], endless()
    for number, text in enumerate(hostile_texts(count, longest=80)):
        name = text.encode("utf-8", "surrogateescape" if "\udcff" in text else "replace").replace(b"/", b"_").replace(b"\0", b"")
        path = os.fsencode(folder) + b"/" + name + f" {number}.txt".encode()
        lines = [
            f"{next(texts)}\nAna Example {number}".replace("\0", ""),
            f"ana{number}@example.com",
            "Service agent 2019 to 2023",
        ]
        lines += [next(texts).replace("\0", "") for _ in range(inside - 1)]  # what holds nulls is no text file
        try:
            with open(path, "xb") as file:
                file.write("\n".join(lines).encode("utf-8", "replace"))
        except OSError:
            continue
        made.append(path)
    return made


def test_hostile_names_of_files_are_clean_where_they_come_in(tmp_path):
    made = on_disk(tmp_path / "in", 400)
    found = gather([str(tmp_path / "in")], "resume", 10**6)
    assert len(made) > 350
    assert len(found.files) + len(found.skipped) >= len(made) - len([path for path in made if b"/." in path or b"~$" in path])
    for name in (*(file.source for file in found.files), *found.skipped):
        assert name == one_line(name)
    for trouble in gather([text.replace("\0", "") for text in ATTACKS if 1 < len(text) < 200], "resume", 10**6).troubles:
        assert acts(trouble.source + trouble.message) == []


def test_names_that_are_no_text_are_kept_and_found_again(tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe cv.pdf")
    kept = as_text(path)
    assert kept.encode("utf-8")
    assert as_path(kept) == path
    ours = tmp_path / "\uf7ff cv.pdf"  # a sign for private use in a name that is there
    ours.write_text("x", encoding="utf-8")
    assert as_path(as_text(ours)) == str(ours)


def test_a_project_keeps_a_resume_whose_name_is_no_text(tmp_path, capfd):
    (tmp_path / "in").mkdir()
    name = os.fsdecode(b"\xff\x1b[2J\ncv.txt")
    text = "Ana Example\nana@example.com\nCustomer service agent 2019 to 2023\nAnswered inbound calls\n"
    (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    given = ["rank", str(tmp_path / "in"), "--jobs", "role:customer-service-agent", "--project", str(tmp_path / "kept")]
    given += ["--workers", "1", "--out", str(tmp_path / os.fsdecode(b"\xfe.csv"))]
    for read in ("1 new", "1 skipped"):
        assert main(given) == 0
        told = capfd.readouterr().err
        assert read in told
        assert acts(told) == []


def test_hostile_values_of_a_settings_file_are_told_and_not_obeyed(tmp_path, capfd):
    file = tmp_path / "matcher.toml"
    for text in hostile_texts(80, longest=200):
        value = json.dumps(text.replace("\ud800", ""), ensure_ascii=True).replace("\\u007f", "\\u007F")
        if "\\ud" in value:
            continue
        for line in (f"{value} = 1", f"as_of = {value}", f"taxonomy = {value}", f"[weights]\n{value} = 2", f"workers = {value}"):
            file.write_text(line + "\n", encoding="utf-8")
            try:
                read_config(file)
            except InputError as error:
                console.say_error(str(error))
                told = capfd.readouterr().err
                assert acts(told) == []
                assert told.count("\n") == 1


# ------------------------------------------------------------------------------------------- the whole way, with real files


def packed(folder):
    """A zip file and a mail whose members have hostile names."""
    with zipfile.ZipFile(folder / "many.zip", "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names that stand there twice
        for text in hostile_texts(60, longest=80):
            name = text.replace("\0", "").encode("utf-8", "replace").decode() or "x"
            archive.writestr(f"{name}.txt", f"{text}\nCustomer service agent 2019 to 2023".encode("utf-8", "replace"))
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["Subject"] = "a@example.com", "=1+1 \u202efdp"
    mail.set_content("see the attachments")
    for text in hostile_texts(40, longest=60):
        name = "".join(c for c in text if c not in "\0\r\n").encode("utf-8", "replace").decode()
        mail.add_attachment(b"Customer service agent 2019 to 2023", maintype="text", subtype="plain", filename=f"{name}.txt")
    (folder / "mail.eml").write_bytes(mail.as_bytes())


def ended(*arguments, terminal=False, folder=None):
    """What a command writes to standard output and error, together where they are a terminal; its status is one of its own."""
    command = [sys.executable, "-m", "matcher", *arguments]
    if not terminal:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, cwd=folder, timeout=300)
        assert done.returncode in (0, 1, 2), done.stderr.decode()
        return done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, cwd=folder) as process:
        os.close(theirs)
        data = b""
        while part := read_on(ours):
            data += part
    os.close(ours)
    assert process.returncode in (0, 1, 2), data.decode()
    return DRAWN.sub("", data.decode("utf-8").replace("\r\n", "\n")), ""


def read_on(file):
    try:
        return os.read(file, 65536)
    except OSError:  # the other end is closed
        return b""


DRAWN = re.compile(r"\x1b\[\?25[lh]|\x1b\[[0-9;]*m|\r(\x1b\[1A)?\x1b\[2K|\x1b\[1A\x1b\[2K|\r")
"""What the progress bar itself sends to a terminal."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A hundred and twenty resumes, three posts, a zip file and a mail: ten thousand hostile texts."""
    folder = tmp_path_factory.mktemp("desk")
    assert len(on_disk(folder / "in", 120, inside=85)) > 100
    packed(folder / "in")
    (folder / "jobs").mkdir()
    for number, text in enumerate(("a\x1b[2Jb", "\u202egnp", "-rf\nx")):
        post = f"{text} Customer service agent\nRequirements\n- 2 years of customer service\n- Zendesk {text}\n- {MARKUP[0]}\n"
        (folder / "jobs" / f"{text} {number}.txt").write_text(post, encoding="utf-8")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "terminal"),
    [
        (("rank", "in", "--jobs", "jobs", "--top", "200", "--verbose", "--keep-all", "--project", "shown"), True),
        (("rank", "in", "--jobs", "jobs", "--top", "200"), False),
        (("extract", "in", "--format", "text"), True),
        (("extract", "in", "--format", "json"), False),
        (("extract", "in", "--format", "plain", "--quiet"), True),
        *product(
            (
                ("extract", "in/many.zip", "--as", "job", "--format", "text"),
                ("score", "in/many.zip", "--job", "role:customer-service-agent"),
                ("score", "\x1b[2J\u202e\nx.pdf", "--job", "-rf"),
                ("rank", "in/mail.eml", "--jobs", "a\x1b]0;t\x07b"),
                ("taxonomy", "search", "\x1b[2J zendesk \u202e"),
                ("taxonomy", "show", "\x1b[2J\u202e"),
                ("decisions", "a\x1b[2J.xlsx"),
                ("erase", "\x1b[2J", "--project", "no\x1b[2Jne"),
                ("rank", "in", "--\x1b[2J"),
                ("\x1b[2J\u202e",),
                ("rank", "in", "--as-of", "\x1b[2J"),
                ("rank", "in", "--out", "a\x1b[2J.pdf"),
            ),
            (False, True),
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "terminal" if value else "pipe",
)
def test_hostile_files_through_a_command_do_nothing_to_the_screen(desk, command, terminal):
    told = "".join(ended(*command, terminal=terminal, folder=desk))
    assert told.strip()
    assert acts(told) == []


@pytest.mark.slow
def test_hostile_files_through_the_command_take_no_effect_in_any_file(desk):
    outs = [*(f"out.{ending}" for ending in ("xlsx", "csv", "jsonl", "html")), os.fsdecode(b"\xff.csv")]
    flags = [flag for out in outs for flag in ("--out", out)]
    told = ended("rank", "in", "--jobs", "jobs", "--top", "400", "--project", "kept", "--keep-all", *flags, folder=desk)
    assert acts("".join(told)) == []
    assert proved_workbook(desk / "out.xlsx") > 10_000
    assert proved_table(desk / "out.csv") > 5_000
    proved(desk.joinpath("out.html").read_text(encoding="utf-8"))
    for name in ("out.jsonl", "kept/record.jsonl"):
        assert acts(desk.joinpath(name).read_text(encoding="utf-8")) == [], name


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["json", "text"])
def test_hostile_files_are_written_into_the_folder_and_nowhere_else(desk, shape):
    before = {path for path in desk.rglob("*") if not path.is_relative_to(desk / f"out-{shape}")}
    told = ended("extract", "in", "--format", shape, "--out", f"out-{shape}", folder=desk)
    assert acts("".join(told)) == []
    made = [path for path in (desk / f"out-{shape}").rglob("*") if path.is_file()]
    assert len(made) > 150
    for path in made:
        assert acts(str(path) + path.read_text(encoding="utf-8")) == []
    assert {path for path in desk.rglob("*") if not path.is_relative_to(desk / f"out-{shape}")} == before
