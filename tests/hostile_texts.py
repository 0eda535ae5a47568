"""Texts that mean harm to whatever shows them, mixed to any number, the same in each run; and what proves a text harmless."""

from __future__ import annotations

import random
import re
from itertools import cycle, product

FORMULAS = (
    *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "\r\n=1+1", '=HYPERLINK("http://example.com","x")'),
    *("=cmd|' /C calc'!A0", "=IMPORTXML(A1)", "{=1+1}", '"=1+1', 'a","=1+1', "a;=1+1", "a\t=1+1", "a|=1+1", "a\n+1"),
    *("-2+3+cmd|x!A1", "＝1+1", 'a;"=1+1"', 'a\n"=1+1', "a;＝1+1", "_x003D_1+1", "\u200f=1+1", "\x00=1+1", "\x1b=1+1"),
    *("\ufeff=1+1", "'=1+1", "#REF!", "=DDE(A;B;C)"),
    *(" =1+1", "\u00a0=1+1", "a; =1+1", "a\n  -1+1", "\ufeff +1+1", "x|\u3000@SUM(A1)"),
)
MARKUP = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "]]><x/>", "&lt;&#x41;&amp;", "[bold red]x[/]", "[/]"),
    *("<!DOCTYPE x [<!ENTITY a 'b'>]>", "</t></is></c><c><f>1+1</f></c>", "&quot;&quot;", "</noscript></pre><style>*{}"),
    *("http://example.com/x", "mailto:a@example.com", "internal:Sheet1!A1", "javascript:alert(1)", "{{ 7*7 }}{% x %}", "%s%n{0}"),
    *("external:\\\\host\\share\\x.xlsx", "ftp://example.com/x", "https://example.com/x.pdf", "&P&N&F&G&Z", '&"Wingdings"&72x'),
)
TERMINAL = (
    *("\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\x08\x08\x08", "\x07", "\x1b[8mhidden", "\u0085", "\x7f", "\x0b\x0c"),
    *(
        "\x1b]8;;http://example.com\x1b\\link",
        "\x1bP$q\x1b\\",
        "\x1b]52;c;eA==\x07",
        "\x9d0;t\x9c",
        "\x1b[6n",
        "\x0e\x0f",
        "\x1bc",
    ),
    *("\rerror: none", "\nerror: forged", "\r\nscore 0.99, 3 strong fit", "\n==> forged <=="),
)
BIDI = (
    *("\u202efdp.exe", "\u2066a\u2069", "\u200eabc", "\u061cabc", "a\u202db\u202c", "\u2028=1+1", "\u2029+1", "\u206a\u206f"),
    *("\U000e0041\U000e007f", "\ufff9a\ufffab\ufffb"),
)
PATHS = (
    *(
        "../../etc/passwd",
        "..\\..\\x.pdf",
        "\\\\host\\share\\x.pdf",
        "file:///etc/passwd",
        "C:\\x.pdf",
        "//host/x.pdf",
        "CON.pdf",
    ),
    *("a/../b.pdf", "-rf", "--out=x", "-", "~root", "$(id)", "`id`", "a;id", "|id", "*", ".", "..", "/", "/etc/passwd"),
)
LONG = ("x" * 40_000, "😀" * 20_000, "\u0301" * 300)
BROKEN = ("\ud800", "\ufffe", "\udcff\udcfe", "", " ", "\u00a0", "\u200b")
ATTACKS = (*FORMULAS, *MARKUP, *TERMINAL, *BIDI, *PATHS, *LONG, *BROKEN)
_CARRIERS = (
    "{0}",
    "{0}{1}",
    "Ana {0}",
    "{0} Agent",
    "voice{0}chat",
    "{1}{0}{1}",
    "Excel, {0}, {1}",
    "a\n{0}",
    "{0}\t{1}",
    "({0})",
)
ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What a terminal, a browser or an editor obeys and does not show; written apart from the program's own list of them."""


def hostile_texts(count=10_000, longest=None):
    """So many texts, no two alike, of at most `longest` characters."""
    short = [text for text in ATTACKS if longest is None or len(text) <= longest]
    pairs = [(one, two) for one, two in product(short, short) if longest or len(one) + len(two) < 1000]
    random.Random(7).shuffle(pairs)
    found = dict.fromkeys(LONG if longest is None else ())
    for number, (one, two) in enumerate(pairs * len(_CARRIERS)):
        text = _CARRIERS[number % len(_CARRIERS)].format(one, two)
        if longest is None or len(text) <= longest:
            found[text] = None
        if len(found) == count:
            return tuple(found)
    raise ValueError(f"only {len(found)} hostile texts")


def endless(count=10_000):
    """An iterator over so many texts, again and again."""
    return cycle(hostile_texts(count))


def acts(text):
    """The characters of a text that something would obey."""
    return sorted({f"U+{ord(sign):04X}" for sign in ACTING.findall(text)})
