"""Which texts a spreadsheet would run instead of showing them."""

_RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""The wide forms are taken for the others where people write so."""


def disarmed(text: str, original: str = "") -> str:
    """The text with an apostrophe before it if it, or the `original` that it was cleaned from, begins a formula."""
    return "'" + text if _begins(text) or _begins(original) else text


def armed(text: str) -> str:
    """The text that `disarmed` made safe; any other text as it is."""
    return text[1:] if text.startswith("'") and _begins(text[1:]) else text


def _begins(text: str) -> bool:
    """Whether a formula begins; some programs pass over spaces before it."""
    rest = text.lstrip()
    lead = text[: len(text) - len(rest)]
    return rest.startswith(_RISKY) or "\t" in lead or "\r" in lead
