"""How many glosses sync keeps where they belong, beside po4a on the same histories of edits.

    python -m benchmarks.sync [HISTORIES]

A trial is a finished translation of a text, glossed sentence by sentence, and a new version of the
text: each step of the generated histories of tests/sync, and all steps of a history at once; a
third of the histories are of the two works. Every trial begins with a finished translation, for
each tool, with the paragraphs that were cut before among the obsolete ones. It is known which
glosses belong to which paragraph of the new text. Of the paragraphs that changed and have glosses,

    right    have all their own glosses, in order, and no other
    with     have at least all their own
    none     have none of their own
    marked   are marked, of those that say something else than before

and besides

    foreign  of all changed paragraphs, new ones too, have a gloss that belongs elsewhere
    kept     of the paragraphs that did not change have their glosses, unmarked
    lost     glosses stand nowhere any more, not even among the obsolete

po4a (Debian's, with msgmerge's fuzzy matching and the former texts) is called on paragraphs, as it
is used; and on a text in which each sentence is a paragraph, which is more than it would be given,
but gives its matching the best units there are. Then the seconds that whole commands take.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.po import Message, read_po, require, update, write_po
from diglot.model import Gloss, Pair, PairedText, Script
from diglot.pairs.parse import parse
from diglot.pairs.write import pairs_of, write
from diglot.project import Project
from diglot.script import detect
from diglot.source.read import read_source
from diglot.source.structure import structure
from diglot.sync.edit import edit
from diglot.sync.forms import content
from diglot.sync.merge import merge
from tests.builder import WORK, TinyProject
from tests.sync.histories import STEPS, Block, History, Text, numbered

ROOT = Path(__file__).parents[1]
COLUMNS = ("right", "with", "none", "marked", "foreign", "kept")
ALL = "all at once"


@dataclass(frozen=True)
class Trial:
    """A text whose translation is finished, the paragraphs cut before, and the new text."""

    step: str
    before: Text
    removed: tuple[Block, ...]
    after: Text


@dataclass(frozen=True)
class Result:
    """Each new paragraph's glosses, by their numbers, and whether it is marked or has none."""

    paragraphs: tuple[tuple[tuple[int, ...], bool], ...]
    everywhere: frozenset[int]


def trials(count: int) -> Iterator[Trial]:
    project = Project(ROOT)
    sources = [project.content / name / "source.txt" for name in project.names()]
    texts = [read_source(file.read_bytes(), file.name).normalized.text for file in sources]
    works = [numbered(structure(text)) for text in texts]
    for seed in range(count):
        history = History(seed, works[seed % 2] if seed % 3 == 2 else None)
        first = history.text
        steps = history.random.randint(1, 5)
        for _ in range(steps):
            before, removed = history.text, tuple(history.removed)
            step = history.step()
            if history.text != before:
                yield Trial(step, before, removed, history.text)
        if steps > 1 and history.text != first:
            yield Trial(ALL, first, (), history.text)


def gloss(block: Block) -> list[str]:
    return [f"Gloss {sentence.number}." for sentence in block.sentences]


def numbers(glosses: Iterable[str]) -> tuple[int, ...]:
    return tuple(int(number) for text in glosses for number in re.findall(r"Gloss (\d+)\.", text))


def sync(trial: Trial) -> Result:
    paired = translation(trial)
    plan = merge(paired, trial.before.segments, trial.after.segments)
    (written,) = edit([write(paired)], paired, plan).files
    result = parse((written, "")).text
    return Result(
        tuple((glosses(pair), pair.former is not None or not pair.gloss) for pair in result.pairs),
        frozenset(n for pair in (*result.pairs, *result.obsolete) for n in glosses(pair)),
    )


def translation(trial: Trial) -> PairedText:
    """The paired text of a trial, read from a file as sync finds it."""
    cut = Text(trial.removed)
    segments = [*trial.before.segments, *(cut.segments if trial.removed else ())]
    pairs = [
        replace(pair, gloss=tuple(Gloss(text, pair.place) for text in gloss(block)))
        for pair, block in zip(
            pairs_of(segments, ""), (*trial.before.blocks, *trial.removed), strict=True
        )
    ]
    size = len(trial.before.blocks)
    return parse((write(PairedText(tuple(pairs[:size]), (), tuple(pairs[size:]))), "")).text


def glosses(pair: Pair) -> tuple[int, ...]:
    return numbers(gloss.text for gloss in pair.gloss)


def po4a(trial: Trial, *, by_sentence: bool = False) -> Result:
    def units(blocks: Iterable[Block]) -> list[list[Block]]:
        if not by_sentence:
            return [[block] for block in blocks]
        return [[replace(block, sentences=(s,)) for s in block.sentences] for block in blocks]

    def messages(blocks: Iterable[Block]) -> dict[str, str]:
        parts = (part for group in units(blocks) for part in group)
        return {str(part): " ".join(gloss(part)) for part in parts}

    active = messages(trial.before.blocks)
    cut = {text: own for text, own in messages(trial.removed).items() if text not in active}
    new = units(trial.after.blocks)
    with tempfile.TemporaryDirectory() as folder:
        paragraphs = [str(part) for group in new for part in group]
        found, obsolete = read_po(update(Path(folder), write_po(active, cut), paragraphs))
    nothing = Message("", fuzzy=True)
    read = [[found.get(str(part), nothing) for part in group] for group in new]
    return Result(
        tuple(
            (
                numbers(m.translation for m in group),
                any(m.fuzzy or not m.translation for m in group),
            )
            for group in read
        ),
        frozenset((*numbers(m.translation for m in found.values()), *numbers([obsolete]))),
    )


def judge(trial: Trial, result: Result) -> Counter[str]:
    """Count what is right and wrong; ``of …`` is what a measure is a part of."""
    former = {s.number: s.text for b in (*trial.before.blocks, *trial.removed) for s in b.sentences}
    unchanged = {str(block) for block in trial.before.blocks}
    found: Counter[str] = Counter()
    for block, (has, marked) in zip(trial.after.blocks, result.paragraphs, strict=True):
        own = tuple(s.number for s in block.sentences if s.number in former)
        if str(block) in unchanged:
            found.update({"of kept": 1, "kept": has == own and not marked})
            continue
        found.update({"of foreign": 1, "foreign": bool({*has} - {*own})})
        if not own:
            continue
        found.update({f"of {name}": 1 for name in ("right", "with", "none")})
        found.update({"right": has == own, "with": {*own} <= {*has}, "none": not {*own} & {*has}})
        if any(content(former.get(s.number, "")) != content(s.text) for s in block.sentences):
            found.update({"of marked": 1, "marked": marked})
    found["lost"] = len(former.keys() - result.everywhere)
    return found


def table(name: str, found: dict[str, Counter[str]]) -> None:
    print(f"\n{name}\n{'':12} {'changed':>8} {''.join(f'{c:>9}' for c in COLUMNS)} {'lost':>6}")
    total: Counter[str] = Counter()
    for step in (*STEPS, ALL):
        if step != ALL:
            total.update(found[step])
        print(line(step, found[step]))
    print(line("single steps", total))


def line(name: str, found: Counter[str]) -> str:
    shares = (
        f"{100 * found[column] / whole:>8.1f}%" if (whole := found[f"of {column}"]) else f"{'':>9}"
        for column in COLUMNS
    )
    return f"{name:12} {found['of right']:>8} {''.join(shares)} {found['lost']:>6}"


def timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def times(rounds: int = 5) -> None:
    """Whole commands: a new version of each work, and of a text of 1 MB with a change in 40."""
    project = Project(ROOT)
    print()
    with tempfile.TemporaryDirectory() as name:
        for work in project.names():
            text = read_source((project.content / work / "source.txt").read_bytes(), work)
            compare_times(work, Path(name), numbered(structure(text.normalized.text)), 3, rounds)
        compare_times("1 MB", Path(name), large(), 100, 3)


def large() -> Text:
    history = History(1)
    blocks = list(history.text.blocks)
    while len(str(Text(tuple(blocks))).encode()) < 1_000_000:
        for _ in range(500):
            STEPS["insert"](history, blocks)
    return Text(tuple(blocks))


def compare_times(name: str, folder: Path, text: Text, edits: int, rounds: int) -> None:
    history = History(0, text)
    for step in ("reword", "move", "insert", "delete", "split", "merge") * edits:
        history.step(step)
    trial = Trial("", text, (), history.text)
    tiny = TinyProject(folder / name)
    script = detect(str(text)) or Script.HANS
    tiny.write("content/w/work.toml", WORK.replace("hans", script))
    tiny.write("content/w/source.txt", str(text))
    tiny.write("content/w/text.md", write(translation(trial)))
    file = tiny.write("new.txt", str(history.text))
    po = write_po({str(block): " ".join(gloss(block)) for block in text.blocks}, {})
    command = (sys.executable, "-m", "diglot", "-C", tiny.root, "sync", "--dry-run", "w", file)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(timed(lambda: subprocess.run(command, check=True, capture_output=True)))
        theirs.append(timed(lambda: update(tiny.root, po, map(str, history.text.blocks))))
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    print(
        f"{name}: sync {statistics.median(ours):.2f} s ({min(ours):.2f}-{max(ours):.2f}), "
        f"po4a {statistics.median(theirs):.2f} s ({min(theirs):.2f}-{max(theirs):.2f}), "
        f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
    )


def main() -> None:
    require()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    tools: dict[str, Callable[[Trial], Result]] = {
        "diglot sync": sync,
        "po4a, by paragraph": po4a,
        "po4a, by sentence": lambda trial: po4a(trial, by_sentence=True),
    }
    tried = list(trials(count))
    with ThreadPoolExecutor() as pool:  # po4a is a process of its own each time
        for name, tool in tools.items():
            found: dict[str, Counter[str]] = defaultdict(Counter)
            for trial, result in zip(tried, pool.map(tool, tried), strict=True):
                found[trial.step].update(judge(trial, result))
            table(name, found)
    times()


if __name__ == "__main__":
    main()
