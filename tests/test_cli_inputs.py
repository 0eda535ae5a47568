"""Paths on the command line become files to read, each once, and nothing is lost without a word."""

import io
import os
import sys
from pathlib import Path

import pytest

from matcher.batch import Operation
from matcher.cli.inputs import InputFile, Inputs, gather, tasks

LIMIT = 2**20


def make(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def test_inputs_folder_is_searched_and_other_kinds_are_listed(tmp_path):
    make(
        tmp_path,
        "b.pdf",
        "a/c.DOCX",
        "a/logo.psd",
        "notes.xlsx",
        ".hidden.pdf",
        ".git/x.pdf",
        "~$c.docx",
        "__MACOSX/y.pdf",
        "old.doc",
    )
    found = gather([str(tmp_path)], "resume", LIMIT)
    assert [file.source for file in found.files] == ["a/c.DOCX", "b.pdf", "old.doc"]
    assert found.skipped == ("a/logo.psd", "notes.xlsx")
    assert found.troubles == ()


def test_inputs_jobs_may_be_lists_and_role_files(tmp_path):
    make(tmp_path, "a.txt", "b.jsonl", "c.yaml", "d.json")
    assert len(gather([str(tmp_path)], "job", LIMIT).files) == 4
    assert [file.source for file in gather([str(tmp_path)], "resume", LIMIT).files] == ["a.txt"]


def test_inputs_named_file_is_tried_whatever_its_ending(tmp_path):
    make(tmp_path, "cv.odt")
    assert [file.source for file in gather([str(tmp_path / "cv.odt")], "resume", LIMIT).files] == ["cv.odt"]


def test_inputs_same_file_by_several_ways_is_read_once(tmp_path):
    make(tmp_path, "sub/cv.pdf")
    paths = [tmp_path, tmp_path / "sub", tmp_path / "sub" / "cv.pdf", tmp_path / "sub" / ".." / "sub" / "cv.pdf"]
    assert [file.source for file in gather([str(p) for p in paths], "resume", LIMIT).files] == ["sub/cv.pdf"]


def test_inputs_two_files_of_one_name_are_both_read(tmp_path):
    make(tmp_path, "a/cv.pdf", "b/cv.pdf")
    found = gather([str(tmp_path / "a"), str(tmp_path / "b")], "resume", LIMIT)
    assert [file.source for file in found.files] == ["cv.pdf", "cv.pdf"]


def test_inputs_order_does_not_depend_on_how_they_are_given(tmp_path):
    make(tmp_path, "x.pdf", "y.pdf", "z.pdf")
    paths = [str(tmp_path / name) for name in ("x.pdf", "y.pdf", "z.pdf")]
    assert gather(paths, "resume", LIMIT) == gather(paths[::-1], "resume", LIMIT)


@pytest.mark.parametrize(("name", "code"), [("nope.pdf", "missing"), ("empty", "empty-folder"), ("only-other", "empty-folder")])
def test_inputs_what_cannot_be_used_is_a_trouble(tmp_path, name, code):
    (tmp_path / "empty").mkdir()
    make(tmp_path, "only-other/a.psd")
    found = gather([str(tmp_path / name)], "resume", LIMIT)
    assert [trouble.code for trouble in found.troubles] == [code]
    assert found.files == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_inputs_pipe_with_a_name_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.pdf")
    assert [t.code for t in gather([str(tmp_path / "pipe.pdf")], "resume", LIMIT).troubles] == ["not-a-file"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names must be valid text there")
def test_inputs_name_that_is_no_text_can_still_be_shown(tmp_path):
    with open(os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt"), "wb") as file:
        file.write(b"x")
    source = gather([str(tmp_path)], "resume", LIMIT).files[0].source
    assert source.encode("utf-8").decode("utf-8") == "caf�.txt"


def test_inputs_standard_input_is_read_up_to_the_limit(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(b"x" * 100))
    monkeypatch.setattr(sys, "stdin", stream)
    assert gather(["-"], "resume", 10).files == (InputFile("-", data=b"x" * 11),)


def test_inputs_long_list_of_posts_is_cut_without_losing_line_numbers(tmp_path):
    lines = [f'{{"id": "{i}"}}' for i in range(45)]
    path = tmp_path / "posts.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    parts = tasks(Inputs((InputFile("posts.jsonl", path),)), Operation.ROLES, LIMIT)
    assert len(parts) == 3
    numbered = {n: line for part in parts for n, line in enumerate(part.data.decode().split("\n"), 1) if line}
    assert numbered == dict(enumerate(lines, 1))


def test_inputs_list_over_the_limit_is_left_to_its_worker(tmp_path):
    path = tmp_path / "posts.jsonl"
    path.write_text("x" * 100, encoding="utf-8")
    assert [task.data for task in tasks(Inputs((InputFile("posts.jsonl", path),)), Operation.ROLES, 50)] == [None]


def test_inputs_file_that_cannot_be_looked_up_is_told_and_costs_no_other(tmp_path, monkeypatch):
    make(tmp_path, "a.txt", "b.txt")
    looked_up = Path.is_file

    def is_file(path):
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return looked_up(path)

    monkeypatch.setattr(Path, "is_file", is_file)
    found = gather([str(tmp_path)], "resume", LIMIT)
    assert [file.source for file in found.files] == ["b.txt"]
    assert [(one.code, "Permission denied" in one.message) for one in found.troubles] == [("unreadable", True)]
