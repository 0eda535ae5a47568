"""Every kind of bad input: one clear line each, the right exit status, and nothing lost of what else was done."""

import io
import json
import os
import signal
import subprocess
import sys
import zipfile

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from matcher.cli import main

RESUME = """Rowena Example
rowena@example.com
Summary
Customer service associate with three years of inbound calls for a telecom account.
Experience
Customer Service Associate
Example Contact Center
January 2021 to March 2024
Answered 80 inbound calls a day and resolved billing complaints.
Kept CSAT above 92%.
Education
Bachelor of Science in Business Administration, 2020
"""

JOB = """Customer Service Representative
Responsibilities
- Answer inbound calls from customers and resolve billing complaints
Requirements
- At least 1 year of call center experience
- Must have good English communication skills
Preferred
- Experience with Salesforce
"""


def pdf(text=RESUME, **options):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, **options)
    page = canvas.beginText(60, 780)
    for line in text.splitlines():
        page.textLine(line)
    canvas.drawText(page)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scanned():
    from reportlab.lib.utils import ImageReader

    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    picture = b"P6 8 8 255 " + bytes(8 * 8 * 3)
    canvas.drawImage(ImageReader(io.BytesIO(picture)), 50, 50, 400, 600)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def pageless():
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 3\n0000000000 65535 f \n{table}trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + end.encode()


def zipped():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("photo.txt", "no document")
    return buffer.getvalue()


def bomb():
    """A content stream of a few kilobytes that grows to a gigabyte."""
    import zlib

    layer = zlib.compressobj(9)
    first = b"".join(layer.compress(b" " * 2**20) for _ in range(1024)) + layer.flush()
    stream = zlib.compress(first, 9)
    head = f"<< /Length {len(stream)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << >> >>",
        head + stream + b"\nendstream",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 5\n0000000000 65535 f \n"
        + table
        + b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    )


BAD = {
    "empty.pdf": (lambda: b"", {"empty"}),
    "locked.pdf": (lambda: pdf(encrypt=StandardEncryption("secret", ownerPassword="owner", strength=128)), {"encrypted"}),
    "pageless.pdf": (pageless, {"zero-pages"}),
    "photo.pdf": (scanned, {"no-text-layer"}),
    "text.pdf": (lambda: b"just some words", {"not-a-pdf"}),
    "truncated.pdf": (lambda: pdf()[:400], {"damaged"}),
    "zip.pdf": (zipped, {"not-a-pdf"}),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), {"unknown-format"}),
}
OPTIONS = ["--as-of", "2026-01-31", "--max-seconds", "10", "--max-memory", "300MiB"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("resumes")
    (place / "sub").mkdir()
    (place / "good.pdf").write_bytes(pdf())
    (place / "sub" / "good.txt").write_text(RESUME.replace("Rowena", "Amara"), encoding="utf-8")
    (place / "sub" / "copy.txt").write_text(RESUME.replace("Rowena", "Amara"), encoding="utf-8")
    (place / "logo.psd").write_bytes(b"8BPS")
    for name, (make, _) in BAD.items():
        (place / name).write_bytes(make())
    return place


@pytest.fixture(scope="module")
def jobs(tmp_path_factory):
    place = tmp_path_factory.mktemp("jobs")
    (place / "agent.txt").write_text(JOB, encoding="utf-8")
    (place / "riddle.txt").write_text("zzz qqq xxx\nvvv www\n", encoding="utf-8")
    (place / "empty.txt").write_bytes(b"")
    posts = [json.dumps({"id": "post-1", "title": "Agent", "company": "Example", "location": "Cebu", "text": JOB}), "{broken", ""]
    (place / "posts.jsonl").write_text("\n".join(posts), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def ranked(folder, jobs, tmp_path_factory):
    """One run over everything: status, lines of the result, error lines."""
    place = tmp_path_factory.mktemp("out")
    out = place / "out.jsonl"
    with pytest.MonkeyPatch.context() as patch:
        errors = io.StringIO()
        patch.setattr("sys.stderr", errors)
        more = ["--out", str(out), "--out", str(place / "out.xlsx"), "--out", str(place / "out.csv")]
        status = main(["rank", str(folder), str(folder / "gone.pdf"), "--jobs", str(jobs), *more, *OPTIONS])
    return (
        status,
        [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()],
        errors.getvalue().splitlines(),
        place,
    )


def test_bad_input_status_says_that_some_failed(ranked):
    assert ranked[0] == 1


@pytest.mark.parametrize("name", BAD)
def test_bad_input_each_has_its_reason(ranked, name):
    _, lines, errors, _ = ranked
    (found,) = [line["error"] for line in lines if line.get("resume") == name]
    assert found["code"] in BAD[name][1]
    assert f"error: {name}: {found['message']}" in errors


def test_bad_input_missing_path_is_listed(ranked):
    assert [line["error"]["code"] for line in ranked[1] if line.get("resume", "").endswith("gone.pdf")] == ["missing"]


def test_bad_input_bad_jobs_are_listed_by_name_and_line(ranked):
    found = {line["job"]: line["error"] for line in ranked[1] if "error" in line and "job" in line}
    assert set(found) == {"empty.txt", "posts.jsonl"}
    assert "2" in found["posts.jsonl"]["message"]


def test_bad_input_everything_good_is_ranked_for_every_good_job(ranked):
    pairs = [(line["job"], line["resume"]) for line in ranked[1] if "rank" in line]
    good = ["good.pdf", "sub/copy.txt", "sub/good.txt"]
    jobs = sorted({job for job, _ in pairs})
    assert len(jobs) == 3
    assert sorted(pairs) == [(job, resume) for job in jobs for resume in good]


def test_bad_input_post_in_which_nothing_was_understood_is_ranked_with_a_warning(ranked):
    _, lines, errors, _ = ranked
    assert sum(line.get("job") == "riddle.txt" and "rank" in line for line in lines) == 3
    assert any(line.startswith("warning: riddle.txt: ") for line in errors)


def test_bad_input_other_kinds_are_listed_as_skipped(ranked):
    assert any(line.startswith("skipped: logo.psd") for line in ranked[2])


def test_bad_input_all_messages_are_single_lines_without_traceback(ranked):
    assert not [line for line in ranked[2] if not line.startswith(("error: ", "warning: ", "skipped: ", "ranked "))]


def test_bad_input_other_formats_are_written_too(ranked):
    assert {path.name for path in ranked[3].iterdir()} == {"out.jsonl", "out.xlsx", "out.csv"}


def test_bad_input_results_do_not_depend_on_workers(folder, jobs, ranked, tmp_path, capsys):
    out = tmp_path / "out.jsonl"
    main(["rank", str(folder), "--jobs", str(jobs), "--out", str(out), *OPTIONS, "--workers", "1", "--quiet"])
    again = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert again == [line for line in ranked[1] if "gone.pdf" not in str(line)]


@pytest.mark.slow
def test_bad_input_that_grows_without_end_fails_alone(jobs, tmp_path, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bomb.pdf").write_bytes(bomb())
    (tmp_path / "in" / "good.pdf").write_bytes(pdf())
    out = tmp_path / "out.jsonl"
    assert main(["rank", str(tmp_path / "in"), "--jobs", str(jobs / "agent.txt"), "--out", str(out), *OPTIONS]) == 1
    good, bad = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert (good["resume"], good["rank"]) == ("good.pdf", 1)
    assert bad["error"]["code"] in {"too-complex", "too-much-memory", "too-slow"}
    assert f"error: bomb.pdf: {bad['error']['message']}" in capsys.readouterr().err.splitlines()


@pytest.mark.parametrize("command", ["rank", "score", "extract"])
def test_bad_input_alone_is_nothing_done(folder, capsys, command):
    status = main([command, str(folder / "empty.pdf"), *OPTIONS])
    captured = capsys.readouterr()
    assert status == 2
    assert captured.out == ""
    assert captured.err.startswith("error: empty.pdf: is empty")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_bad_input_ctrl_c_still_writes_what_was_read(folder, jobs, tmp_path):
    late = tmp_path / "late"
    late.mkdir()
    (late / "a.pdf").write_bytes((folder / "good.pdf").read_bytes())
    endless = bomb()
    for number in range(6):  # more than two workers can end before the signal comes
        (late / f"b{number}.pdf").write_bytes(endless + b"%% %d" % number)
    out = tmp_path / "out.jsonl"
    given = [str(late), "--jobs", str(jobs / "agent.txt"), "--out", str(out), "--max-memory", "64GiB", "--max-seconds", "120"]
    command = [sys.executable, "-m", "matcher", "rank", *given, "--verbose", "--workers", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stderr.readline().startswith("read agent.txt")
    assert process.stderr.readline().startswith("read a.pdf")
    os.killpg(process.pid, signal.SIGINT)
    said = process.stderr.read()
    assert process.wait(timeout=60) == 1, said
    found = {line["resume"]: line for line in map(json.loads, out.read_text(encoding="utf-8").splitlines()) if "resume" in line}
    assert found["b5.pdf"]["error"]["code"] == "interrupted"
    assert found["a.pdf"]["rank"] == 1


def test_bad_input_empty_folder(tmp_path, capsys):
    assert main(["rank", str(tmp_path)]) == 2
    assert "holds no file that could be read" in capsys.readouterr().err


def test_bad_input_extract_goes_on_after_a_bad_file(folder, tmp_path, capsys):
    out = tmp_path / "out"
    paths = [str(folder / name) for name in ("good.pdf", "empty.pdf")]
    assert main(["extract", *paths, "--out", str(out), *OPTIONS]) == 1
    assert json.loads((out / "good.json").read_text(encoding="utf-8"))["kind"] == "resume"
    assert [path.name for path in out.iterdir()] == ["good.json"]
