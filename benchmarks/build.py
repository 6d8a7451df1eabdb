"""Both works with all their editions, beside the plain tools on the same pages.

    python benchmarks/build.py [ROUNDS]

Each round builds everything in a fresh process with an empty output folder, then lets the plain
commands (weasyprint for print, pandoc for e-readers) set the very pages that the build set, two at
a time as the build does. Prints the medians in seconds and the ratio round by round.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypandoc

from diglot.config import Format
from diglot.pipeline import Job, plan
from diglot.project import Project
from diglot.publish.render import render

ROOT = Path(__file__).parents[1]


def timed(run: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def call(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def pages(folder: Path) -> list[tuple[str | Path, ...]]:
    """Write down what the build sets, and give the plain command for each artifact."""
    return [command(job, folder) for job in plan(Project(ROOT))]


def command(job: Job, folder: Path) -> tuple[str | Path, ...]:
    name = job.booklet.name
    if job.format is Format.PDF:
        text = render(
            "print/booklet.html.j2", job.booklet, job.templates, job.typefaces, job.version
        )
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
        weasyprint = Path(sys.executable).with_name("weasyprint")
        return (weasyprint, "--pdf-tags", folder / f"{name}.html", folder / f"{name}.pdf")
    text = render("epub/book.md.j2", job.booklet, job.templates, job.typefaces, job.version)
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    pandoc = pypandoc.get_pandoc_path()
    options = ("-f", "commonmark_x", "-t", "epub3", "--toc", "--metadata", f"title={name}")
    return (pandoc, *options, folder / f"{name}.md", "-o", folder / f"{name}.epub")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    ours: list[float] = []
    plain: list[float] = []
    help_times: list[float] = []
    python_times: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands = pages(folder)
        for part in ("content", "templates"):
            shutil.copytree(ROOT / part, folder / "project" / part)
        build = (sys.executable, "-m", "diglot", "-C", folder / "project", "build")
        for _ in range(rounds):
            shutil.rmtree(folder / "project" / "output", ignore_errors=True)
            ours.append(timed(lambda: call(*build)))
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                plain.append(timed(lambda: list(pool.map(lambda c: call(*c), commands))))
            help_times.append(timed(lambda: call(sys.executable, "-m", "diglot", "--help")))
            python_times.append(timed(lambda: call(sys.executable, "-c", "pass")))
    report("build", ours, "weasyprint and pandoc", plain)
    report("--help", help_times, "python -c pass", python_times)


def report(name: str, ours: list[float], peer: str, theirs: list[float]) -> None:
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    print(
        f"{name}: {statistics.median(ours):.2f} s ({min(ours):.2f}-{max(ours):.2f}); "
        f"{peer}: {statistics.median(theirs):.2f} s ({min(theirs):.2f}-{max(theirs):.2f}); "
        f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
    )


if __name__ == "__main__":
    main()
