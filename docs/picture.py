"""Makes docs/report.png: the page of the samples on a screen and a dark phone. Needs the extras dev and browser, and Chromium."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
JOB = "samples/jobs/us-customer-service-voice.txt"
WIDE, PHONE = {"width": 1120, "height": 1010}, {"width": 330, "height": 970}
GAP, PAPER, COLOURS = 20, (233, 230, 224), 256


def main() -> None:
    """Rank the samples, look at the page twice, put both side by side."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "report.html"
        command = [sys.executable, "-m", "matcher", "rank", "samples/resumes", "--jobs", JOB, "--as-of", "2026-11-01", "--quiet"]
        subprocess.run([*command, "--out", str(page)], cwd=ROOT, check=True)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        screen = look(browser, page, WIDE, "light", "#j1c1 summary", "body")
        phone = look(browser, page, PHONE, "dark", "#j1c2 summary", "#j1c2 .fall")
        browser.close()
    whole = Image.new("RGB", (screen.width + phone.width + 3 * GAP, screen.height + 2 * GAP), PAPER)
    whole.paste(screen, (GAP, GAP))
    whole.paste(phone, (screen.width + 2 * GAP, GAP + (screen.height - phone.height) // 2))
    whole.quantize(COLOURS, dither=Image.Dither.NONE).save(ROOT / "docs" / "report.png", optimize=True)


def look(browser: Browser, page: Path, size: dict[str, int], scheme: str, opened: str, seen: str) -> Image.Image:
    """A screenshot with one candidate opened, scrolled to what is to be seen."""
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.click(opened)
    tab.evaluate("seen => document.querySelector(seen).scrollIntoView({ block: 'start' })", seen)
    tab.wait_for_timeout(300)
    return Image.open(io.BytesIO(tab.screenshot())).convert("RGB")


if __name__ == "__main__":
    main()
