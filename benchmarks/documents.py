"""Measure how PDFs are read, beside four other readers, on the same files in one run; prints a table in Markdown.

python benchmarks/documents.py FOLDER [--every N] [--tries N]
"""

from __future__ import annotations

import argparse
import logging
import re
import statistics
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

OURS, PLAIN = "this reader", "pdfminer.six `extract_text`"
AGREE = 3
"""What so many of the five readers find counts as printed."""
_WORD = re.compile(r"[^\W_]+")


@dataclass
class Result:
    """What one reader made of all files."""

    seconds: list[float] = field(default_factory=list)
    words: list[Counter[str]] = field(default_factory=list)
    pairs: list[Counter[tuple[str, str]]] = field(default_factory=list)
    failed: int = 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--every", type=int, default=1, help="only every Nth file")
    parser.add_argument("--tries", type=int, default=2, help="how often each file is read by each reader; the least time counts")
    given = parser.parse_args(arguments)
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # a checkout that is not installed
    paths = sorted(given.folder.rglob("*.pdf"))[:: given.every]
    if not paths:
        raise SystemExit("no PDF there")
    readers = _readers()
    _measured(paths[:2], readers, 1)  # fonts and tables that are loaded once
    results = _measured(paths, readers, given.tries)
    for line in _table(results, len(paths), sum(map(_pages, paths))):
        print(line)


def _readers() -> dict[str, Callable[[bytes], str]]:
    """The text of a PDF by each reader, as its guide says that it is done."""
    import pdfplumber
    import pypdf
    import pypdfium2
    from pdfminer.high_level import extract_text

    from matcher.documents import read_document

    def plumber(data: bytes) -> str:
        with pdfplumber.open(BytesIO(data)) as pdf:
            return "\n".join(page.extract_text() for page in pdf.pages)

    def pdfium(data: bytes) -> str:
        with pypdfium2.PdfDocument(data) as pdf:
            return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)

    for noisy in ("pdfminer", "pypdf"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    return {
        OURS: lambda data: read_document(data, "document.pdf").text,
        PLAIN: lambda data: extract_text(BytesIO(data)),
        "pdfplumber": plumber,
        "pypdf": lambda data: "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages),
        "pypdfium2": pdfium,
    }


def _pages(path: Path) -> int:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as pdf:
            return len(pdf)
    except pypdfium2.PdfiumError:
        return 0


def _measured(paths: Iterable[Path], readers: dict[str, Callable[[bytes], str]], tries: int) -> dict[str, Result]:
    """Every file by every reader in turn, so that a busy moment of the machine meets all of them."""
    results = {name: Result() for name in readers}
    for path in paths:
        data = path.read_bytes()
        texts: dict[str, str | None] = {}
        least = dict.fromkeys(readers, float("inf"))
        for _ in range(tries):
            for name, reader in readers.items():
                begun = time.process_time()
                try:
                    texts[name] = reader(data)
                except Exception:  # each has its own
                    texts[name] = None
                least[name] = min(least[name], time.process_time() - begun)
        for name, result in results.items():
            words = _words(texts[name] or "")
            result.seconds.append(least[name])
            result.words.append(Counter(words))
            result.pairs.append(Counter(pairwise(words)))
            result.failed += texts[name] is None
    return results


def _words(text: str) -> list[str]:
    """The words of a text after this package's repair of encodings, so that a bullet which came out as letters is none."""
    from matcher.documents.repair import mended

    return _WORD.findall(unicodedata.normalize("NFKC", mended(text)).casefold())


def kept(found: Sequence[Sequence[Counter[Any]]], which: int) -> float:
    """The share of what counts as printed that one reader has; `found[reader][file]`."""
    printed = has = 0
    for counters in zip(*found, strict=True):
        for thing in set().union(*counters):
            count = sorted((counter[thing] for counter in counters), reverse=True)[AGREE - 1]
            printed += count
            has += min(count, counters[which][thing])
    return has / printed if printed else 1.0


def _table(results: dict[str, Result], files: int, pages: int) -> Iterable[str]:
    plain = results[PLAIN].seconds
    words, pairs = [result.words for result in results.values()], [result.pairs for result in results.values()]
    yield f"{files} files, {pages} pages"
    yield ""
    yield "| reader | CPU ms a page | speed, `extract_text` = 1 | median file | words kept, % | in order, % | files not read |"
    yield "|---|---|---|---|---|---|---|"
    for which, (name, result) in enumerate(results.items()):
        ratio = sum(plain) / sum(result.seconds)
        middle = statistics.median(one / other for one, other in zip(plain, result.seconds, strict=True))
        cells = (
            f"{1000 * sum(result.seconds) / max(pages, 1):.1f}",
            f"{ratio:.2f}",
            f"{middle:.2f}",
            f"{100 * kept(words, which):.2f}",
            f"{100 * kept(pairs, which):.2f}",
            str(result.failed),
        )
        yield f"| {name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
