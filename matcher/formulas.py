"""Which texts a spreadsheet would run instead of showing them."""

_RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""The wide forms are taken for the others where people write so."""


def disarmed(text: str, original: str = "") -> str:
    """The text with an apostrophe before it if it, or the `original` that it was cleaned from, begins a formula."""
    return "'" + text if text.startswith(_RISKY) or original.startswith(_RISKY) else text


def armed(text: str) -> str:
    """The text that `disarmed` made safe; any other text as it is."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_RISKY) else text
