"""How often readings are right: the project's own sentences, and others given by path.

Run ``python benchmarks/accuracy_words.py [--cpp SENTENCES LABELS]``; the second is the public
Chinese Polyphones with Pinyin set, which the project does not ship. Beside Diglot stand g2pM
and, where it is installed, pypinyin, on the same sentences.
"""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from diglot.words import annotate
from diglot.words.pinyin import numbered

OWN = Path(__file__).parent.parent / "tests" / "words" / "readings.tsv"
Transcriber = Callable[[str], list[str]]  # a numbered syllable, or something else, a character


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence and the numbered syllables that its characters from ``start`` on have."""

    trap: str
    text: str
    start: int
    expected: tuple[str, ...]


def own_cases(path: Path = OWN) -> list[Case]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [_case(*row) for row in rows if not row[0].startswith("#")]


def _case(trap: str, marked: str, pinyin: str) -> Case:
    before, _, rest = marked.partition("[")
    target, _, after = rest.partition("]")
    return Case(trap, before + target + after, len(before), tuple(map(numbered, pinyin.split())))


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


def g2pm() -> Transcriber:
    from g2pM import G2pM  # type: ignore[import-untyped]  # it has no types

    model = G2pM()
    return lambda text: [s.replace("u:", "ü") for s in model(text, char_split=True)]


def pypinyin() -> Transcriber:
    from pypinyin import Style, pinyin  # type: ignore[import-not-found]  # only if installed

    def transcribe(text: str) -> list[str]:
        found = pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, errors=list)
        return [numbered(readings[0]) for readings in found]

    return transcribe


def wrong(cases: Iterable[Case], transcribe: Transcriber) -> list[tuple[Case, tuple[str, ...]]]:
    found = []
    for case in cases:
        end = case.start + len(case.expected)
        read = tuple(transcribe(case.text)[case.start : end])
        if read != case.expected:
            found.append((case, read))
    return found


def _bare(pinyin: Iterable[str]) -> list[str]:
    return [syllable[:-1] for syllable in pinyin]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cpp", nargs=2, type=Path, metavar=("SENTENCES", "LABELS"))
    arguments = parser.parse_args()
    sets = {"own sentences": own_cases()}
    if arguments.cpp:
        sets["Chinese Polyphones with Pinyin"] = cpp_cases(*arguments.cpp)
    systems: dict[str, Transcriber] = {"diglot": diglot, "g2pM": g2pm()}
    try:
        systems["pypinyin"] = pypinyin()
    except ModuleNotFoundError:
        print("(pypinyin is not installed)")
    for name, cases in sets.items():
        for system, transcribe in systems.items():
            failures = wrong(cases, transcribe)
            neutral = sum(_bare(read) == _bare(case.expected) for case, read in failures)
            share = 100 * (1 - len(failures) / len(cases))
            print(
                f"{name}: {system} {share:.2f} % of {len(cases)}, {neutral} wrong in the tone alone"
            )
            if system == "diglot" and name.startswith("own"):
                for case, read in failures:
                    print("   ", case.trap, case.text, "read", *read, "expected", *case.expected)


if __name__ == "__main__":
    main()
