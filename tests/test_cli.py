"""The command line: what it offers, how fast it answers, and what it says when it is used wrongly."""

import gc
import io
import json
import subprocess
import sys

import pytest
import typer

import matcher
from matcher.__main__ import _scores_a_file
from matcher.cli.app import app
from matcher.cli.main import FLAGS, _spread_jobs, main
from matcher.cli.options import point_in_time, size
from matcher.errors import InputError
from matcher.taxonomy import load


def run(capsys, *arguments):
    status = main(arguments)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


HEAVY = ("spacy", "sklearn", "pdfminer", "numpy", "pandas", "docx", "ftfy", "pebble", "xlsxwriter", "rich.progress")
PROBE = """
import sys
{code}
print(*sorted(name for name in {heavy!r} if name in sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "code",
    [
        "import matcher",
        "from matcher.cli import main; main(['--help'])",
        "from matcher.cli import main; main(['rank', '--help'])",
        "from matcher.cli import main; main(['taxonomy', 'search', 'inbound'])",
    ],
)
def test_cli_loads_nothing_heavy_to_answer(code):
    script = PROBE.format(code=code, heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == ""


def test_matcher_public_names_resolve():
    for name in ("__version__", "MatcherError", "Profile", "load_taxonomy"):
        assert name in dir(matcher)
        assert getattr(matcher, name)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = matcher.nonsense


@pytest.mark.parametrize(
    "command", [[], ["score"], ["rank"], ["extract"], ["taxonomy"], ["taxonomy", "search"], ["taxonomy", "export"]]
)
def test_cli_every_command_has_help(capsys, command):
    status, out, _ = run(capsys, *command, "--help")
    assert status == 0
    assert out.startswith(" ".join(["Usage: matcher", *command]))


@pytest.mark.parametrize("command", ["score", "rank", "extract"])
def test_cli_common_options_are_offered_everywhere(capsys, command):
    _, out, _ = run(capsys, command, "--help")
    for option in [
        "--workers",
        "--taxonomy",
        "--as-of",
        "--max-seconds",
        "--max-memory",
        "--max-pages",
        "--max-bytes",
        "--quiet",
        "--verbose",
        "--help",
    ]:
        assert option in out


def test_cli_leaves_the_collector_of_garbage_as_it_was(capsys):
    before = gc.get_threshold()
    run(capsys, "--version")
    assert gc.get_threshold() == before


def test_cli_version(capsys):
    status, out, _ = run(capsys, "--version")
    assert (status, out) == (0, f"matcher {matcher.__version__}\n")


WRONG = [
    ["nonsense"],
    ["rank"],
    ["rank", "x", "--nonsense"],
    ["rank", "x", "--workers", "0"],
    ["rank", "x", "--workers", "many"],
    ["rank", "x", "--top", "0"],
    ["rank", "x", "--as-of", "yesterday"],
    ["rank", "x", "--as-of", "2026-13-01"],
    ["rank", "x", "--max-seconds", "0"],
    ["rank", "x", "--max-memory", "lots"],
    ["rank", "x", "--max-bytes", "-1MiB"],
    ["rank", "x", "--out", "result.docx"],
    ["rank", "x", "--out", "no/such/folder/result.csv"],
    ["rank", "x", "--taxonomy", "no/such/folder"],
    ["rank", "-", "--jobs", "-"],
    ["score", "x", "--format", "xml"],
    ["extract", "x", "--as", "letter"],
    ["extract", "x", "--out", "result.csv"],
    ["extract", "x", "--format", "plain", "--out", "result.jsonl"],
    ["taxonomy", "show", "no-such-concept"],
    ["taxonomy", "check", "no/such/folder"],
    ["taxonomy", "export", "--format", "owl"],
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_cli_wrong_use_is_one_clear_line(capsys, arguments):
    status, out, err = run(capsys, *arguments)
    assert status == 2
    assert out == ""
    assert err.startswith("error: ")
    assert err.count("\n") == 1


def test_cli_missing_path_says_so(capsys):
    status, out, err = run(capsys, "extract", "no-such-file.pdf")
    assert (status, out) == (2, "")
    assert err == "error: no-such-file.pdf: does not exist; check the path\n"


@pytest.mark.parametrize("given", ["score", "extract", "rank samples/resumes --out", "score --config"])
def test_cli_a_name_that_is_too_long_is_one_clear_line(capsys, given):
    arguments = [*given.split(), "a" * 300]
    assert not _scores_a_file(arguments)
    status, out, err = run(capsys, *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("error: ")
    assert "too long" in err


def test_cli_without_arguments_shows_help(capsys):
    status, _, err = run(capsys)
    assert status == 2
    assert "rank" in err


# ----------------------------------------------------------------------------------------------------------------- options


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["rank", "cv", "--jobs", "a", "b", "c"], ["rank", "cv", "--jobs", "a", "--jobs", "b", "--jobs", "c"]),
        (["rank", "cv", "--jobs", "a", "b", "--top", "3"], ["rank", "cv", "--jobs", "a", "--jobs", "b", "--top", "3"]),
        (["rank", "cv", "--jobs", "a", "--jobs", "b"], ["rank", "cv", "--jobs", "a", "--jobs", "b"]),
        (["rank", "cv", "--jobs", "-", "b"], ["rank", "cv", "--jobs", "-", "--jobs", "b"]),
        (["rank", "--jobs", "a", "cv1", "cv2"], ["rank", "--jobs", "a", "cv1", "cv2"]),
        (["rank", "cv"], ["rank", "cv"]),
        (["rank", "--quiet", "--jobs", "a", "cv"], ["rank", "--quiet", "--jobs", "a", "cv"]),
        (["rank", "--top", "3", "--jobs", "a", "cv"], ["rank", "--top", "3", "--jobs", "a", "cv"]),
        (["rank", "-q", "cv", "--jobs", "a", "b"], ["rank", "-q", "cv", "--jobs", "a", "--jobs", "b"]),
        (["rank", "cv", "--jobs", "a", "--quiet", "b"], ["rank", "cv", "--jobs", "a", "--quiet", "--jobs", "b"]),
        (["rank", "cv", "--jobs=a", "b"], ["rank", "cv", "--jobs=a", "--jobs", "b"]),
        (["rank", "cv", "--out", "--jobs", "--jobs", "a"], ["rank", "cv", "--out", "--jobs", "--jobs", "a"]),
        (["rank", "cv", "--jobs", "a", "--", "b"], ["rank", "cv", "--jobs", "a", "--", "b"]),
    ],
)
def test_cli_several_jobs_may_follow(given, expected):
    assert _spread_jobs(given) == expected


def test_cli_flags_are_those_without_a_value():
    commands = [typer.main.get_command(app)]
    for command in commands:
        commands += getattr(command, "commands", {}).values()
    options = [option for command in commands for option in command.params if getattr(option, "is_flag", False)]
    assert {name for option in options for name in (*option.opts, *option.secondary_opts) if name.startswith("--")} == {
        *FLAGS
    } - {"--help"}


@pytest.mark.parametrize(
    ("text", "count"), [("1GiB", 2**30), ("20MiB", 20 * 2**20), ("1.5kib", 1536), ("4096", 4096), ("2 MB", 2_000_000), ("7b", 7)]
)
def test_options_sizes(text, count):
    assert size("--max-bytes", text) == count


@pytest.mark.parametrize("text", ["", "0", "GiB", "-1", "1XB", "1e3", "0MiB"])
def test_options_sizes_that_are_none(text):
    with pytest.raises(InputError, match="--max-bytes"):
        size("--max-bytes", text)


def test_options_point_in_time():
    assert point_in_time("document") == "document"
    assert point_in_time("2026-02-28") == "2026-02-28"
    assert len(point_in_time("today")) == 10


# ---------------------------------------------------------------------------------------------------------------- taxonomy


def test_cli_taxonomy_search_finds_by_alias(capsys):
    status, out, _ = run(capsys, "taxonomy", "search", "average", "handling", "time", "--limit", "3")
    assert status == 0
    assert out.splitlines()[1].split()[1] == "average-handle-time"
    assert len(out.splitlines()) <= 4


def test_cli_taxonomy_search_of_nothing(capsys):
    status, out, err = run(capsys, "taxonomy", "search", "zzqqxx")
    assert (status, out) == (0, "")
    assert "zzqqxx" in err


@pytest.mark.parametrize("wanted", ["inbound-calls", "Inbound calls"])
def test_cli_taxonomy_show_by_id_or_label(capsys, wanted):
    status, out, _ = run(capsys, "taxonomy", "show", wanted)
    assert status == 0
    assert out.startswith("Inbound calls\n")
    assert "inbound-calls" in out


@pytest.mark.parametrize(
    ("wanted", "id"),
    [("aht", "average-handle-time"), ("Team leader", "role:team-leader"), ("TESDA", "tesda-nc-ii"), ("data entry", "data-entry")],
)
def test_cli_taxonomy_show_by_what_only_one_is_called(capsys, wanted, id):
    status, out, _ = run(capsys, "taxonomy", "show", wanted)
    assert (status, out.splitlines()[1]) == (0, f"  id:         {id}")


def test_cli_taxonomy_show_names_all_that_a_form_may_mean(capsys):
    status, out, err = run(capsys, "taxonomy", "show", "TSR")
    assert (status, out) == (2, "")
    assert "means several" in err
    assert "role:technical-support" in err


def test_cli_taxonomy_search_marks_what_is_out_of_use(capsys, tmp_path):
    concept = (
        '[branch]\nid = "acme"\ncode = "ACM"\nlabel = "Acme"\n\n[[concept]]\nid = "acme-quill"\nlabel = "Acme quill"\n'
        'type = "tool"\nseparates = "low"\nbroader = ["acme"]\naliases = []\ndeprecated = true\n'
    )
    (tmp_path / "concepts").mkdir()
    (tmp_path / "concepts" / "acm.toml").write_text(concept, encoding="utf-8")
    _, out, err = run(capsys, "taxonomy", "search", "acme quill", "--taxonomy", str(tmp_path))
    assert "Acme quill (out of use)" in out, err


def test_cli_taxonomy_show_names_near_ones(capsys):
    _, _, err = run(capsys, "taxonomy", "show", "inbound call")
    assert "inbound-calls" in err


def test_cli_taxonomy_show_takes_what_search_prints_for_a_role(capsys):
    _, out, _ = run(capsys, "taxonomy", "search", "ar caller")
    assert any(line.split()[1] == "role:medical-billing-ar" for line in out.splitlines())
    status, out, _ = run(capsys, "taxonomy", "show", "role:medical-billing-ar")
    assert (status, out.splitlines()[1]) == (0, "  id:         role:medical-billing-ar")
    _, out, _ = run(capsys, "taxonomy", "show", "quality-analyst")
    assert "role:quality-analyst" in out
    for wanted, kind in (("data-entry", "skill"), ("role:data-entry", "role")):
        assert f"  type:       {kind}" in run(capsys, "taxonomy", "show", wanted)[1].splitlines()


def test_cli_taxonomy_export_writes_a_file(capsys, tmp_path):
    for shape, begin in (("skos", "@prefix"), ("html", "<!DOCTYPE html>"), ("csv", "id,label")):
        path = tmp_path / f"taxonomy.{shape}"
        status, out, _ = run(capsys, "taxonomy", "export", "--format", shape, "--out", str(path))
        assert (status, out) == (0, "")
        assert path.read_text(encoding="utf-8").startswith(begin)
    status, _, err = run(capsys, "taxonomy", "export", "--out", str(tmp_path / "no" / "file.json"))
    assert (status, err.count("\n")) == (2, 1)


def test_cli_taxonomy_export_json_is_the_contracts(capsys):
    status, out, _ = run(capsys, "taxonomy", "export", "--format", "json")
    concepts = json.loads(out)
    assert status == 0
    assert {"id", "label", "type", "definition", "aliases", "broader", "related", "mappings"} <= set(concepts[0])
    assert "inbound-calls" in {concept["id"] for concept in concepts}


def test_cli_taxonomy_export_csv(capsys):
    _, out, _ = run(capsys, "taxonomy", "export", "--format", "csv")
    assert out.splitlines()[0].startswith("id,label,type")


@pytest.mark.slow
def test_cli_taxonomy_check_of_the_built_in_one(capsys):
    status, out, err = run(capsys, "taxonomy", "check")
    assert (status, out) == (0, "")
    branches = sum(concept.type == "branch" for concept in load().concepts.values())
    assert f"{len(load().concepts) - branches} concepts in {branches} branches, " in err
    assert " 0 problems" in err


def test_cli_taxonomy_show_of_a_role_that_is_switched_off(capsys, tmp_path):
    (tmp_path / "roles").mkdir()
    (tmp_path / "roles" / "medical-coder.yaml").write_text("in_use: false\n", encoding="utf-8")
    for wanted in ("medical-coder", "role:medical-coder"):
        _, _, err = run(capsys, "taxonomy", "show", wanted, "--taxonomy", str(tmp_path))
        assert err == f"error: {wanted}: this role is switched off by the folder {tmp_path}\n"


def test_cli_taxonomy_check_counts_one_problem_as_one(capsys, tmp_path):
    (tmp_path / "cues.toml").write_text("x", encoding="utf-8")
    assert ", 1 problem (version " in run(capsys, "taxonomy", "check", str(tmp_path))[2]


def test_cli_output_is_utf8_even_where_the_terminal_is_not():
    command = [sys.executable, "-m", "matcher", "taxonomy", "show", "inbound-calls"]
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONPATH": ":".join(sys.path), "PATH": ""}
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert io.TextIOWrapper(io.BytesIO(done.stdout), "utf-8").read().startswith("Inbound calls")
