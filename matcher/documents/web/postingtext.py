"""The fields of a schema.org JobPosting as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Item = Mapping[str, Any]

_NOTHING = "no requirements"
"""What search engines ask publishers to write where nothing is asked for."""
_LISTED = 50
_LONGEST_NAME = 100


def values(item: Item, key: str) -> list[Any]:
    """The values of a property, whether its name is written short or in full; at most 50."""
    for name in (key, f"schema:{key}", f"http://schema.org/{key}", f"https://schema.org/{key}"):
        if name in item:
            found = item[name]
            return [_plain(value) for value in (found if isinstance(found, list) else [found])][:_LISTED]
    return []


def _plain(value: Any) -> Any:
    return value["@value"] if isinstance(value, dict) and "@value" in value else value


def text_of(value: Any) -> str:
    """A scalar as text, an object by its name, its value or its description; "" for what has none."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return f"{value:.0f}" if isinstance(value, float) else str(value)
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, dict):
        for key in ("name", "value", "description", "credentialCategory", "@id"):
            for inner in values(value, key):
                if isinstance(inner, str | int | float) and (text := text_of(inner)):
                    return text
    return ""


def listed(item: Item, key: str) -> list[str]:
    """The texts of a property."""
    return [text for value in values(item, key) if (text := text_of(value))]


def field_text(item: Item, key: str) -> str:
    """The texts of a property, one below the other."""
    return "\n".join(listed(item, key))


def named(item: Item) -> str:
    """The number or name that the publisher gave a post, or ""."""
    for value in values(item, "identifier"):
        inner = values(value, "value") if isinstance(value, dict) else [value]
        if text := text_of(inner[0] if inner else value):
            return " ".join(text.split())[:_LONGEST_NAME]
    return ""


def labelled(item: Item) -> Iterator[str]:
    """Title, firm, place, and the terms of work each behind its label."""
    yield from listed(item, "title")[:1] or listed(item, "name")[:1]
    yield from listed(item, "hiringOrganization")[:1]
    places = list(dict.fromkeys(filter(None, map(_place, values(item, "jobLocation")))))
    if places:
        yield "; ".join(places)
    if any("TELECOMMUTE" in kind.upper() for kind in listed(item, "jobLocationType")):
        yield "Work setup: remote"
    kinds = [kind.replace("_", "-").capitalize() if kind.isupper() else kind for kind in listed(item, "employmentType")]
    if kinds:
        yield f"Job type: {', '.join(kinds)}"
    if hours := listed(item, "workHours"):
        yield f"Schedule: {', '.join(hours)}"
    if pay := next(filter(None, map(_pay, values(item, "baseSalary") or values(item, "estimatedSalary"))), ""):
        yield f"Salary: {pay}"


def _place(value: Any) -> str:
    """Town, region and country of a place."""
    if not isinstance(value, dict):
        return text_of(value)
    for address in values(value, "address") or [value]:
        if isinstance(address, str):
            return address.strip()
        if isinstance(address, dict):
            parts = [text for key in ("addressLocality", "addressRegion", "addressCountry") for text in listed(address, key)[:1]]
            if parts:
                return ", ".join(dict.fromkeys(parts))
    return text_of(value)


def _pay(value: Any) -> str:
    if not isinstance(value, dict):
        return text_of(value)
    currency = field_text(value, "currency")
    inner = next((item for item in values(value, "value") if isinstance(item, dict)), value)
    amounts = [text for key in ("minValue", "maxValue", "value") for text in map(_amount, values(inner, key)) if text]
    unit = field_text(inner, "unitText") or field_text(value, "unitText")
    return " ".join(filter(None, (currency, " to ".join(amounts[:2]), f"per {unit.lower()}" if unit else ""))) if amounts else ""


def _amount(value: Any) -> str:
    try:
        return f"{float(value):,.10g}" if isinstance(value, str | int | float) else ""
    except (ValueError, OverflowError):
        return text_of(value)


def requirements(item: Item) -> Iterator[str]:
    """What is asked for in experience and education, a sentence each."""
    for value in values(item, "experienceRequirements"):
        months = _months(value)
        text = text_of(value)
        if text.casefold() == _NOTHING:
            yield "No experience required"
        elif months:
            yield f"At least {months:g} months of experience required"
        if text and text.casefold() != _NOTHING and (not months or not isinstance(value, dict) or "description" in value):
            yield text
    either = any(value is True or text_of(value).casefold() == "true" for value in values(item, "experienceInPlaceOfEducation"))
    degrees = [text for text in listed(item, "educationRequirements") if text.casefold() != _NOTHING]
    if degrees:
        yield f"Education: {' or '.join(degrees)}{' or equivalent experience' if either else ''}"
    elif listed(item, "educationRequirements"):
        yield "No degree required"


def _months(value: Any) -> float:
    if not isinstance(value, dict):
        return 0.0
    for months in values(value, "monthsOfExperience"):
        try:
            number = float(months) if isinstance(months, str | int | float) else 0.0
        except (ValueError, OverflowError):
            continue
        if 0 < number < 1_000:
            return number
    return 0.0
