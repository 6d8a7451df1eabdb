"""Readings of words, pinyin or zhuyin: how templates write them and where they stand on a line.

Rules on plain values. Lengths may be in any unit, offsets are in characters.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from diglot.errors import DiglotError, Problem
from diglot.typeset import chinese, zhuyin

ATTRIBUTE = "data-readings"
SENSES = "data-senses"
ZHUYIN = "data-zhuyin"
EMPHASIS = "data-emphasis"
_SEPARATORS = " '’-"  # between syllables; none stands at the end of half a word
_END = re.compile(r"\s+|(?<=\w[–—-])(?=\w)")  # where a line of a sense may end


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands above a word: ``pieces`` has the part of each character, written as one word.

    ``start`` is the offset of the word. In 西安, the pieces are ``Xī`` and ``'ān``. With a
    ``sense``, be it empty, both stand below the word, which is not parted unless it is longer than
    a line. With ``zhuyin``, a syllable or none for each character, this stands beside them instead
    of the pieces.
    """

    start: int
    pieces: tuple[str, ...]
    sense: str | None = None
    zhuyin: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        """The offset after the word."""
        return self.start + len(self.pieces)

    @property
    def text(self) -> str:
        """The reading as printed."""
        return "".join(self.pieces).strip(_SEPARATORS)

    def within(self, start: int, end: int) -> "Reading":
        """Return the part above the characters from ``start`` to ``end``, counted from there.

        The sense stands below the beginning of the word alone.
        """
        part = slice(max(start - self.start, 0), max(end - self.start, 0))
        first = max(self.start - start, 0)
        sense = self.sense and "" if start > self.start else self.sense
        return Reading(first, self.pieces[part], sense, self.zhuyin[part])


@dataclass(frozen=True, slots=True)
class Spot:
    """The room of a reading on a line: the centre of its word and its own width."""

    centre: float
    width: float


def parse(data: str, length: int) -> tuple[Reading, ...]:
    """Read the attribute of an element with ``length`` characters.

    Entries are parted by ``;``. Each has the offset of its word, a space, and a piece of the
    reading for each character, parted by ``·``: ``0 xié·tóng;2 fā·zhǎn``. Pieces may be empty.

    Raises:
        DiglotError: r-021, the attribute is malformed.
    """
    found = []
    end = 0
    for entry in data.split(";") if data else ():
        offset, _, pieces = entry.partition(" ")
        reading = Reading(int(offset), tuple(pieces.split("·"))) if offset.isdecimal() else None
        if reading is None or reading.start < end or reading.end > length or not pieces.strip("· "):
            message = f'{ATTRIBUTE} has the entry "{entry}", which is malformed or out of place'
            hint = 'Write offset and syllables of each word in order: "0 xié·tóng;2 fā·zhǎn".'
            raise DiglotError(Problem("r-021", message, hint))
        end = reading.end
        found.append(reading)
    return tuple(found)


def with_senses(readings: Sequence[Reading], data: str) -> tuple[Reading, ...]:
    """Give readings their senses: a JSON list with a text for each.

    Raises:
        DiglotError: r-023, the attribute is malformed.
    """
    try:
        senses = json.loads(data)
    except ValueError:
        senses = None
    if (
        not isinstance(senses, list)
        or len(senses) != len(readings)
        or not all(isinstance(sense, str) for sense in senses)
    ):
        message = f"{SENSES} is not a list of {len(readings)} texts, one for each reading"
        hint = "Write the senses of all words that have readings, in order, as JSON."
        raise DiglotError(Problem("r-023", message, hint))
    pairs = zip(readings, senses, strict=True)
    return tuple(replace(reading, sense=sense) for reading, sense in pairs)


def with_zhuyin(readings: Sequence[Reading], data: str) -> tuple[Reading, ...]:
    """Give readings what stands beside their characters: ``ㄒㄧㄝˊ·ㄊㄨㄥˊ;ㄈㄚ·ㄓㄢˇ``.

    Raises:
        DiglotError: r-024, the attribute is malformed.
    """
    found = [tuple(entry.split("·")) for entry in data.split(";")] if data else []
    syllables = (syllable for entry in found for syllable in entry if syllable)
    if [len(reading.pieces) for reading in readings] != list(map(len, found)) or not all(
        map(zhuyin.SYLLABLE.fullmatch, syllables)
    ):
        message = f'{ZHUYIN}="{data}" does not fit {ATTRIBUTE}, or has what is no zhuyin'
        hint = 'Write a syllable or nothing for each piece of a reading: "ㄈㄚ·ㄓㄢˇ;˙ㄉㄜ".'
        raise DiglotError(Problem("r-024", message, hint))
    pairs = zip(readings, found, strict=True)
    return tuple(replace(reading, zhuyin=entry) for reading, entry in pairs)


def emphasized(data: str, length: int) -> tuple[int, ...]:
    """Read which of an element's ``length`` characters are emphasized: ``3-5 8-10``.

    Raises:
        DiglotError: r-026, the attribute is malformed.
    """
    found: list[int] = []
    for entry in data.split():
        first, _, last = entry.partition("-")
        span = range(int(first), int(last)) if first.isdecimal() and last.isdecimal() else range(0)
        if not span or span.stop > length or (found and span.start <= found[-1]):
            message = f'{EMPHASIS} has the entry "{entry}", which is malformed or out of place'
            hint = 'Write where each emphasized run begins and ends, in order: "3-5 8-10".'
            raise DiglotError(Problem("r-026", message, hint))
        found += span
    return tuple(found)


def room(
    text: str,
    lefts: Sequence[int],
    rights: Sequence[int],
    words: Sequence[tuple[Reading, int]],
    gap: int,
) -> dict[int, int]:
    """Return what to add after which characters so that readings are ``gap`` apart.

    ``lefts`` and ``rights`` are the edges of the text's characters, ``words`` its readings and
    their widths.
    """
    found = {}
    for (reading, width), (following, other) in pairwise(words):
        before = lefts[reading.start] + rights[reading.end - 1]
        after = lefts[following.start] + rights[following.end - 1]
        if (missing := width + other + before - after + 2 * gap) > 0:
            first = reading.end - 1
            between = chinese.gaps(text[first : following.start + 1])
            found[first + (between[0] if between else 0)] = -(-missing // 2)
    return found


def room_below(
    text: str,
    lefts: Sequence[int],
    rights: Sequence[int],
    words: Sequence[tuple[Reading, int]],
    gap: int,
) -> dict[int, int]:
    """Return what to add after which characters so that what stands below words is ``gap`` apart.

    Each begins at the left of its word; arguments are those of `room`. Closing punctuation stays
    with its word.
    """
    found = {}
    for (reading, width), (following, _) in pairwise(words):
        # How far the words are apart already, though others may stand between them.
        if (missing := width + gap - lefts[following.start] + lefts[reading.start]) > 0:
            first = reading.end - 1
            between = chinese.gaps(text[first : following.start + 1])
            found[first + (between[0] if between else 0)] = missing
    return found


def in_two(sense: str, room: float, width: Callable[[str], float]) -> tuple[str, ...]:
    """Part a sense that is wider than its ``room`` into two lines, as narrow as can be."""
    ends = list(_END.finditer(sense))
    if not ends or width(sense) <= room:
        return (sense,) if sense else ()
    parted = ((sense[: end.start()], sense[end.end() :]) for end in ends)
    return min(parted, key=lambda lines: max(map(width, lines)))


def apart(spots: Sequence[Spot], gap: float, left: float, right: float) -> list[float]:
    """Return centres that keep readings ``gap`` apart and between ``left`` and ``right``.

    Each stays above its word if it can; those that cannot move as little as possible (least
    squares, by pooling adjacent violators). What does not fit at all reaches beyond ``right``.
    """
    if not spots:
        return []
    steps = [(a.width + b.width) / 2 + gap for a, b in pairwise(spots)]
    offsets = list(accumulate(steps, initial=0.0))
    pools: list[tuple[float, int]] = []  # where each pool stands, and how many it has
    for spot, offset in zip(spots, offsets, strict=True):
        place, count = spot.centre - offset, 1
        while pools and pools[-1][0] > place:
            other, others = pools.pop()
            place = (place * count + other * others) / (count + others)
            count += others
        pools.append((place, count))
    lowest = left + spots[0].width / 2
    highest = right - spots[-1].width / 2 - offsets[-1]
    places = [max(min(place, highest), lowest) for place, count in pools for _ in range(count)]
    return [place + offset for place, offset in zip(places, offsets, strict=True)]
