"""How often readings are right, beside g2pM and pypinyin on the same sentences."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from g2pM import G2pM  # type: ignore[import-untyped]  # it has no types
from pypinyin import Style, pinyin

from diglot.words import annotate
from diglot.words.pinyin import numbered

OWN = Path(__file__).parents[1] / "tests" / "words" / "readings.tsv"
Transcriber = Callable[[str], list[str]]  # a numbered syllable, or something else, a character

# What a confidence stands for, from the highest down.
_GROUNDS = {
    0.995: "dictionary and model agree, or the dictionary alone",
    0.99: "a rule, or the model at 99.99 %",
    0.95: "the model at 99.9 %",
    0.91: "the model at 99 %",
    0.9: "the dictionary against the model",
    0.0: "the model; listed for review",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence and the numbered syllables that its characters from ``start`` on have."""

    trap: str
    text: str
    start: int
    expected: tuple[str, ...]


def own_cases() -> list[Case]:
    rows = (line.split("\t") for line in OWN.read_text(encoding="utf-8").splitlines())
    return [_case(*row) for row in rows if not row[0].startswith("#")]


def _case(trap: str, marked: str, reading: str) -> Case:
    before, _, rest = marked.partition("[")
    target, _, after = rest.partition("]")
    return Case(trap, before + target + after, len(before), tuple(map(numbered, reading.split())))


def cpp_cases(sentences: Path, labels: Path) -> list[Case]:
    texts = sentences.read_text(encoding="utf-8").splitlines()
    readings = labels.read_text(encoding="utf-8").split()
    split = [text.split("▁") for text in texts]
    return [
        Case(char, before + char + after, len(before), (numbered(reading),))
        for (before, char, after), reading in zip(split, readings, strict=True)
    ]


def diglot(text: str) -> list[str]:
    return [numbered(s) if s else "" for word in annotate(text) for s in word.pinyin]


def systems() -> dict[str, Transcriber]:
    model = G2pM()

    def by_g2pm(text: str) -> list[str]:
        return [s.replace("u:", "ü") for s in model(text, char_split=True)]

    def by_pypinyin(text: str) -> list[str]:
        each = list  # of what cannot be read: otherwise it would be one item
        found = pinyin(
            text,
            style=Style.TONE3,
            neutral_tone_with_five=True,
            errors=each,  # type: ignore[arg-type]  # a list, as its documentation says
        )
        return [numbered(readings[0]) for readings in found]

    return {"Diglot": diglot, "g2pM": by_g2pm, "pypinyin": by_pypinyin}


def wrong(cases: Iterable[Case], transcribe: Transcriber) -> list[tuple[Case, tuple[str, ...]]]:
    found = []
    for case in cases:
        read = tuple(transcribe(case.text)[case.start : case.start + len(case.expected)])
        if read != case.expected:
            found.append((case, read))
    return found


def table(name: str, cases: Sequence[Case]) -> Iterator[str]:
    """A table of the systems on a set of sentences."""
    yield f"| {name} | right | of {len(cases):,} | wrong in the tone alone |"
    yield "|---|---|---|---|"
    for system, transcribe in systems().items():
        failures = wrong(cases, transcribe)
        tone = sum(_bare(read) == _bare(case.expected) for case, read in failures)
        right = len(cases) - len(failures)
        yield f"| {system} | {right / len(cases):.2%} | {right:,} | {tone:,} |"


def failures(cases: Iterable[Case]) -> Iterator[str]:
    """What Diglot reads wrongly."""
    found = wrong(cases, diglot)
    yield "Read wrongly:" if found else "None is read wrongly."
    for case, read in found:
        yield f"- {case.text} ({case.trap}): {' '.join(read)}, not {' '.join(case.expected)}"


def confidences(cases: Sequence[Case]) -> Iterator[str]:
    """A table of how often readings were right, by the confidence that they were given."""
    counts = {least: [0, 0] for least in _GROUNDS}
    for case in cases:
        word = next(w for w in annotate(case.text) if w.start <= case.start < w.end)
        reading = word.pinyin[case.start - word.start] or ""
        least = next(c for c in _GROUNDS if word.confidence >= c)
        counts[least][0] += numbered(reading) == case.expected[0]
        counts[least][1] += 1
    yield "| confidence | from | right | of |"
    yield "|---|---|---|---|"
    for least, (right, all_) in counts.items():
        yield f"| {least or 'below 0.9'} | {_GROUNDS[least]} | {right / all_:.1%} | {all_:,} |"


def _bare(reading: Iterable[str]) -> list[str]:
    return [syllable[:-1] for syllable in reading]
