"""Shell completion: what a shell is offered for the beginning of a line, and that it offers files where nothing is."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from test_readme import commands_in

from matcher.cli.main import main

FILES: tuple[str, ...] = ()
"""Nothing is offered, so that the shell does what it does by itself: it completes the name of a file."""
SHELLS = ("bash", "zsh", "fish")


@pytest.fixture
def offered(monkeypatch, capsys, tmp_path):
    """What bash is offered for the last of some words."""
    monkeypatch.chdir(tmp_path)

    def ask(*words: str) -> tuple[str, ...]:
        monkeypatch.setenv("_MATCHER_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", "\n".join(("matcher", *words)))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        with pytest.raises(SystemExit) as end:
            main([])
        assert end.value.code == 0
        return tuple(capsys.readouterr().out.split())

    return ask


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (["ra"], ("rank",)),
        (["taxonomy", "s"], ("search", "show")),
        (["--version", "ra"], ("rank",)),
        (["extract", "--format", ""], ("json", "text", "plain")),
        (["extract", "--as", "j"], ("job",)),
        (["taxonomy", "export", "--format", "s"], ("skos",)),
        (["score", "--as-of", ""], ("today", "document")),
        (["score", "--as-of", "2026"], FILES),
        (["rank", "resumes", "--max-p"], ("--max-pages",)),
        (["rank", ""], FILES),
        (["rank", "resumes", "--jobs", ""], FILES),
        (["rank", "resumes", "--out", "short"], FILES),
        (["rank", "resumes", "--taxonomy", ""], FILES),
        (["rank", "resumes", "--config", ""], FILES),
        (["score", "cv.pdf", "--job", "role:team-l"], ("role:team-leader",)),
        (["rank", "resumes", "--jobs", "role:team-l"], ("role:team-leader",)),
        (["taxonomy", "show", "team-lead"], ("team-leader", "team-leadership")),
        (["taxonomy", "show", ""], FILES),
        (["taxonomy", "show", "--taxonomy", "not-there", "team-lead"], FILES),
    ],
)
def test_a_shell_is_offered_what_may_follow(offered, line, expected):
    assert offered(*line) == expected


def test_a_wrong_settings_file_does_not_stop_completion(offered, tmp_path):
    (tmp_path / "matcher.toml").write_text("nonsense", encoding="utf-8")
    assert offered("rank", "--qui") == ("--quiet",)


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_can_read_its_script(shell, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("_MATCHER_COMPLETE", f"source_{shell}")
    with pytest.raises(SystemExit):
        main([])
    script = capsys.readouterr().out
    assert "_MATCHER_COMPLETE=complete_" in script
    if (program := shutil.which(shell)) is None:
        pytest.skip(f"{shell} is not installed: its script was made, but nobody read it")
    (tmp_path / "script").write_text(script, encoding="utf-8")
    done = subprocess.run([program, "-n", str(tmp_path / "script")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None or os.name == "nt", reason="bash is not installed")
def test_bash_offers_commands_values_and_files(tmp_path):
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "resume one.pdf").write_bytes(b"")
    environment = commands_in(tmp_path) | {"_MATCHER_COMPLETE": ""}
    ask = 'eval "$(_MATCHER_COMPLETE=source_bash matcher)"; unset _MATCHER_COMPLETE; COMP_WORDS=(matcher {}); '
    ask += 'COMP_CWORD=$((${{#COMP_WORDS[@]}}-1)); _matcher_completion matcher; echo "${{COMPREPLY[*]}}"; complete -p matcher'
    for line, expected in (("ra", "rank"), ("extract --as r", "resume"), ('rank "resume o"', "")):
        run = ["bash", "--norc", "-c", ask.format(line)]
        done = subprocess.run(run, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=True)
        assert done.stdout.splitlines() == [expected, "complete -o default -F _matcher_completion matcher"]
