"""The commands at work on the samples: the contract's output, whatever the way in and out."""

import csv
import io
import json
import re
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from matcher.cli import main

pytestmark = pytest.mark.usefixtures("one_process")

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
RESUME = SAMPLES / "resumes" / "csr-voice-telecom.pdf"
JOB = SAMPLES / "jobs" / "us-customer-service-voice.txt"
AS_OF = ["--as-of", "2026-01-31"]


def run(capsys, *arguments):
    status = main([*map(str, arguments)])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# ------------------------------------------------------------------------------------------------------------------ score


def test_score_json_is_the_line_that_rank_writes(capsys, tmp_path):
    status, out, err = run(capsys, "score", RESUME, "--job", JOB, "--format", "json", *AS_OF)
    assert (status, err) == (0, "")
    path = tmp_path / "out.jsonl"
    run(capsys, "rank", RESUME, "--jobs", JOB, "--out", path, *AS_OF, "--quiet")
    assert [json.loads(out)] == lines(path)


def test_score_text_quotes_what_the_json_holds(capsys):
    _, shown, _ = run(capsys, "score", RESUME, "--job", JOB, "--format", "json", *AS_OF)
    record = json.loads(shown)
    status, text, _ = run(capsys, "score", RESUME, "--job", JOB, *AS_OF)
    flat = " ".join(text.split())
    assert status == 0
    assert f"score {record['score']:.2f}" in flat
    for item in [
        *record["unmet"],
        *record["unknown"],
        *record["questions"][:6],
        *(part["reason"] for part in record["contributions"]),
    ]:
        assert " ".join(item.split()) in flat


def test_score_tells_what_is_odd_about_a_post_once(capsys):
    status, out, err = run(capsys, "score", RESUME, "--job", SAMPLES / "jobs" / "ph-data-entry.txt", *AS_OF)
    assert (status, err) == (0, "")
    assert "unlawful" in out


def test_score_against_the_built_in_roles_names_the_next_step(capsys):
    status, out, _ = run(capsys, "score", RESUME, "--format", "json", *AS_OF)
    found = json.loads(out)
    scores = [role["score"] for role in found["roles"]]
    assert status == 0
    assert scores == sorted(scores, reverse=True)
    assert len(scores) >= 16
    assert found["roles"][0]["job"] == "customer-service-representative"
    assert {role["job"] for role in found["next_roles"]} <= {role["job"] for role in found["roles"]}
    assert found["next_roles"]
    _, text, _ = run(capsys, "score", RESUME, *AS_OF)
    assert "Next step: " in text


def test_score_reads_standard_input(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RESUME.read_bytes())))
    status, out, _ = run(capsys, "score", "-", "--job", JOB, "--format", "json", *AS_OF)
    piped = json.loads(out)
    _, out, _ = run(capsys, "score", RESUME, "--job", JOB, "--format", "json", *AS_OF)
    assert status == 0
    assert {**piped, "resume": RESUME.name} == json.loads(out)


def test_score_wants_one_resume(capsys):
    status, _, err = run(capsys, "score", SAMPLES / "resumes", "--job", JOB)
    assert status == 2
    assert "rank takes folders" in err


# ------------------------------------------------------------------------------------------------------------------- rank


@pytest.fixture(scope="module")
def ranked(tmp_path_factory):
    place = tmp_path_factory.mktemp("out")
    outs = [word for ending in ("jsonl", "csv", "xlsx") for word in ("--out", str(place / f"r.{ending}"))]
    assert main(["rank", str(SAMPLES / "resumes"), "--jobs", str(SAMPLES / "jobs"), *outs, "--top", "3", *AS_OF, "--quiet"]) == 0
    return place


def test_rank_has_every_resume_for_every_job_in_order(ranked):
    found = lines(ranked / "r.jsonl")
    resumes = {path.name for path in (SAMPLES / "resumes").iterdir()}
    jobs = {line["job"] for line in found}
    assert len(found) == len(jobs) * len(resumes)
    for job in jobs:
        own = [line for line in found if line["job"] == job]
        assert {line["resume"] for line in own} == resumes
        assert [line["rank"] for line in own] == list(range(1, len(own) + 1))
        assert [(-line["logit"], line["sha256"]) for line in own] == sorted((-line["logit"], line["sha256"]) for line in own)
        bands = [line["band"] for line in own]
        assert bands == sorted(bands, reverse=True)


def test_rank_points_add_up(ranked):
    for line in lines(ranked / "r.jsonl"):
        assert line["logit"] == pytest.approx(line["base"] + sum(part["points"] for part in line["contributions"]), abs=1e-9)


def test_rank_formats_agree(ranked):
    found = lines(ranked / "r.jsonl")
    with (ranked / "r.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["job"], row["resume"], int(row["band"])) for row in rows] == [(x["job"], x["resume"], x["band"]) for x in found]
    sheet = openpyxl.load_workbook(ranked / "r.xlsx", read_only=True)["Ranked"]
    assert len(list(sheet.iter_rows())) == 1 + 3 * len({line["job"] for line in found})


def test_rank_without_out_prints_the_best(capsys):
    status, out, err = run(capsys, "rank", SAMPLES / "resumes", "--jobs", JOB, "--top", "2", *AS_OF)
    assert status == 0
    assert out.splitlines()[1].split()[:2] == ["#", "score"]
    assert out.splitlines()[2].split()[0] == "1"
    assert "more; --top shows more" in out
    assert err.splitlines()[-1].startswith("ranked ")


def test_rank_tells_what_is_odd_about_a_post_unless_quiet(capsys, tmp_path):
    given = ["rank", RESUME, "--jobs", SAMPLES / "jobs" / "ph-data-entry.txt", "--out", tmp_path / "out.csv", *AS_OF]
    assert "warning: ph-data-entry.txt: " in run(capsys, *given)[2]
    assert run(capsys, *given, "--quiet")[2] == ""


def test_rank_without_jobs_uses_the_built_in_roles(capsys, tmp_path):
    path = tmp_path / "out.jsonl"
    assert run(capsys, "rank", RESUME, "--out", path, *AS_OF)[0] == 0
    assert "team-leader" in {line["job"] for line in lines(path)}


# ---------------------------------------------------------------------------------------------------------------- extract


@pytest.mark.parametrize("path", [RESUME, JOB, SAMPLES / "resumes" / "process-trainer.docx"], ids=lambda path: path.name)
def test_extract_offsets_are_those_of_the_plain_text(capsys, path):
    _, text, _ = run(capsys, "extract", path, "--format", "plain", *AS_OF)
    status, out, _ = run(capsys, "extract", path, *AS_OF)
    record = json.loads(out)
    evidence = [item for skill in record["skills"] for item in skill["evidence"]]
    assert status == 0
    assert len(evidence) > 5
    for item in [*evidence, *record["ambiguous"]]:
        assert text[item["start"] : item["end"]] == item["text"]


def test_extract_tells_resumes_from_jobs(capsys, tmp_path):
    out = tmp_path / "all"
    assert run(capsys, "extract", SAMPLES / "resumes", SAMPLES / "jobs", "--out", out, *AS_OF)[0] == 0
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in out.iterdir()}
    resumes = {path.stem for path in (SAMPLES / "resumes").iterdir()}
    assert {stem for stem, record in found.items() if record["kind"] == "resume"} == resumes
    assert {path.stem for path in (SAMPLES / "jobs").iterdir() if path.suffix != ".jsonl"} <= set(found)


def test_extract_has_the_fields_of_the_contract(capsys):
    _, out, _ = run(capsys, "extract", RESUME, *AS_OF)
    record = json.loads(out)
    assert {"source", "kind", "sha256", "as_of", "versions", "skills", "ambiguous", "facts", "warnings"} <= set(record)
    facts = "contact total_years customer_contact_months months_by last_title education languages certifications typing_wpm"
    assert {*facts.split(), "notice", "kpis", "jobs"} <= set(record["facts"])
    _, out, _ = run(capsys, "extract", JOB, *AS_OF)
    assert {"requirements", "facts"} <= set(json.loads(out))


def test_extract_several_are_a_line_each(capsys, tmp_path):
    status, out, _ = run(capsys, "extract", RESUME, JOB, *AS_OF)
    printed = [json.loads(line) for line in out.splitlines()]
    path = tmp_path / "out.jsonl"
    run(capsys, "extract", RESUME, JOB, "--out", path, *AS_OF)
    assert status == 0
    assert printed == lines(path)
    assert [record["source"] for record in printed] == sorted([RESUME.name, JOB.name])


def test_extract_text_is_for_reading(capsys):
    status, out, _ = run(capsys, "extract", RESUME, "--format", "text", *AS_OF)
    assert status == 0
    assert "Skills, held" in out
    assert "total years: " in out


def test_extract_role_file_can_be_ranked_again(capsys, tmp_path):
    role = tmp_path / "role.yaml"
    assert run(capsys, "extract", JOB, "--as", "job", "--out", role)[0] == 0
    path = tmp_path / "out.jsonl"
    status, _, err = run(capsys, "rank", RESUME, "--jobs", role, "--out", path, *AS_OF)
    assert status == 0, err
    assert lines(path)[0]["job"] == "role.yaml"


RESUME_TEXT = "Ana Cruz\nExperience\nCall center agent, Acme, 2020 to 2022\nAnswered calls"


@pytest.mark.parametrize("shape", ["text", "plain", "json"])
def test_extract_never_writes_over_its_input(capsys, tmp_path, shape):
    (tmp_path / "cv.txt").write_text(RESUME_TEXT, encoding="utf-8")
    (tmp_path / "posts.jsonl").write_text('{"text": "Answer calls"}', encoding="utf-8")
    status, _, err = run(capsys, "extract", tmp_path, "--out", tmp_path, "--format", shape)
    assert (tmp_path / "cv.txt").read_text(encoding="utf-8") == RESUME_TEXT
    assert ("is one of the inputs" in err) == (shape != "json") == (status == 1)
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["extract", "posts.jsonl", "--out", "posts.jsonl"], "posts.jsonl"),
        (["extract", "role.yaml", "--out", "role.yaml"], "role.yaml"),
        (["rank", "cv.txt", "--jobs", "posts.jsonl", "--out", "posts.jsonl"], "posts.jsonl"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else value,
)
def test_outputs_are_none_of_the_inputs(capsys, tmp_path, monkeypatch, arguments, name):
    monkeypatch.chdir(tmp_path)
    for path in ("cv.txt", "posts.jsonl", "role.yaml"):
        Path(path).write_text("as it was", encoding="utf-8")
    status, _, err = run(capsys, *arguments)
    assert (status, Path(name).read_text(encoding="utf-8")) == (2, "as it was")
    assert "is one of the inputs" in err


def test_extract_ids_of_any_length_become_names(capsys, tmp_path):
    posts, out = tmp_path / "posts.jsonl", tmp_path / "out"
    ids = ["a" * 300, "a" * 299 + "b", "é" * 300, "short"]
    posts.write_text("\n".join(json.dumps({"id": id, "text": "Answer calls"}) for id in ids), encoding="utf-8")
    assert run(capsys, "extract", posts, "--out", out)[0] == 0
    names = [path.name for path in out.iterdir()]
    assert len(names) == 4
    assert max(len(name.encode()) for name in names) < 150


def test_extract_goes_on_where_a_file_cannot_be_written(capsys, tmp_path):
    posts, out = tmp_path / "posts.jsonl", tmp_path / "out"
    posts.write_text('{"id": "a", "text": "Answer calls"}\n{"id": "b", "text": "Sell plans"}', encoding="utf-8")
    (out / "posts.jsonl#a.json").mkdir(parents=True)
    status, _, err = run(capsys, "extract", posts, "--out", out)
    assert status == 1
    assert (out / "posts.jsonl#b.json").is_file()
    assert err.startswith("error: ")
    assert "Traceback" not in err


def test_extract_plain_of_a_list_is_a_text_for_each_post(capsys):
    status, out, _ = run(capsys, "extract", SAMPLES / "jobs" / "two-posts.jsonl", "--format", "plain")
    assert status == 0
    assert out.count("==> two-posts.jsonl#") == 2


def test_extract_posts_in_a_web_page_are_a_line_each(capsys, tmp_path):
    posting = {"@type": "JobPosting", "title": "Collections Agent", "description": "Collects debts by phone. " * 4}
    page = tmp_path / "jobs.html"
    for count in (1, 2):
        script = json.dumps([{**posting, "identifier": f"R-{number}"} for number in range(count)])
        page.write_text(f"<html><script type='application/ld+json'>{script}</script><p>Jobs", encoding="utf-8")
        status, out, _ = run(capsys, "extract", page)
        found = [json.loads(out)] if count == 1 else [json.loads(line) for line in out.splitlines()]
        assert (status, len(found), {record["kind"] for record in found}) == (0, count, {"job"})
    assert [record["source"] for record in found] == ["jobs.html#R-0", "jobs.html#R-1"]


def test_extract_skips_data_in_folders_and_refuses_it_by_name(capsys, tmp_path):
    (tmp_path / "cv.txt").write_text(RESUME_TEXT, encoding="utf-8")
    for name in ("role.yaml", "role.yml", "cv.json"):
        (tmp_path / name).write_text("title: Agent", encoding="utf-8")
    status, _, err = run(capsys, "extract", tmp_path)
    assert status == 0
    assert err.count("skipped: ") == 3
    status, _, err = run(capsys, "extract", tmp_path / "role.yaml", "--quiet")
    assert (status, err) == (2, "error: role.yaml: is a role file, not a document; give it to --jobs or --job\n")


def test_extract_copies_go_by_their_own_names(capsys, tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(RESUME_TEXT, encoding="utf-8")
    _, out, _ = run(capsys, "extract", tmp_path)
    assert [json.loads(line)["source"] for line in out.splitlines()] == ["a.txt", "b.txt"]


def test_extract_equal_names_get_files_of_their_own(capsys, tmp_path):
    for folder, ending in (("a", "txt"), ("b", "txt"), ("c", "md")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"cv.{ending}").write_text(f"Resume {folder}\nExperience\nAgent", encoding="utf-8")
    out = tmp_path / "out"
    assert run(capsys, "extract", *(tmp_path / name for name in "abc"), "--format", "plain", "--out", out)[0] == 0
    assert len(list(out.iterdir())) == 3


def test_ranking_without_a_post_shows_for_each_resume_the_roles_that_it_fits(capsys, tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{RESUME_TEXT} for {name}", encoding="utf-8")
    status, out, _ = run(capsys, "rank", RESUME, tmp_path, "--top", "2", *AS_OF)
    head, first, second, *rest = out.splitlines()
    assert status == 0
    assert re.search(r"candidate +resume +score +fit +the best of \d+ role profiles$", head)
    assert RESUME.name in first and re.search("strong +Customer service representative; ", first)
    assert "a.txt" in second or "b.txt" in second
    assert rest[0] == "(and 1 more; --top shows more)"
    assert rest[1].startswith("matcher score RESUME has all roles")


def test_ranking_without_a_post_names_nobody_where_it_is_blind(capsys):
    _, out, _ = run(capsys, "rank", RESUME, "--blind", *AS_OF)
    assert out.split()[:4] == ["resume", "score", "fit", "the"]
    assert out.splitlines()[1].startswith("candidate-0001 ")


def test_a_post_called_like_a_role_is_shown_whatever_it_fits(capsys, tmp_path):
    post = tmp_path / "collections"
    post.write_text("Pastry Chef\n\nRequirements\nBake bread.\n", encoding="utf-8")
    _, out, _ = run(capsys, "rank", RESUME, "--jobs", post, *AS_OF)
    assert "(collections)" in out


# ------------------------------------------------------------------------------------------------------ mails and zip files


@pytest.fixture
def application(tmp_path):
    """A mail with a resume, and a zip file of that mail, of two further resumes and of what cannot be read."""
    message = EmailMessage()
    message["From"], message["Subject"] = "jo@example.com", "Application"
    message.set_content("Please find my resume attached.")
    message.add_attachment(RESUME.read_bytes(), maintype="application", subtype="pdf", filename="cv.pdf")
    (tmp_path / "mail.eml").write_bytes(bytes(message))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(tmp_path / "mail.eml", "mail.eml")
        archive.writestr("sub/cv.txt", RESUME_TEXT)
        archive.writestr("sub/photo.bin", b"?")
        archive.writestr("old.rar", b"Rar!\x1a\x07\x00")
    return tmp_path


def test_rank_reads_what_mails_and_zip_files_hold(capsys, application):
    out = application / "out.jsonl"
    status, _, err = run(capsys, "rank", application, "--jobs", JOB, "--out", out, *AS_OF)
    found = {line["resume"]: line for line in lines(out)}
    assert status == 1
    assert set(found) == {"mail.eml/cv.pdf", "all.zip/mail.eml/cv.pdf", "all.zip/sub/cv.txt", "all.zip/old.rar"}
    assert "unpack it first" in found["all.zip/old.rar"]["error"]["message"]
    assert found["mail.eml/cv.pdf"]["score"] == found["all.zip/mail.eml/cv.pdf"]["score"]
    assert "skipped: mail.eml/body (the words around the attachments)" in err
    assert "skipped: all.zip/sub/photo.bin (no kind of file that is read)" in err


def test_score_takes_a_mail_with_one_resume_and_refuses_several(capsys, application, monkeypatch):
    status, out, _ = run(capsys, "score", application / "mail.eml", "--job", JOB, "--format", "json", *AS_OF)
    assert (status, json.loads(out)["resume"]) == (0, "mail.eml/cv.pdf")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((application / "mail.eml").read_bytes())))
    status, again, _ = run(capsys, "score", "-", "--job", JOB, "--format", "json", *AS_OF)
    assert again == out.replace("mail.eml/cv.pdf", "-/cv.pdf")
    status, out, err = run(capsys, "score", application / "all.zip", "--job", JOB, "--quiet")
    assert (status, out) == (2, "")
    assert err.splitlines()[-1].startswith("error: ")
    assert "all.zip: holds 2 documents; matcher rank takes them all" in err


def test_extract_shows_one_document_in_full_and_several_a_line_each(capsys, application):
    _, out, _ = run(capsys, "extract", application / "mail.eml")
    assert json.loads(out)["source"] == "mail.eml/cv.pdf"
    assert out.count("\n") > 20
    _, out, _ = run(capsys, "extract", application / "all.zip")
    assert [json.loads(line)["source"] for line in out.splitlines()] == ["all.zip/mail.eml/cv.pdf", "all.zip/sub/cv.txt"]
    folder = application / "out"
    run(capsys, "extract", application / "all.zip", "--out", folder, "--format", "plain")
    written = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.txt"))
    assert written == ["all.zip/mail.eml/cv.txt", "all.zip/sub/cv.txt"]


def test_jobs_may_lie_in_a_zip_file(capsys, tmp_path):
    path = tmp_path / "posts.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(SAMPLES / "jobs" / "two-posts.jsonl", "list.jsonl")
        archive.write(JOB, "one.txt")
    status, out, _ = run(capsys, "score", RESUME, "--job", path, "--format", "json", *AS_OF)
    assert status == 0
    assert sorted(item["job"].split("#")[0] for item in json.loads(out)) == ["posts.zip/list.jsonl"] * 2 + ["posts.zip/one.txt"]
