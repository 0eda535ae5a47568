"""A small crosswalk of the tests' own: true targets in ESCO 1.2 and O*NET 29.2 for a few concepts that ship."""

from __future__ import annotations

HEADER = """\
#mapping_set_id: https://bpo-matcher.example/taxonomy/crosswalk
#mapping_set_title: A few rows for tests
#license: https://opensource.org/license/mit
#curie_map:
#  bpo: https://bpo-matcher.example/taxonomy/
#  bporole: https://bpo-matcher.example/taxonomy/roles/
#  esco: http://data.europa.eu/esco/
#  onet: https://www.onetonline.org/link/summary/
#  onet-tech: https://www.onetcenter.org/dictionary/29.2/text/technology_skills.html#
#  onet-task: https://www.onetcenter.org/dictionary/29.2/text/task_statements.html#
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
#  sssom: https://w3id.org/sssom/
"""
COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "confidence",
    "object_source", "comment",
)  # fmt: skip
LEDGER = """
[branch]
id = "finance"
code = "FNA"
label = "Finance"

[[concept]]
id = "ledger"
label = "Ledger keeping"
type = "skill"
separates = "high"
broader = ["finance"]
aliases = ["kept the ledger"]
"""
BY_HAND = "semapv:ManualMappingCuration"
NO_TERM = "sssom:NoTermFound"
TASK = (
    "Keep records of customer interactions or transactions, recording details of inquiries, complaints, or comments, "
    "as well as actions taken."
)


ROWS = (
    (
        "customer-service",
        "Customer service",
        "exact",
        "esco:skill/15a33d76-4640-438d-ae64-fdc0c1d3eebc",
        "customer service",
        "0.95",
    ),
    ("de-escalation", "De-escalation", "broad", "esco:skill/afd49651-9119-4327-91fc-844a6dda1254", "conflict management", "0.7"),
    ("french", "French", "exact", "esco:skill/e747e77e-0ea1-4001-8b07-1d11946b5f1b", "French", "1"),
    ("microsoft-excel", "Microsoft Excel", "broad", "onet-tech:43232110", "Spreadsheet software", "0.95"),
    ("call-documentation", "Call documentation", "broad", "onet-task:2578", TASK, "0.6"),
)
ROLES = (
    ("customer-service-representative", "Customer service representative", "exact", "onet:43-4051.00",
     "Customer Service Representatives", "0.9"),
    ("customer-service-representative", "Customer service representative", "close",
     "esco:occupation/0ededdc2-050a-4ec3-8e70-6295105fcd19", "call centre agent", "0.8"),
)  # fmt: skip


def line(subject: str, label: str, relation: str, object: str, target: str, confidence: str, source: str = "") -> str:
    """A row of the table as text."""
    cells = (subject, label, f"skos:{relation}Match", object, target, BY_HAND, confidence, source, "")
    return "\t".join(cells)


def table(*lines: str) -> str:
    """A whole table with these rows."""
    return HEADER + "\n".join(("\t".join(COLUMNS), *lines)) + "\n"


def true_rows() -> list[str]:
    """All rows of this file as text, and one that says that there is nothing."""
    none = line("bpo:customer-service", "Customer service", "related", NO_TERM, "", "0.8", "O*NET")
    return [*(line(f"bpo:{id}", *rest) for id, *rest in ROWS), *(line(f"bporole:{id}", *rest) for id, *rest in ROLES), none]
