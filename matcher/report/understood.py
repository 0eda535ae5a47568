"""What was understood of one document, as text for people: the contract's JSON without its ids and brackets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from matcher.report.rows import named
from matcher.report.text import WIDTH, counted, listing
from matcher.unseen import one_line

_NOTHING = (None, "", "unknown")
_SILENT = ("name", "concept", "label")
_PROOF = {
    "certificate": "by a certificate",
    "summary": "in the summary",
    "list": "in a list",
    "dump": "only in a run of keywords",
}


def extract_text(record: dict[str, Any], width: int = WIDTH) -> str:
    """Skills with a quotation each, then facts and requirements, then what was left open."""
    return "\n".join(_lines(record, width))


def _lines(record: dict[str, Any], width: int) -> Iterator[str]:
    yield one_line(f"{record['source']} ({record['kind']})")
    for stance, skills in _by_stance(record.get("skills", ())).items():
        yield from listing(f"Skills, {stance}", (_skill(skill) for skill in skills), width)
    yield from listing("Facts", _facts(record.get("facts") or {}), width)
    yield from listing("Requirements", _requirements(record.get("requirements") or {}, _labels(record)), width)
    ambiguous = (f"{item['text']} (page {item['page']}): {_open(item['readings'])}" for item in record.get("ambiguous", ()))
    yield from listing("Could not be settled", ambiguous, width)
    yield from listing("Take care", (_sentence(item) for item in record.get("warnings", ())), width)


def _sentence(notice: dict[str, Any]) -> str:
    return f"{notice['message']}: “{notice['text']}”" if notice.get("text") else str(notice["message"])


# ------------------------------------------------------------------------------------------------------------------ skills


def _by_stance(skills: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for skill in skills:
        found.setdefault(skill["stance"], []).append(skill)
    return found


def _skill(skill: dict[str, Any]) -> str:
    months = f", {counted(skill['months'], 'month')}" if skill.get("months") else ""
    last = f" to {skill['last_used']}" if months and skill.get("last_used") else ""
    proof = f", {_PROOF[skill['proof']]}" if skill.get("proof") in _PROOF else ""
    first = next(iter(skill.get("evidence", ())), None)
    shown = f": “{' '.join(first['text'].split())}” (page {first['page']})" if first else ""
    results = "; ".join(_result(result) for result in skill.get("results", ()))
    return f"{skill['label']}{months}{last}{proof}{shown}" + (f"; results: {results}" if results else "")


def _result(result: dict[str, Any]) -> str:
    """A measured result as printed, with its period and owner where they are known and not in the quotation."""
    quote = " ".join(str(result["quote"]).split())
    period, scope = result.get("period"), result.get("scope")
    told = [period if period and period not in quote.casefold() and result.get("unit") not in (period, "daily") else None]
    told += [f"{scope} result" if scope == "team" else None, "see whether it can be" if result.get("doubtful") else None]
    details = [str(item) for item in told if item]
    return f"{quote} ({'; '.join(details)})" if details else quote


def _labels(record: dict[str, Any]) -> dict[str, str]:
    return {skill["concept"]: skill["label"] for skill in record.get("skills", ()) if "concept" in skill}


def _words(id: str) -> str:
    return id.replace("-", " ").replace("_", " ")


# ------------------------------------------------------------------------------------------------------------------- facts


def _facts(facts: dict[str, Any], before: str = "") -> Iterator[str]:
    """Facts that were said, one a line; a table of months is one line, longest first."""
    for key, value in facts.items():
        name = f"{before}{_words(key)}"
        if key == "months_by":
            yield from (line for group, months in value.items() for line in _months_by(group, months))
        elif isinstance(value, dict):
            yield from _facts(value, f"{name} ")
        elif isinstance(value, list | tuple):
            yield from _several(name, value)
        elif value not in _NOTHING:
            yield f"{name}: {_words(value) if isinstance(value, str) and '_' in value else value}"


def _months_by(group: str, months: dict[str, int]) -> Iterator[str]:
    if months:
        ordered = sorted(months.items(), key=lambda item: (-item[1], item[0]))
        yield f"months by {_words(group)}: " + ", ".join(f"{_words(id)} {count}" for id, count in ordered)


def _several(name: str, values: list[Any] | tuple[Any, ...]) -> Iterator[str]:
    if any(isinstance(item, dict) for item in values):
        yield from (f"{name}: {_entry(item)}" for item in values)
    elif values:
        yield f"{name}: {', '.join(map(str, values))}"


def _entry(item: dict[str, Any]) -> str:
    """A job, a measured result, or a language or certificate with what is known of it in brackets."""
    if "quote" in item:
        return _result(item)
    if "start" in item:
        return _job(item)
    details = [_words(str(value)) for key, value in item.items() if key not in (*_SILENT, "expires") and value not in _NOTHING]
    details += [f"until {item['expires']}"] if item.get("expires") else []
    return f"{named(str(item['name']), item.get('label'))}" + (f" ({', '.join(details)})" if details else "")


def _job(job: dict[str, Any]) -> str:
    months = f", {counted(job['months'], 'month')}{_range(job)}" if job.get("months") else ""
    about = [_words(id) for id in (job.get("family"), *job.get("channels", ()), *job.get("lines_of_business", ())) if id]
    return f"{job['title'] or 'a job'}, {_dates(job)}{months}" + (f" ({'; '.join(dict.fromkeys(about))})" if about else "")


def _range(job: dict[str, Any]) -> str:
    """How few and how many months a job may have been whose dates are bare years."""
    least, most = job.get("least"), job.get("most")
    return f", between {least} and {most}" if least and most and least < most else ""


def _dates(job: dict[str, Any]) -> str:
    start, end = job.get("start"), job.get("end")
    if not start and not end:
        return "no dates"
    if job.get("open"):
        return f"since {start or '?'} (counted to {end})"
    return f"{start or '?'} to {end or '?'}"


# ------------------------------------------------------------------------------------------------------------ requirements


def _requirements(node: dict[str, Any], labels: dict[str, str]) -> Iterator[str]:
    for word in ("all", "any"):
        if word in node:
            inner = [list(_requirements(item, labels)) for item in node[word]]
            any_of = "; ".join(" and ".join(lines) for lines in inner)
            yield from (line for lines in inner for line in lines) if word == "all" else [f"any of: {any_of}"]
            return
    if node:
        need = f"{node['need']}: " if node.get("need") else ""
        yield f"{need}{_asked(node, labels)}"


def _span(leaf: dict[str, Any]) -> str:
    """The months of a floor: "12 months", "12 to 36 months"."""
    most = leaf.get("max_months")
    return f"{leaf['min_months']} to {counted(most, 'month')}" if most else counted(leaf["min_months"], "month")


def _asked(leaf: dict[str, Any], labels: dict[str, str]) -> str:
    """What a condition asks for: a concept by its label, anything else as the post words it."""
    concept, kind = leaf.get("concept"), leaf.get("kind")
    worded = str(leaf.get("text") or _words(str(leaf.get("value"))))
    name = labels.get(concept) or _words(concept) if concept else " ".join(worded.split())
    kind = f"{kind}: " if kind not in (None, "skill") else ""
    months = f" ({_span(leaf)})" if leaf.get("min_months") else ""
    level = f" ({_words(leaf['min_level'])})" if leaf.get("min_level") else ""
    return f"{kind}{name}{months}{level}"


def _open(readings: Sequence[str]) -> str:
    return " or ".join(readings) if len(readings) > 1 else f"perhaps {readings[0]}"
