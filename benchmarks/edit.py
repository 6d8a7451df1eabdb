"""After an edit: how long until everything is right again, and until an editor sees it.

    python -m benchmarks.edit [ROUNDS] [WORKS]

Both works with all their editions and formats. Each round, in turn: a clean build; the same command
with nothing to do; with a comment added to a template; with one sentence edited in the longer work;
and the pipeline that one would script without Diglot, for the PDFs and EPUBs of that work: per
edition the opencc command for the text, pandoc for the EPUB and weasyprint for the PDF, one after
another, of the very pages that the build sets (so it is spared composing them, its pages lack the
Chinese typesetting, and it makes fewer formats). Chromium, Vivliostyle and Typst set them, too, as
references, where they are installed (`benchmarks/references.py`). Then WORKS generated works with
nothing to do, and edits of the shorter work while `diglot watch` is looking: from the save to the
edited pair on the screen and on paper.

Whole processes; medians, in brackets the least and the most, ratios round by round.
"""

import http.client
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pypandoc

from benchmarks.library import ROOT, build_command, generate
from benchmarks.references import Command, missing, references
from diglot.config import Format
from diglot.pipeline import Job, plan
from diglot.project import Project
from diglot.publish.render import render

LONGER, SHORTER = "jingjinji-article", "jingjinji-quotations"
WATCHED = 8  # edits
OWN = {"clean", "nothing", "comment", "edit", "plain"}
_BIN = Path(sys.executable).parent

Time = tuple[float, float]  # seconds: on the clock, of processors


def call(*command: str | Path) -> str:
    done = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
    return done.stdout


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds that a call takes: on the clock, and of processors in the processes that it runs."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, busy


def build(root: Path) -> Counter[str]:
    """Build, and count what happened to artifacts."""
    events = map(json.loads, call(*build_command(root, "--json")).splitlines())
    return Counter(
        f"{event['event']} {event['path'].rpartition('.')[2]}"
        for event in events
        if "path" in event
    )


def edit(root: Path, work: str, round_: int) -> None:
    """Change one sentence's gloss, in the middle of a work."""
    file = root / "content" / work / "text.md"
    lines = (ROOT / "content" / work / "text.md").read_text("utf-8").splitlines()
    glosses = [n for n, line in enumerate(lines) if line[:1].isalpha() and " " in line]
    lines[glosses[len(glosses) // 2]] += f" (Edit {round_}.)"
    file.write_text("\n".join(lines) + "\n", "utf-8")


def plain(root: Path, folder: Path) -> list[Command]:
    """The commands of the scripted pipeline for the PDFs and EPUBs of the longer work."""
    commands: list[Command] = []
    for job in plan(Project(root), (LONGER,), formats=(Format.PDF, Format.EPUB)):
        name = job.booklet.name
        if job.format is Format.PDF:
            source = root / "content" / LONGER / "text.md"
            commands.append((_BIN / "opencc", "-c", "s2tw", "-i", source, "-o", folder / "t.md"))
            page = _page(job, "print/booklet.html.j2", folder / f"{name}.html")
            commands.append((_BIN / "weasyprint", "--pdf-tags", page, folder / f"{name}.pdf"))
        else:
            page = _page(job, "epub/book.md.j2", folder / f"{name}.md")
            options = ("-f", "commonmark_x", "-t", "epub3", "--toc", "--metadata", f"title={name}")
            commands.append((pypandoc.get_pandoc_path(), *options, page, "-o", f"{page}.epub"))
    return commands


def _page(job: Job, template: str, file: Path) -> Path:
    text = render(template, job.booklet, job.templates, job.typefaces, job.version)
    file.write_text(text, encoding="utf-8")
    return file


def measure(root: Path, folder: Path, rounds: int) -> dict[str, list[Time]]:
    times: dict[str, list[Time]] = defaultdict(list)
    commands = plain(root, folder)
    others = references(plan(Project(root), (LONGER,), formats=(Format.PDF,)), folder)
    template = root / "templates/print/booklet.html.j2"
    for round_ in range(rounds):
        for name in ("output", ".cache"):
            shutil.rmtree(root / name, ignore_errors=True)
        times["clean"].append(timed(lambda: build(root)))
        times["nothing"].append(timed(lambda: call(*build_command(root))))
        template.write_text(f"{{# {round_} #}}" + template.read_text("utf-8"), "utf-8")
        counts: list[Counter[str]] = []
        times["comment"].append(timed(lambda: counts.append(build(root))))  # noqa: B023
        print(f"round {round_ + 1}: a comment in a template typesets {counts[0]['built pdf']} PDFs")
        edit(root, LONGER, round_)
        times["edit"].append(timed(lambda: build(root)))
        times["plain"].append(timed(lambda: [call(*command) for command in commands]))
        for name, called in others.items():
            times[name].append(timed(lambda: [call(*c) for c in called]))  # noqa: B023
    return times


def nothing_in(works: int) -> list[Time]:
    """Build so many works, then time builds with nothing to do."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        generate(root, works, 2, '[[edition]]\nname = "study"\nformats = ["csv"]\n')
        call(*build_command(root))
        return [timed(lambda: call(*build_command(root))) for _ in range(5)]


@contextmanager
def watching(root: Path, work: str) -> Iterator[int]:
    """Run `diglot watch`; gives its port."""
    command = [sys.executable, "-m", "diglot", "-C", str(root), "watch", work, "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        address = process.stdout.readline() if process.stdout else ""
        yield int(address.rstrip("/\n").rpartition(":")[2])
        process.terminate()


def watched(root: Path) -> tuple[list[float], list[float]]:
    """Seconds from a save to the edited pair, fetched: on the screen and on paper."""
    screens, papers = [], []
    with (
        watching(root, SHORTER) as port,
        closing(http.client.HTTPConnection("127.0.0.1", port)) as stream,
    ):
        _ready(stream)
        answer = stream.getresponse()
        shown = _next(answer, lambda now: now["sheets"] > 0 and not now["proof"])
        for round_ in range(WATCHED):
            before = shown
            start = time.perf_counter()
            edit(root, SHORTER, round_)
            shown = _next(answer, lambda now: now["screen"] > before["screen"])  # noqa: B023
            _fetch(port, "/screen")
            screens.append(time.perf_counter() - start)
            shown = _next(answer, lambda now: now["sheet"] > before["sheet"])  # noqa: B023
            _fetch(port, f"/sheet/{shown['page']}")
            papers.append(time.perf_counter() - start)
            shown = _next(answer, lambda now: not now["proof"])
        answer.close()
    return screens, papers


def _ready(stream: http.client.HTTPConnection) -> None:
    for _ in range(600):
        try:
            stream.request("GET", "/events")
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("diglot watch does not answer")


def _next(
    answer: http.client.HTTPResponse, wanted: Callable[[dict[str, int]], bool]
) -> dict[str, int]:
    while line := answer.readline():
        if line.startswith(b"data: "):
            now: dict[str, int] = json.loads(line.removeprefix(b"data: "))
            if wanted(now):
                return now
    raise SystemExit("diglot watch ended")


def _fetch(port: int, path: str) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", path)
        if connection.getresponse().read() == b"":
            raise SystemExit(f"nothing at {path}")


def figure(values: list[float]) -> str:
    return f"{statistics.median(values):6.2f} ({min(values):.2f}-{max(values):.2f})"


def both(times: list[Time]) -> str:
    return "   ".join(figure(list(values)) for values in zip(*times, strict=True))


def ratio(slow: list[Time], fast: list[Time]) -> str:
    pairs = [(a[0] / b[0], a[1] / b[1]) for a, b in zip(slow, fast, strict=True)]
    return both(pairs)


def main() -> None:
    rounds, works = (int(sys.argv[n]) if len(sys.argv) > n else (5, 2000)[n - 1] for n in (1, 2))
    with tempfile.TemporaryDirectory() as name:
        root, folder = Path(name) / "project", Path(name) / "plain"
        folder.mkdir()
        for part in ("content", "templates"):
            shutil.copytree(ROOT / part, root / part)
        times = measure(root, folder, rounds)
        screens, papers = watched(root)
    print(f"{rounds} rounds on {os.cpu_count()} cores; seconds on the clock, of processors")
    print(f"clean build of both works                 {both(times['clean'])}")
    print(f"nothing to do                             {both(times['nothing'])}")
    print(f"a comment in a template                   {both(times['comment'])}")
    print(f"a sentence edited in the longer work      {both(times['edit'])}")
    print(f"  clean build, in times                   {ratio(times['clean'], times['edit'])}")
    print(f"scripted: opencc, pandoc, weasyprint      {both(times['plain'])}")
    print(f"  in times of the edit                    {ratio(times['plain'], times['edit'])}")
    for name in sorted(set(times) - OWN):
        print(f"{'reference: ' + name:40}  {both(times[name])}")
    if lacking := missing(set(times) - OWN):
        print(f"not installed, and so no reference: {', '.join(lacking)}")
    print(f"watch, shorter work: pair on the screen   {figure(screens)}")
    print(f"watch, shorter work: pair on paper        {figure(papers)}")
    if works:
        print(f"nothing to do in {works} works             {both(nothing_in(works))}")


if __name__ == "__main__":
    main()
