"""Blind mode: nobody can be recognised, every quotation stays true, and no number changes."""

from __future__ import annotations

import csv
import json
import re
import stat
import sys
from pathlib import Path

import openpyxl
import pytest
from fact_people import AS_OF, PEOPLE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.blind import Veil, veiled_fit
from matcher.cli import main
from matcher.cli.keyfile import KeyFile, key_beside
from matcher.errors import InputError
from matcher.matching import Engine
from matcher.records import Kind, Profile
from matcher.report import Placed, RunInfo
from matcher.report.explained import fit_text
from matcher.report.flat import flat_record
from matcher.report.rows import pair_record

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
sys.path.insert(0, str(SAMPLES))

from pieces import load_person  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_process")

NUMBER = "candidate-0007"
HEAD = "Ana Lim Reyes\nana.reyes@example.com | 0917 555 0123\n\n"


def blinded(engine, text, name="resume.txt"):
    return Veil(engine.read_resume(text.encode(), name, as_of=AS_OF), NUMBER).profile


# ------------------------------------------------------------------------------------------------------------- what is hidden


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Date of Birth: 12 May 1994", "[birth date]"),
        ("Age: 29", "[age]"),
        ("Sex: Female", "[sex]"),
        ("Civil Status: Married", "[civil status]"),
        ("Religion: Roman Catholic", "[religion]"),
        ("Nationality: Filipino", "[nationality]"),
        ("Height: 5'4\"", "[body]"),
        ("Father's Name: Ramon Reyes", "[family]"),
        ("SSS No.: 34-1234567-8", "[ID number]"),
        ("Address: 14 Mabini Street, Pasig City", "[address]"),
    ],
)
def test_blind_labelled_details(engine, line, read):
    text = f"{HEAD}PERSONAL INFORMATION\n{line}\n\nEXPERIENCE\nAgent, Acme, 2020 - 2022\n"
    assert f"PERSONAL INFORMATION\n{read}\n" in blinded(engine, text).text


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Ana closes cases on the first call.", "[name] closes cases on the first call."),
        ("Ms. Reyes leads a team of 12.", "[title] [name] leads a team of 12."),
        ("She leads a team of 12.", "[pronoun] leads a team of 12."),
        ("Reyes, Ana L. is the author.", "[name] is the author."),
        ("My page: linkedin.com/in/anareyes", "My page: [link]"),
        ("Married, father of one.", "[civil status]."),
        ("Proud mother of two.", "[family]."),
        ("I work to support my two children.", "I work to support [family]."),
        ("I am a US citizen and can travel.", "I am a [nationality] and can travel."),
        ("Write to team.lead@firm.example for more.", "Write to [e-mail] for more."),
        ("Former saleslady and Waitress.", "Former salesperson and Waiter."),
        ("Graduated in June 2012 with honours.", "Graduated in June [year] with honours."),
        ("References: Head Nurse J. Cruz, City Clinic", "References: [reference]"),
        ("References: available on request", "References: available on request"),
        ("Asked his or her name first.", "Asked his or her name first."),
        ("Used MS Office every day.", "Used MS Office every day."),
        ("Menodora Quist is looking for a seat. I know Menodora.", "[name] is looking for a seat. I know [name]."),
        ("Woman in business of the year.", "[sex] of the year."),
        ("I live at 2140 Old Mill Way, Springfield, Ohio 43001 now.", "I live at [address] now."),
        ("Member ID: 00041187", "Member ID: [ID number]"),
        ("Visa status: H-1B until 2027", "[nationality]"),
    ],
)
def test_blind_sentences(engine, said, read):
    assert read in blinded(engine, f"{HEAD}SUMMARY\n{said}\n").text.splitlines()


@pytest.mark.parametrize(
    ("head", "read"),
    [
        ("Ana Lim Reyes | Talamban, Cebu City | ana.reyes@example.com", "[name] | [place] | [e-mail]"),
        ("A. L. Reyes\nAna Lim Reyes\nana.reyes@example.com", "[name]\n[name]\n[e-mail]"),
        (
            "CURRICULUM VITAE\nJaro, Iloilo City\nAna Lim Reyes\nana.reyes@example.com",
            "CURRICULUM VITAE\n[place]\n[name]\n[e-mail]",
        ),
        ("Camden\nHolloway\nSUMMARY\nI like to help.", "[name]\nSUMMARY\nI like to help."),
    ],
)
def test_blind_heads(engine, head, read):
    assert blinded(engine, f"{head}\n\nEXPERIENCE\nAgent, Acme, 2020 - 2022\n").text.startswith(read)


def test_blind_name_that_only_the_file_tells(engine):
    text = "Customer care\nWinnie Oyelaran\n\nEXPERIENCE\nAgent, Acme, 2020 - 2022\n"
    assert "Winnie" not in blinded(engine, text, "CV_Winnie_Oyelaran.txt").text


def test_blind_words_of_the_trade_are_no_names(engine):
    text = "Mark Price\nmark.price@example.com\n\nEXPERIENCE\nAgent, Acme, 2020 - 2022\n- quoted each price\n- mark-up of tags\n"
    assert "- quoted each price\n- mark-up of tags" in blinded(engine, text).text


def test_blind_schooling_keeps_the_degree(engine):
    text = f"{HEAD}EDUCATION\nBS Accountancy, Lakeside State University, 2010 - 2014\n"
    assert "BS Accountancy, [school], [year] - [year]" in blinded(engine, text).text


def test_blind_wordings_have_their_words_and_a_stand_in(taxonomy):
    """A wording is looked for where one of its words stands: none may match without one."""
    own = taxonomy.rules["blind"]
    assert {row["kind"] for row in own["said"]} <= set(own["instead"])
    for row in own["said"]:
        assert row["words"] == [word.casefold() for word in row["words"]]
        assert all(word.isalnum() for word in row["words"])
        re.compile(row["pattern"])


# ------------------------------------------------------------------------------------------------------------- what stays true


def quotations(profile: Profile):
    for claim in profile.claims:
        yield from ((e.text, e.start, e.end) for e in claim.evidence)
        yield from ((k.quote, k.start, k.start + len(k.quote)) for k in claim.results)
    yield from ((one.text, one.start, one.end) for one in profile.ambiguous)
    yield from ((k.quote, k.start, k.start + len(k.quote)) for k in profile.facts.kpis)
    yield from ((j.printed, j.title_start, j.title_start + len(j.printed)) for j in profile.facts.jobs)


def test_blind_quotations_are_those_of_the_blinded_text(sample_profiles):
    for profile in sample_profiles.values():
        seen = Veil(profile, NUMBER).profile
        assert all(seen.text[start:end] == text for text, start, end in quotations(seen))
        assert [len(c.evidence) for c in seen.claims] == [len(c.evidence) for c in profile.claims]


@pytest.mark.parametrize("name", PEOPLE)
def test_blind_quotations_of_twelve_people(engine, name):
    seen = blinded(engine, PEOPLE[name][0])
    assert all(seen.text[start:end] == text for text, start, end in quotations(seen))


def test_blind_scores_are_the_same_to_the_bit(sample_profiles, sample_roles, scorer):
    profiles = list(sample_profiles.values())
    for role in list(sample_roles.values())[::4]:
        fits = scorer.rank(role, profiles)
        seen = [veiled_fit(fit, Veil(fit.profile, NUMBER)) for fit in fits]
        assert [(f.base, f.logit, [c.points for c in f.contributions]) for f in seen] == [
            (f.base, f.logit, [c.points for c in f.contributions]) for f in fits
        ]
        assert [(f.profile.sha256, f.role) for f in seen] == [(f.profile.sha256, f.role) for f in fits]


def test_blind_profile_without_private_stretches_is_the_same_but_for_its_name(engine):
    profile = engine.read_resume(b"EXPERIENCE\nAgent, Acme, 2020 - 2022\n- took 50 calls a day\n", "a.txt", as_of=AS_OF)
    seen = Veil(profile, NUMBER).profile
    assert (seen.text, seen.claims, seen.facts.jobs) == (profile.text, profile.claims, profile.facts.jobs)
    assert (seen.source, seen.facts.contact.name, seen.private) == (NUMBER, NUMBER, ())


# ------------------------------------------------------------------------------------------------------------- nothing leaks


def secrets(profile: Profile) -> set[str]:
    """What no output may hold: parts of the name, addresses, numbers, links, birth dates."""
    contact = profile.facts.contact
    parts = set(re.findall(r"[^\W\d_]{3,}", contact.name or ""))
    births = {profile.text[p.start : p.end] for p in profile.private if p.what == "birth-date"}
    return {*parts, *contact.emails, *contact.phones, *contact.links, *births, *([contact.name] if contact.name else [])}


def leaks(words, output: str) -> list[str]:
    return [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", output)]


def outputs(fit, bands=(0.1, 0.4, 0.9)) -> str:
    placed = Placed(1, fit, 2, bands)
    versions = {"matcher": "1", "taxonomy": "t", "models": "m"}
    pair = json.dumps(pair_record(placed, versions), ensure_ascii=False)
    flat = json.dumps(flat_record(placed, RunInfo(versions, AS_OF, AS_OF)), ensure_ascii=False)
    return "\n".join([pair, flat, fit_text(placed), repr(fit.profile)])


def test_blind_no_output_of_a_sample_names_anyone(sample_profiles, sample_roles, scorer):
    roles = list(sample_roles.values())[::6]
    for stem, profile in sample_profiles.items():
        person = load_person(SAMPLES / "people" / f"{stem}.yaml")
        told = set(re.findall(r"[^\W\d_]{3,}", person.name)) | secrets(profile)
        veil = Veil(profile, NUMBER)
        for role in roles:
            own = json.dumps(pair_record(Placed(1, scorer.fit(profile, role), 2), {}), ensure_ascii=False)
            seen = outputs(veiled_fit(scorer.fit(profile, role), veil))
            assert leaks(told, seen) == [], (stem, role.source)
            assert own.count("contributions") == seen.count('"contributions"')


GIVEN = st.sampled_from(["Zorah", "Ximena", "Kwabena", "Tadeusz", "Ngozi", "Oluwaseun", "Priyanka", "Đặng", "Mª Fé", "Jo-Anne"])
FAMILY = st.sampled_from(["Quibilan", "O'Dwyer", "Zubiri-Ochoa", "Vasudevan", "Mbatha", "de la Fuente", "Łukaszek", "Tan"])
HEADS = ("{given} {family}", "{GIVEN} {FAMILY}", "{given} B. {family}, RN", "Name: {given} {family}", "{family}, {given}")
LINES = (
    "{given} answers 60 inbound calls a day with 95% CSAT",
    "Signed {given} {family} for the team of Zendesk agents",
    "Ms. {family} trained new hires in upselling",
    "Wrote {mail} in each ticket and closed 40 chats a day",
    "Reach me under {phone} for billing support",
    "{given} {family} - page 2",
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(GIVEN, FAMILY, st.sampled_from(HEADS), st.sampled_from(["0917 555 0123", "+91 98765 43210", "(312) 555-0188"]), st.data())
def test_blind_no_invented_person_is_named(engine, scorer, sample_roles, given_name, family, head, phone, data):
    plain = re.sub(r"[^a-z]", "", f"{given_name}{family}".casefold()) or "someone"
    words = {"given": given_name, "family": family, "GIVEN": given_name.upper(), "FAMILY": family.upper()}
    words |= {"mail": f"{plain}@example.com", "phone": phone}
    lines = data.draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=4))
    duties = "\n".join(f"- {line.format(**words)}" for line in lines)
    top = f"{head.format(**words)}\n{words['mail']} | {phone}\nDate of Birth: 3 March 1991\n"
    text = f"{top}\nEXPERIENCE\nAgent, Acme, Jan 2020 - May 2023\n{duties}\n"
    profile = engine.read_resume(text.encode(), "x.txt", as_of=AS_OF)
    fit = scorer.fit(profile, sample_roles["ph-csr-telco.txt"])
    seen = outputs(veiled_fit(fit, Veil(profile, NUMBER)))
    parts = set(re.findall(r"[^\W\d_]{3,}", f"{given_name} {family}"))
    assert leaks({*parts, words["mail"], phone, "3 March 1991"}, seen) == []


# ------------------------------------------------------------------------------------------------------------- the commands


ANA = f"{HEAD}EXPERIENCE\nCustomer Service Representative, Acme, Jan 2020 - Present\n- Ana took 80 inbound calls a day\n"
BEN = "Benedict Okafor\nben.okafor@example.com\n\nEXPERIENCE\nChat Agent, Acme, 2019 - 2022\n- Benedict closed 40 chats a day\n"
NAMES = ("Ana", "Lim", "Reyes", "reyes", "Benedict", "Okafor", "okafor", "0917 555 0123", "Dela_Cruz", "Santos")


@pytest.fixture
def folder(tmp_path):
    resumes = tmp_path / "in"
    resumes.mkdir()
    for name, text in {"Ana_Reyes_CV.txt": ANA, "okafor benedict.txt": BEN, "Dela_Cruz.pdf": "no pdf", "Santos.odg": "x"}.items():
        (resumes / name).write_text(text, encoding="utf-8")
    (tmp_path / "out").mkdir()
    return tmp_path


def run(capsys, *arguments):
    status = main([*map(str, arguments), "--as-of", "2026-06-15", "--workers", "1"])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def cells(path):
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            yield from (f"{cell.value} {cell.comment.text if cell.comment else ''}" for cell in row if cell.value is not None)


def test_blind_rank_names_nobody_in_any_file_nor_on_the_screen(capsys, folder):
    job = SAMPLES / "jobs" / "ph-csr-telco.txt"
    outs = [folder / "out" / f"list.{ending}" for ending in ("xlsx", "csv", "jsonl", "html")]
    options = [word for out in outs for word in ("--out", out)]
    status, out, err = run(capsys, "rank", folder / "in", "--jobs", job, "--blind", "--verbose", *options)
    told = "\n".join([out, err.replace(str(folder), ""), *cells(outs[0]), *(path.read_text("utf-8") for path in outs[1:])])
    assert status == 1
    assert [name for name in NAMES if name in told] == []
    assert "error: file-0002: is no PDF" in err
    records = [json.loads(line) for line in outs[2].read_text(encoding="utf-8").splitlines()]
    assert {r["resume"] for r in records} == {"candidate-0001", "candidate-0002", "file-0002"}
    key = folder / "out" / "list-key.csv"
    rows = list(csv.DictReader(key.read_text(encoding="utf-8-sig").splitlines()))
    assert {row["file"]: row["name"] for row in rows} == {
        "Ana_Reyes_CV.txt": "Ana Lim Reyes",
        "okafor benedict.txt": "Benedict Okafor",
        "Dela_Cruz.pdf": "",
        "Santos.odg": "",
    }
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert str(key) in err


def test_blind_project_names_nobody_and_goes_on(capsys, folder):
    job, out = SAMPLES / "jobs" / "ph-csr-telco.txt", folder / "out" / "list.jsonl"
    command = ["rank", folder / "in", "--jobs", job, "--blind", "--project", folder / "kept", "--out", out]
    first = run(capsys, *command)
    (folder / "in" / "Zamora.txt").write_text(ANA.replace("Ana Lim Reyes", "Zita Zamora").replace("ana.reyes", "zz"), "utf-8")
    second = run(capsys, *command)
    for _, shown, err in (first, second):
        assert [name for name in (*NAMES, "Zamora") if name in (shown + err).replace(str(folder), "")] == []
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert {r["resume"] for r in records if "error" not in r} == {"candidate-0001", "candidate-0002", "candidate-0003"}
    assert [name for name in (*NAMES, "Zamora") if name in out.read_text("utf-8")] == []


def test_blind_extract_names_nobody(capsys, folder):
    (folder / "in" / "Dela_Cruz.pdf").unlink()
    out = folder / "out" / "read"
    assert run(capsys, "extract", folder / "in", "--blind", "--out", out, "--format", "plain")[0] == 0
    plain = {path.name: path.read_text(encoding="utf-8") for path in out.iterdir()}
    assert sorted(plain) == ["candidate-0001.txt", "candidate-0002.txt"]
    lines = folder / "out" / "read.jsonl"
    assert run(capsys, "extract", folder / "in", "--blind", "--out", lines, "--key", folder / "out" / "read-key.csv")[0] == 0
    records = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    for record in records:
        text = plain[f"{record['source']}.txt"]
        shown = [e for skill in record["skills"] for e in skill["evidence"]]
        assert shown
        assert all(text[e["start"] : e["end"]] == e["text"] for e in shown)
    everything = "\n".join([*plain.values(), lines.read_text(encoding="utf-8")])
    assert [name for name in NAMES if name in everything] == []


def test_blind_score_is_that_of_an_open_run(capsys, folder):
    pair = ["score", folder / "in" / "Ana_Reyes_CV.txt", "--job", SAMPLES / "jobs" / "ph-csr-telco.txt", "--format", "json"]
    opened, seen = (json.loads(run(capsys, *pair, *more)[1]) for more in ([], ["--blind"]))
    assert opened["candidate"] == "Ana Lim Reyes"
    assert seen["candidate"] == seen["resume"] == "candidate-0001"
    for name in ("logit", "base", "band", "sha256", "unmet", "unknown"):
        assert seen[name] == opened[name]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["rank", "x", "--key", "k.csv"], "--key: is for blind runs; give --blind too"),
        (["extract", "x", "--as", "job", "--blind"], "--blind: is for resumes; job posts tell of nobody"),
    ],
)
def test_blind_options_that_do_not_go_together(capsys, arguments, why):
    status, _, err = run(capsys, *arguments)
    assert (status, why in err) == (2, True)


# ------------------------------------------------------------------------------------------------------------------ the key


def test_blind_key_keeps_numbers_and_goes_on(tmp_path):
    path = tmp_path / "k.csv"
    first = KeyFile(path)
    first.enroll([("bb", "b.pdf", "Bea"), ("aa", "a.pdf", "Ana")])
    first.save()
    later = KeyFile(path)
    later.enroll([("00", "new.pdf", "New"), ("aa", "moved/a.pdf", "Ana"), ("bb", "b.pdf", "Bea")])
    assert [later.candidate(*one) for one in (("aa", "moved/a.pdf"), ("bb", "b.pdf"), ("00", "new.pdf"))] == [
        "candidate-0001",
        "candidate-0002",
        "candidate-0003",
    ]
    assert later.file("odd.odg") == "file-0001"
    assert later.file("odd.odg") == "file-0001"


def test_blind_key_does_not_depend_on_the_order_of_files(tmp_path):
    people = [("bb", "1.pdf", "x"), ("aa", "2.pdf", "y"), ("cc", "3.pdf", "z")]
    keys = [KeyFile(None), KeyFile(None)]
    keys[0].enroll(people)
    keys[1].enroll(people[::-1])
    assert all(keys[0].candidate(s, f) == keys[1].candidate(s, f) for s, f, _ in people)


def test_blind_key_runs_nothing_in_a_spreadsheet(tmp_path):
    key = KeyFile(tmp_path / "k.csv")
    key.enroll([("aa", "=cmd.pdf", "@SUM(A1)")])
    key.save()
    assert '"' not in (text := (tmp_path / "k.csv").read_text(encoding="utf-8-sig"))
    assert "'=cmd.pdf,'@SUM(A1)" in text
    assert KeyFile(tmp_path / "k.csv").candidate("aa", "=cmd.pdf") == "candidate-0001"


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", "number,file,name,sha256\nx-1,a.pdf,Ana,aa\n", "number,file,name,sha256\ncandidate-1\n"]
)
def test_blind_key_never_writes_over_another_file(tmp_path, text):
    path = tmp_path / "k.csv"
    path.write_text(text)
    with pytest.raises(InputError, match="name another file"):
        KeyFile(path)
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("out", "key"), [("list.xlsx", "list-key.csv"), ("a/read.jsonl", "a/read-key.csv"), ("a/read", "a/read-key.csv")]
)
def test_blind_key_stands_beside_the_result(out, key):
    assert key_beside(Path(out)) == Path(key)


def test_blind_library_reads_what_the_command_prints(engine: Engine):
    record = engine.extract(ANA.encode(), "x.txt", Kind.RESUME, as_of=AS_OF, blind=True)[0]
    assert isinstance(record, dict)
    assert record["owner"] == "Ana Lim Reyes"
    assert "Reyes" not in json.dumps({name: value for name, value in record.items() if name != "owner"})


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("EDUCATION\nB.Sc., Harlow State University, 2015\n\nACTIVITIES\nHarlow State Varsity Football, 2014", "Harlow State"),
        ("EDUCATION\nBachelor of Arts : Pelham Ridge College\n\nAWARDS\nPelham Ridge College Debate Prize", "Pelham Ridge"),
        ("EDUCATION\nB.Com, Meerut, 2015", "Meerut"),
        ("EDUCATION\nMatric, Dune Road Secondary, 2015", "Dune Road"),
        ("EDUCATION\nDiploma, March2015", "2015"),
        ("EDUCATION\nLeadership course, Grace Of Dawn Church Ministries", "Grace"),
        ("EXPERIENCE\nClerk, Acme, 2019 - 2021\n40 hours a week; Brannoc Oswick , (757)443-0199 ; may contact", "Brannoc"),
        ("EXPERIENCE\nClerk, Acme, 2019 - 2021\nSupervisor: Brannoc Oswick (757) 443-0199", "Oswick"),
        ("EXPERIENCE\nClerk, Acme, 2019 - 2021\nOffice (757)443-0199", "443"),
        ("AFFILIATIONS\nLiving Spring Worship Center Member, 2000 to present", "Living Spring"),
        ("AFFILIATIONS\nYouth leader at Living Spring Tabernacle", "Tabernacle"),
    ],
)
def test_blind_what_is_told_in_passing(engine, text, gone):
    plain = engine.plain_texts(f"Ana Reyes\nAgent\n\n{text}\n".encode(), "cv.txt", Kind.RESUME, blind=True)[0]["text"]
    assert gone not in plain


@pytest.mark.parametrize(
    "kept",
    [
        "Supervisor: Customer Care",
        "Led the worship team and the volunteer band at events",
        "Answered calls for Pelham Care, Memphis, Tennessee",
        "Certified Project Manager : Project Management",
    ],
)
def test_blind_leaves_work_as_it_is(engine, kept):
    text = f"Ana Reyes\nAgent\n\nEXPERIENCE\nClerk, Acme, 2019 - 2021\n{kept}\n\nEDUCATION\nB.A., University of Memphis\n"
    assert kept in engine.plain_texts(text.encode(), "cv.txt", Kind.RESUME, blind=True)[0]["text"]
