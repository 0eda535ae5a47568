"""The taxonomy: concepts of the BPO trade, the forms they are written in, and the rules that read them."""

from matcher.taxonomy.check import check
from matcher.taxonomy.concepts import Concept, Crosswalk, Form, FormReading, Taxonomy
from matcher.taxonomy.export import to_csv, to_json
from matcher.taxonomy.problem import SURFACE, Problem, nearest
from matcher.taxonomy.released import RELEASED, ReleasedConcept, broken_promises, read_released, write_released
from matcher.taxonomy.role_overlay import LAID_KEYS
from matcher.taxonomy.scheme import Scheme, Source, scheme_of
from matcher.taxonomy.search import Hit, search
from matcher.taxonomy.skos import to_skos
from matcher.taxonomy.source import (
    COMPILED,
    Examined,
    compile_taxonomy,
    examine_folder,
    examine_over,
    load,
    load_folder,
    refuse,
    sound_over,
    write_compiled,
)

__all__ = [
    "COMPILED",
    "LAID_KEYS",
    "RELEASED",
    "SURFACE",
    "Concept",
    "Crosswalk",
    "Examined",
    "Form",
    "FormReading",
    "Hit",
    "Problem",
    "ReleasedConcept",
    "Scheme",
    "Source",
    "Taxonomy",
    "broken_promises",
    "check",
    "compile_taxonomy",
    "examine_folder",
    "examine_over",
    "load",
    "load_folder",
    "nearest",
    "read_released",
    "refuse",
    "scheme_of",
    "search",
    "sound_over",
    "to_csv",
    "to_json",
    "to_skos",
    "write_compiled",
    "write_released",
]
