"""The spaCy components; each works alone over `spacy.blank("en")`.

`bpo_sections`, `bpo_skills`, `bpo_stance` and `bpo_facts` write span groups of the same names (stance adds to `bpo_skills`);
`bpo_doubt` moves what is unlikely from `bpo_skills` to `bpo_doubtful`.
What a span cannot hold lies in the group's `attrs`, in lists parallel to the spans. Before the pipe runs, set
`doc.user_data["bpo_kind"] = "job"` to read a job post (default: a resume), and `doc.user_data["bpo_emphasis"]` to the start
offsets of the lines that stand out in print. spaCy imports this module in every program that has the package installed:
everything heavy is imported inside.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from matcher.reading.groups import FACTS, SECTIONS, SKILLS

if TYPE_CHECKING:
    from matcher.taxonomy import Taxonomy


@lru_cache(maxsize=4)
def taxonomy_at(overlay: str | None) -> Taxonomy:
    """The built-in taxonomy with an overlay folder over it, loaded once in a process."""
    from matcher.taxonomy import load

    return load(Path(overlay) if overlay else None)


@Language.factory(SECTIONS, assigns=["doc.spans"], default_config={"overlay": None})
def make_sections(nlp: Language, name: str, overlay: str | None) -> Any:
    """Make the component that cuts a Doc into sections; a span's label is the section's kind."""
    from matcher.reading.annotators import SectionAnnotator

    return SectionAnnotator(taxonomy_at(overlay))


@Language.factory(SKILLS, assigns=["doc.spans"], default_config={"overlay": None})
def make_skills(nlp: Language, name: str, overlay: str | None) -> Any:
    """Make the component that finds concepts; a span's label is the concept's type, its `kb_id_` the concept's id."""
    from matcher.reading.annotators import SkillAnnotator

    return SkillAnnotator(nlp, taxonomy_at(overlay))


@Language.factory("bpo_stance", assigns=["doc.spans"], requires=["doc.spans"], default_config={"overlay": None})
def make_stance(nlp: Language, name: str, overlay: str | None) -> Any:
    """Make the component that says what the text claims about each concept found."""
    from matcher.reading.annotators import StanceAnnotator

    return StanceAnnotator(taxonomy_at(overlay))


@Language.factory("bpo_doubt", assigns=["doc.spans"], requires=["doc.spans"], default_config={"overlay": None})
def make_doubt(nlp: Language, name: str, overlay: str | None) -> Any:
    """Make the component that sorts out concepts that the document as a whole does not bear out; it goes after `bpo_stance`."""
    from matcher.reading.doubt import DoubtAnnotator, load_doubt, load_rarity

    return DoubtAnnotator(taxonomy_at(overlay), load_doubt(), load_rarity())


@Language.factory(FACTS, assigns=["doc.spans"], default_config={"overlay": None})
def make_facts(nlp: Language, name: str, overlay: str | None) -> Any:
    """Make the component that reads dated jobs, education, languages, contact data or a post's conditions."""
    from matcher.reading.annotators import FactAnnotator

    return FactAnnotator(taxonomy_at(overlay))
