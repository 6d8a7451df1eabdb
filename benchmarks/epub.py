"""EPUBs beside pandoc's own time on the same markup, and a work of a megabyte.

    python benchmarks/epub.py [ROUNDS]

Each round runs in turns, in processes of their own: Diglot making the article's EPUB, first with
all that it imports, then again, as a build does; pandoc alone on the same markup, and (“spared”) on
the little of it that Diglot gives pandoc. The megabyte is the article's pairs, renamed and
repeated. Prints CPU seconds (of the process and its children), wall seconds and peak memory.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pypandoc

from diglot.config import Format
from diglot.pipeline import Job, jobs_of, plan, run
from diglot.project import Project
from diglot.publish.kept import set_aside
from diglot.publish.render import render

ROOT = Path(__file__).parents[1]
ARTICLE, EDITION = "jingjinji-article", "interleaved-hans"
SIZE = 1_000_000  # bytes of text.md


def article() -> Job:
    """Plan the article's EPUB."""
    (job,) = plan(Project(ROOT), (ARTICLE,), EDITION, (Format.EPUB,))
    return job


def megabyte() -> tuple[Job, int]:
    """Plan the EPUB of a work of a megabyte, and tell its size."""
    project = Project(ROOT)
    work = project.work(ARTICLE)
    size = sum(file.stat().st_size for file in work.folder.glob("text*"))
    copies = -(-SIZE // size)
    title, *body = work.text.pairs
    pairs = [replace(pair, id=f"{copy}.{pair.id}") for copy in range(copies) for pair in body]
    long = replace(work, text=replace(work.text, pairs=(title, *pairs)))
    editions = [edition for edition in project.editions() if edition.name == EDITION]
    epub = Format.EPUB
    (job,) = jobs_of(long, editions, project.templates(), lambda _, kind: kind is epub)
    return job, copies * size


def measured(what: str, markup: Path) -> None:
    """Do one thing in this process and print what it took."""
    job, size = megabyte() if what == "megabyte" else (article(), 0)
    if what == "again":
        run(job)
    start, before = time.perf_counter(), _cpu()
    if what in _PANDOC:
        options = ("-f", "commonmark_x", "-t", "epub3", "--toc", "--split-level=1")
        command = [pypandoc.get_pandoc_path(), *options, "--metadata", "title=t", str(markup)]
        subprocess.run([*command, "-o", str(markup.with_suffix(".epub"))], check=True)
        made = markup.with_suffix(".epub").stat().st_size
    else:
        made = len(run(job))
    wall, cpu = time.perf_counter() - start, _cpu() - before
    peak = max(resource.getrusage(who).ru_maxrss for who in _BOTH) / 1024
    print(cpu, wall, peak, made, size)


_PANDOC = ("pandoc", "spared")
_BOTH = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def _cpu() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in _BOTH)


def _child(what: str, markup: Path) -> tuple[float, ...]:
    command = [sys.executable, "-m", "benchmarks.epub", what, str(markup)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return tuple(map(float, done.stdout.split()))


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        job = article()
        markups = {}
        for what in _PANDOC:
            markups[what] = Path(name) / f"{what}.md"
            text = render("epub/book.md.j2", job.booklet, job.templates, job.typefaces, job.version)
            if what == "spared":
                text, _ = set_aside(text)
            markups[what].write_text(text, encoding="utf-8")
        whats = ("article", "again", *_PANDOC, "megabyte")
        found = {what: [] for what in whats}  # type: dict[str, list[tuple[float, ...]]]
        for _ in range(rounds):
            for what in whats:
                found[what].append(_child(what, markups.get(what, Path(name))))
    print(f"{'':10} {'CPU s':>8} {'wall s':>8} {'peak MB':>8} {'KB':>8}   (medians of {rounds})")
    for what, runs in found.items():
        cpu, wall, peak, made, _ = (statistics.median(column) for column in zip(*runs, strict=True))
        print(f"{what:10} {cpu:8.2f} {wall:8.2f} {peak:8.0f} {made / 1000:8.0f}")
    for what in ("article", "again"):
        for alone in _PANDOC:
            both = zip(found[what], found[alone], strict=True)
            beyond = [mine[0] - its[0] for mine, its in both]
            spread = f"{min(beyond):.2f} to {max(beyond):.2f}"
            median = statistics.median(beyond)
            print(f"{what} beyond {alone}: {median:.2f} CPU s ({spread}); under 0.5")
    size = found["megabyte"][0][4] / 1e6
    print(f"The megabyte has {size:.2f} MB of text.md; under 6 s and 500 MB")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measured(sys.argv[1], Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
