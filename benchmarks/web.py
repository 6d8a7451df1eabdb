"""The web pages of both works: bytes, first paint and what a switch takes, beside a plain page.

    python -m benchmarks.web [ROUNDS]

The plain page is pandoc's standalone HTML of what an e-reader edition is made from, without any
choice. Both are opened in turns from their files, offline, in fresh profiles on a phone's viewport,
as they are and with the processor slowed down four times. Prints medians in milliseconds with the
lowest and highest, and the ratio round by round.
"""

import gzip
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import pypandoc
from playwright.sync_api import Browser, sync_playwright

from diglot.config import Format
from diglot.pipeline import Job, plan, run
from diglot.project import Project
from diglot.publish.render import render
from tests.browser.conftest import PHONE, find_browser

ROOT = Path(__file__).parents[1]
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
SWITCHES = {
    "to Traditional or Simplified": "[name=script]:not(:checked)",
    "all pinyin": "[name=pinyin][value=all]",
    "English on tap": "[name=english][value=tap]",
}
# From a click to the frame that shows what it did.
SWITCH = """selector => new Promise(done => {
  const start = performance.now();
  document.querySelector(selector).click();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""


def plain(job: Job) -> str:
    """Make a page of the same text by pandoc."""
    text = render("epub/book.md.j2", job.booklet, job.templates, job.typefaces, job.version)
    made: str = pypandoc.convert_text(
        text, "html", "commonmark_x", extra_args=["--standalone", "--metadata=title=plain"]
    )
    return made


def measure(browser: Browser, address: str, slower: int, *, switches: bool) -> dict[str, float]:
    """Open a page in a fresh profile; milliseconds from the beginning."""
    context = browser.new_context(viewport=PHONE, offline=True)
    page = context.new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(address)
    page.wait_for_function(f"{PAINT} > 0")
    times = {"first paint": page.evaluate(PAINT), "loaded": page.evaluate(LOADED)}
    for name, selector in SWITCHES.items() if switches else ():
        times[name] = page.evaluate(SWITCH, selector)
    context.close()
    return times


def show(name: str, times: list[float]) -> str:
    low, middle, high = min(times), statistics.median(times), max(times)
    return f"    {name:30} {middle:6.0f}  ({low:.0f}-{high:.0f})"


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    jobs = plan(Project(ROOT), formats=(Format.WEB, Format.EPUB))
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser())
        for job in (job for job in jobs if job.format is Format.WEB):
            start = time.process_time()
            data = run(job)
            taken = time.process_time() - start
            file = Path(name) / f"{job.booklet.name}.html"
            file.write_bytes(data)
            peer = next(
                j for j in jobs if j.format is Format.EPUB and j.booklet.work == job.booklet.work
            )
            other = file.with_suffix(".plain.html")
            other.write_text(plain(peer), encoding="utf-8")
            print(f"{job.booklet.work}: {len(data):,} bytes, {len(gzip.compress(data)):,} in gzip;")
            print(f"  plain {other.stat().st_size:,} bytes; made in {taken:.2f} s of the processor")
            for slower in (1, 4):
                ours, theirs = defaultdict(list), defaultdict(list)
                for _ in range(rounds):
                    for key, value in measure(
                        browser, file.as_uri(), slower, switches=True
                    ).items():
                        ours[key].append(value)
                    for key, value in measure(
                        browser, other.as_uri(), slower, switches=False
                    ).items():
                        theirs[key].append(value)
                print(f"  processor slowed down {slower} times, milliseconds:")
                for key, values in ours.items():
                    print(show(key, values))
                for key, values in theirs.items():
                    print(show(f"{key}, plain", values))
                ratios = [
                    a / b for a, b in zip(ours["first paint"], theirs["first paint"], strict=True)
                ]
                print(f"    first paint, ratio: {statistics.median(ratios):.2f}", end=" ")
                print(f"({min(ratios):.2f}-{max(ratios):.2f})")
        browser.close()


if __name__ == "__main__":
    main()
