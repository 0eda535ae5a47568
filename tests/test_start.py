"""What makes a start quick changes no result: the same words, the same phrases, the same stems, the same spaCy."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys

import pytest
import snowballstemmer
import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import compile_infix_regex
from spacy.vocab import Vocab

from matcher.__main__ import _scores_a_file
from matcher.batch import crew
from matcher.cli import config
from matcher.reading.labels import LabelMatcher
from matcher.reading.reader import pipeline
from matcher.reading.words import WordFolder
from matcher.resources import ELSEWHERE
from matcher.taxonomy import stems, write_compiled


@pytest.fixture(scope="module")
def texts(root):
    """The invented job posts, and lines with what a tokenizer may stumble over."""
    posts = [path.read_text(encoding="utf-8") for path in sorted((root / "samples" / "jobs").glob("*.txt"))]
    return [*posts, "Zendesk;Jira|Avaya, e-mail\n\nU.S. Ph.D. don't 8a.m.  :) http://example.com/a-b, back–office\t(24/7)...", ""]


def in_a_new_process(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


LEAN = "import sys\nfrom matcher.reading import lean\n{}\nlean.import_spacy()\nimport spacy\n"


def test_spacy_comes_without_its_command_line_and_can_still_have_it():
    told = "print('spacy.cli' in sys.modules, 'typer' in sys.modules, len(spacy.blank('en')('one two')))\n"
    later = "spacy.info(silent=True)\nimport spacy.cli\nprint(spacy.cli.download.__module__)"
    assert in_a_new_process(LEAN.format("") + told + later) == ["False", "False", "2", "spacy.cli.download"]


@pytest.mark.parametrize("again", ["", "import spacy.cli\n"])
def test_spacys_command_line_is_an_attribute_as_it_is_of_any_spacy(again):
    told = "print('spacy.cli' in sys.modules, hasattr(spacy, 'clip'), spacy.cli.download.__module__)"
    assert in_a_new_process(LEAN.format("") + again + told) == [str(bool(again)), "False", "spacy.cli.download"]


def test_a_spacy_that_wants_more_of_its_command_line_gets_it():
    other = "lean._info = None\nlean._stand_in = lean._StandIn"
    told = "print('spacy.cli' in sys.modules, spacy.info.__module__, len(spacy.blank('en')('one two')))"
    assert in_a_new_process(LEAN.format(other) + told) == ["True", "spacy.cli.info", "2"]


def test_the_command_imports_nothing_before_it_runs():
    assert in_a_new_process("import sys, matcher.__main__\nprint('matcher.cli' in sys.modules, 'typer' in sys.modules)") == [
        "False",
        "False",
    ]


@pytest.mark.parametrize(
    ("given", "variable", "defaults", "early"),
    [
        ("score a.txt", "", None, True),
        ("score a.txt", "", "top = 3", True),
        ("score a.txt", "", "taxonomy = 'mine'", False),
        ("score a.txt", config.NAME, "taxonomy = 'mine'", False),
        ("score a.txt", ".", None, False),
        ("score a.txt --taxonomy mine", "", None, False),
        ("score a.txt --config=desk.toml", "", None, False),
        ("score missing.txt", "", None, False),
        ("rank a.txt", "", None, False),
    ],
)
def test_reading_is_begun_early_only_with_the_built_in_taxonomy(tmp_path, monkeypatch, given, variable, defaults, early):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(config.VARIABLE, variable)
    (tmp_path / "a.txt").touch()
    if defaults:
        (tmp_path / config.NAME).write_text(defaults, encoding="utf-8")
    assert _scores_a_file(given.split()) is early


@pytest.mark.parametrize("name", [*crew.PRELOAD, *crew.FOR_MANY, "matcher.batch.warm", "matcher.batch.ready"])
def test_what_the_fork_server_loads_is_there(name):
    # It says nothing of a module that it cannot import: the workers would be slow, and nobody would know why.
    assert importlib.util.find_spec(name) is not None


def test_words_are_cut_as_by_spacys_english_with_one_more_rule(texts):
    other = spacy.blank("en")
    other.tokenizer.infix_finditer = compile_infix_regex([*other.Defaults.infixes, r"(?<=\w)[;|](?=\w)"]).finditer
    other.tokenizer.rules = {form: cut for form, cut in other.tokenizer.rules.items() if not form.isspace()}
    own = pipeline(without=("bpo_sections", "bpo_skills", "bpo_stance", "bpo_doubt", "bpo_facts"))
    for text in texts:
        assert [(t.text, t.norm_, t.whitespace_) for t in own(text)] == [(t.text, t.norm_, t.whitespace_) for t in other(text)]


def test_phrases_are_found_where_spacys_matcher_finds_them(nlp, taxonomy, texts):
    folder, vocab = WordFolder(taxonomy.rules), Vocab()
    labels, reference = LabelMatcher(nlp, taxonomy, folder), PhraseMatcher(vocab)
    for surface, _ in taxonomy.plain_labels():
        label = labels.words_of(surface)
        if len(label.stems) > 1:
            reference.add(surface, [Doc(vocab, words=list(label.stems))])
    found = 0
    for words in (folder.words(nlp.make_doc(text)) for text in texts):
        plain = {hit for hit in labels.phrases(words.stems) if not taxonomy.is_guarded(hit[2])}
        met = reference(Doc(vocab, words=list(words.stems)))
        assert plain == {(first, last, vocab.strings[key]) for key, first, last in met}
        found += len(plain)
    assert found > 100


@pytest.fixture
def compiled(root, tmp_path, monkeypatch):
    """The compiled taxonomy, in the place of the shipped one."""
    (tmp_path / "taxonomy").mkdir()
    write_compiled(root / "taxonomy", tmp_path / "taxonomy")
    monkeypatch.setenv(ELSEWHERE, str(tmp_path))
    stems.known_stems.cache_clear()
    yield tmp_path / "taxonomy" / stems.STEMS
    stems.known_stems.cache_clear()


def test_compiled_stems_are_the_stemmers_and_those_of_nearly_all_forms(compiled, taxonomy):
    stemmer, known = snowballstemmer.stemmer("english"), stems.known_stems()
    assert len(known) > 5000
    assert all(stemmer.stemWord(word) == stem for word, stem in known.items())
    folder = WordFolder(taxonomy.rules)
    words = {folder.fold(word) for surface, _ in taxonomy.plain_labels() for word in surface.split() if word.isalpha()}
    assert not {word for word in words if word.isalpha()} - known.keys()


@pytest.mark.parametrize("table", ['{"stemmer": "0.1", "stems": {"calls": "x"}}', '{"stems": {"calls": "x"}}', "[]", "{"])
def test_compiled_stems_of_another_stemmer_count_for_nothing(compiled, table, taxonomy):
    compiled.write_text(table, encoding="utf-8")
    stems.known_stems.cache_clear()
    assert stems.known_stems() == {}
    assert WordFolder(taxonomy.rules).stem("calls") == "call"


def test_compiled_stems_are_used(compiled, taxonomy):
    table = json.loads(compiled.read_text(encoding="utf-8"))
    compiled.write_text(json.dumps(table | {"stems": {"calls": "made up"}}), encoding="utf-8")
    stems.known_stems.cache_clear()
    assert WordFolder(taxonomy.rules).stem("calls") == "made up"


def test_what_is_made_beforehand_is_what_the_first_document_would_make(root, engine):
    post = root / "samples" / "jobs" / "ph-csr-telco.txt"
    before = engine.read_roles(post.read_bytes(), post.name)
    engine.prepare()
    assert engine.read_roles(post.read_bytes(), post.name) == before
