"""Measures the readings above words in a tagged PDF, as `measure` does its lines.

    found = measure_readings(Path("booklet.pdf"), [("协同", "xiétóng")], fonts="Gentium")
    assert not any(above.collides for above in found)

Words are looked for in the order in which they were set; a word on two lines is found as two.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import inf
from pathlib import Path
from typing import Any

import pdfplumber

_SEPARATORS = str.maketrans("", "", " '’-")
CLOSE = 0.15  # em; readings nearer than this may have been moved apart


@dataclass(frozen=True, slots=True)
class Above:
    """A reading above a word or its part, on a page (from 1); lengths are em of the word.

    ``shift`` is how far the centre of the reading is to the right of the word's, ``rise`` how far
    its baseline is above, ``gap`` the room to the nearest reading on its line.
    """

    page: int
    word: str
    reading: str
    shift: float
    rise: float
    gap: float
    left: float
    right: float
    baseline: float

    @property
    def collides(self) -> bool:
        """Whether it touches another reading."""
        return self.gap < 0.05

    @property
    def astray(self) -> bool:
        """Whether it is off its word's centre with no neighbour near that would excuse it."""
        return abs(self.shift) >= 0.1 and self.gap > CLOSE


def measure_readings(path: Path, words: Iterable[tuple[str, str]], *, fonts: str) -> list[Above]:
    """Measure the readings of words, in order; ``fonts`` matches the names of their fonts.

    Raises:
        AssertionError: a word or its reading is not there.
    """
    with pdfplumber.open(path) as pdf:
        chars = [(page.page_number, char) for page in pdf.pages for char in page.chars]
    small = iter([c for c in chars if c[1]["mcid"] is None and re.search(fonts, c[1]["fontname"])])
    large = iter([c for c in chars if c[1]["mcid"] is not None])
    found = []
    for word, reading in words:
        below = list(_lines(_word(large, word)))
        above = list(_lines(_reading(small, reading)))
        assert len(below) == len(above), f"{word} has {len(below)} parts, {reading} {len(above)}"
        found += [_above(*parts) for parts in zip(below, above, strict=True)]
    assert next(small, None) is None, "there are more readings than words"
    return list(_with_gaps(found))


def _word(chars: Iterator[Any], word: str) -> list[Any]:
    taken: list[Any] = []
    for char in chars:
        taken.append(char)
        taken = taken[-len(word) :]
        if _text(taken) == word:
            return taken
    raise AssertionError(f"{word} was not found")


def _reading(chars: Iterator[Any], reading: str) -> list[Any]:
    wanted, taken = reading.translate(_SEPARATORS), list[Any]()
    while _text(taken).translate(_SEPARATORS) != wanted:
        taken.append(next(chars, None))
        assert taken[-1], f"{reading} was not found"
        assert wanted.startswith(_text(taken).translate(_SEPARATORS)), f"{reading}: {_text(taken)}"
    return taken


def _text(chars: Iterable[Any]) -> str:
    return "".join(char["text"] for _, char in chars)


def _lines(chars: list[Any]) -> Iterator[list[Any]]:
    for _, group in groupby(chars, key=lambda c: (c[0], round(c[1]["matrix"][5], 1))):
        yield list(group)


def _above(word: list[Any], reading: list[Any]) -> Above:
    (page, first), (_, last) = word[0], word[-1]
    (other, start), (_, end) = reading[0], reading[-1]
    assert page == other
    size = first["size"]
    return Above(
        page,
        _text(word),
        _text(reading),
        (start["x0"] + end["x1"] - first["x0"] - last["x1"]) / 2 / size,
        (start["matrix"][5] - first["matrix"][5]) / size,
        inf,
        start["x0"] / size,
        end["x1"] / size,
        start["matrix"][5] / size,
    )


def _with_gaps(found: list[Above]) -> Iterator[Above]:
    gaps: dict[int, float] = defaultdict(lambda: inf)
    for (i, one), (j, other) in pairwise(enumerate(found)):
        if one.page == other.page and abs(one.baseline - other.baseline) < 0.1:
            gaps[i] = min(gaps[i], other.left - one.right)
            gaps[j] = min(gaps[j], other.left - one.right)
    return (replace(above, gap=gaps[i]) for i, above in enumerate(found))
