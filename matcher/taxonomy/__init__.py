"""The taxonomy: concepts of the BPO trade, the forms they are written in, and the rules that read them."""

from matcher.taxonomy.check import Problem, check
from matcher.taxonomy.concepts import Concept, Crosswalk, Form, FormReading, Taxonomy
from matcher.taxonomy.export import to_csv, to_json
from matcher.taxonomy.scheme import Scheme, Source, scheme_of
from matcher.taxonomy.search import Hit, search
from matcher.taxonomy.skos import to_skos
from matcher.taxonomy.source import COMPILED, compile_taxonomy, load, load_folder, load_over

__all__ = [
    "COMPILED",
    "Concept",
    "Crosswalk",
    "Form",
    "FormReading",
    "Hit",
    "Problem",
    "Scheme",
    "Source",
    "Taxonomy",
    "check",
    "compile_taxonomy",
    "load",
    "load_folder",
    "load_over",
    "scheme_of",
    "search",
    "to_csv",
    "to_json",
    "to_skos",
]
