"""Filling one line of Chinese: which characters it takes and how its punctuation is squeezed.

All lengths are integers, thousandths of an em of the text's own font size, the unit in which a
PDF stores glyph widths and adjustments: nothing is rounded twice.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from diglot.typeset import chinese, zhuyin
from diglot.typeset.readings import Reading, room, room_below

EM = 1000
HAN_LATIN = EM * 3 // 20  # between hanzi and Latin; clreq allows up to a quarter of an em
MOST_SQUEEZE = EM // 4  # of one mark within a line
EASY_STRETCH = EM // 10  # a gap that readers do not notice
READING_GAP = EM * 3 // 20  # between readings: nearly a word space of theirs
BESIDE = round(EM * zhuyin.WIDTH)  # what a hanzi is wider by that has zhuyin beside it
SENSE_GAP = EM // 3  # between what stands below words: more than a word space of theirs
FEWEST = 8  # characters of a line that may lose one to the last line


@dataclass(frozen=True, slots=True)
class Blank:
    """The removable blank of a punctuation mark, at its left or at its right."""

    left: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its text ends before ``end``, the next begins at ``resume`` (None: nothing left).

    ``spacing`` maps characters, counted from the line's start, to what is added after them;
    the last one's is not in it, though its zhuyin is part of the width;
    ``hyphenated`` says that a hyphen follows, which is part of the width.
    """

    end: int
    resume: int | None
    width: int
    spacing: dict[int, int]
    hyphenated: bool = False


class Text:
    """A measured text, from which lines are taken."""

    __slots__ = (
        "_after",
        "_beside",
        "_blanks",
        "_breaks",
        "_hyphen",
        "_hyphens",
        "_left",
        "_reach",
        "_readings",
        "_right",
        "text",
        "widened",
    )

    def __init__(
        self,
        text: str,
        advances: Sequence[int],
        blanks: Mapping[int, Blank],
        breaks: Sequence[int],
        letter_spacing: int = 0,
        word_spacing: int = 0,
        hyphens: Sequence[int] = (),
        hyphen: int = 0,
        readings: Sequence[tuple[Reading, int]] = (),
    ) -> None:
        """Take advance widths, the blanks of punctuation by offset and UAX #14's break offsets.

        ``hyphens`` are the offsets at which a Latin word may be divided, ``hyphen`` its width.
        ``readings`` stand above words, with their widths; ``widened`` is what they need after
        characters. Zhuyin beside a character is part of it: the character is wider.
        """
        self.text = text
        self._blanks = blanks
        self._breaks = chinese.breaks(text, breaks)
        self._hyphens, self._hyphen = hyphens, hyphen
        self._after = _natural_spacing(text, blanks, letter_spacing, word_spacing)
        self._readings = [reading for reading, _ in readings]
        self._beside = _beside(self._readings, len(text))
        advances = list(map(int.__add__, advances, self._beside))
        self._place(advances)
        below = any(reading.sense is not None for reading in self._readings)
        widen, gap = (room_below, SENSE_GAP) if below else (room, READING_GAP)
        apart = [word for word in readings if below or not word[0].zhuyin]
        self.widened = widen(text, self._left, self._right, apart, gap)
        if self.widened:
            for index, extra in self.widened.items():
                self._after[index] += extra
            self._place(advances)
        if below:
            self._keep_words(readings)

    def _place(self, advances: Sequence[int]) -> None:
        ends = list(accumulate(map(int.__add__, advances, self._after)))
        self._left = [0, *ends]
        self._right = list(map(int.__sub__, ends, self._after))
        self._reach = self._right

    def _keep_words(self, words: Sequence[tuple[Reading, int]]) -> None:
        """Part no word from what stands below it, which may reach beyond it."""
        within = {place for word, _ in words for place in range(word.start + 1, word.end)}
        self._breaks = [place for place in self._breaks if place not in within]
        reach = list(self._right)
        for word, width in words:
            reach[word.end - 1] = max(reach[word.end - 1], self._left[word.start] + width)
        self._reach = list(accumulate(reach, max))

    def readings(self, start: int, end: int) -> Iterator[Reading]:
        """Yield the readings of a part of the text, counted from its start."""
        place = bisect_right(self._readings, start, key=lambda reading: reading.end)
        for reading in self._readings[place:]:
            if reading.start >= end:
                return
            yield reading.within(start, end)

    def edges(
        self, start: int, end: int, spacing: Mapping[int, int]
    ) -> tuple[list[int], list[int]]:
        """Return where each character of a line begins and where it ends, without its zhuyin.

        ``spacing`` is that of a `Line`, and so has the room for zhuyin in it.
        """
        widths = [
            right - left - beside
            for left, right, beside in zip(
                self._left[start:end], self._right[start:end], self._beside[start:end], strict=True
            )
        ]
        after = [width + spacing.get(index, 0) for index, width in enumerate(widths)]
        lefts = list(accumulate(after[:-1], initial=0))
        return lefts, list(map(int.__add__, lefts, widths))

    def fill(
        self,
        start: int,
        room: int | None,
        *,
        justified: bool = False,
        anywhere: bool = False,
        hang: bool = False,
    ) -> Line:
        """Return the line that begins at ``start`` and fits ``room`` (None: no limit).

        A ``justified`` line may take in one more word if squeezing punctuation makes room for it,
        and leaves more than one character for the last line of the text; if the line before that
        would open for it, what it opens is shared. A comma or full stop may ``hang`` beyond the
        line. Where nothing fits, the line is too wide, or is cut within a word if ``anywhere``.
        """
        line = self._fill(start, room, justified, anywhere, hang)
        if room is None or not justified:
            return line
        return self._shared(start, line, room, anywhere, hang)

    def _shared(self, start: int, line: Line, room: int, anywhere: bool, hang: bool) -> Line:
        """End a line one break earlier if the next, the last but one, then opens less."""
        following = line.resume
        if following is None or following - start <= FEWEST or line.hyphenated:
            return line
        newline = self.text.find("\n", following - 1)
        stop = len(self.text) if newline < 0 else newline
        if not room < self._width(following, stop) <= 2 * room:
            return line
        last_but_one = self._fill(following, room, True, anywhere, hang)
        loose = self._stretch(following, last_but_one.end, room)
        place = bisect_left(self._breaks, following)
        earlier = self._breaks[place - 1] if place else 0
        if loose <= 1 or earlier - start < FEWEST:
            return line
        shorter = self._line(start, earlier, earlier)
        given = self._fill(earlier, room, True, anywhere, hang)
        opened = [self._stretch(start, shorter.end, room), self._stretch(earlier, given.end, room)]
        return shorter if given.resume is not None and max(opened) < loose else line

    def _fill(
        self, start: int, room: int | None, justified: bool, anywhere: bool, hang: bool
    ) -> Line:
        newline = self.text.find("\n", start)
        stop = len(self.text) if newline < 0 else newline
        rest = None if newline < 0 else newline + 1
        if room is None or self._width(start, stop) <= room:
            return self._line(start, stop, rest)
        fitting = max(bisect_right(self._reach, self._left[start] + room), start)
        before, after = self._breaks_around(start, fitting, stop, justified=justified)
        if not (justified and before - start >= FEWEST and self._lone(after, stop)):
            squeezed = self._squeeze(start, before, after, room, justified=justified, hang=hang)
            if squeezed is not None:
                return self._line(start, after, after if after < stop else rest, squeezed)
        if divided := self._divide(start, before, fitting, room, justified=justified):
            return divided
        if before:
            return self._line(start, before, before)
        if anywhere:
            piece = self.text[start : fitting + 1]
            within = chinese.breaks(piece, range(len(piece)))
            cut = start + max(within, default=max(fitting - start, 1))
            return self._line(start, cut, cut)
        return self._line(start, after, after if after < stop else rest)

    def _divide(
        self, start: int, before: int, fitting: int, room: int, *, justified: bool
    ) -> Line | None:
        """Divide a Latin word if the line would have to be stretched much without its part."""
        place = bisect_right(self._hyphens, fitting) - 1
        while place >= 0 and self._hyphens[place] > max(before, start):
            end = self._hyphens[place]
            if self._width(start, end) + self._hyphen <= room:
                if before and not (justified and self._stretch(start, before, room) > 2):
                    return None
                line = self._line(start, end, end)
                return replace(line, width=line.width + self._hyphen, hyphenated=True)
            place -= 1
        return None

    def _stretch(self, start: int, before: int, room: int) -> float:
        """How far the gaps of a line that ends at ``before`` open, in easy stretches."""
        end = self._visible_end(start, before)
        gaps = len(chinese.gaps(self.text[start:end])) or 1
        return (room - self._width(start, end)) / gaps / EASY_STRETCH

    def _breaks_around(
        self, start: int, fitting: int, stop: int, *, justified: bool
    ) -> tuple[int, int]:
        """Return the last break that fits (0: none) and the next one."""
        hanging = fitting
        while hanging < stop and self.text[hanging] == " ":
            hanging += 1
        place = bisect_right(self._breaks, hanging)
        after = min(self._breaks[place], stop) if place < len(self._breaks) else stop
        if justified and place > 1 and self._lone(self._breaks[place - 1], stop):
            earlier = self._breaks[place - 2]
            if earlier - start >= FEWEST:
                return earlier, after
        before = self._breaks[place - 1] if place else 0
        return (before if before > start else 0), after

    def _lone(self, start: int, stop: int) -> bool:
        """Whether one character would stand alone on the last line (clreq: avoid it)."""
        return 0 < stop - start <= 4 and chinese.is_lone(self.text[start:stop])

    def _width(self, start: int, end: int) -> int:
        return self._reach[end - 1] - self._left[start] if end > start else 0

    def _visible_end(self, start: int, end: int) -> int:
        return start + len(self.text[start:end].rstrip(" "))

    def _line(
        self, start: int, end: int, resume: int | None, squeezed: Mapping[int, int] | None = None
    ) -> Line:
        if resume is not None:
            end = self._visible_end(start, end)
        inner = enumerate(map(int.__add__, self._after[start:end], self._beside[start : end - 1]))
        spacing = {index: extra for index, extra in inner if extra}
        width = self._width(start, end)
        for index, less in (squeezed or {}).items():
            spacing[index - start] = spacing.get(index - start, 0) - less
            width -= less
        return Line(end, resume, width, spacing)

    def _squeeze(
        self, start: int, before: int, after: int, room: int, *, justified: bool, hang: bool
    ) -> dict[int, int] | None:
        """Return what to take from the blank after each mark so that the line ends at ``after``.

        The blank of line-final punctuation goes first (it is free), then up to a quarter em of
        the others, in proportion; only if that shows less than stretching the shorter line would.
        """
        end = self._visible_end(start, after)
        need = self._width(start, end) - room
        free = self._blanks.get(end - 1, Blank()).right
        if need <= free:
            return {end - 1: need}
        if hang and free and chinese.hangs(self.text[start:end]) and need <= EM:
            return {end - 1: EM}
        if not justified:
            return None
        need -= free
        supply = self._supply(start, end)
        total = sum(supply.values())
        if need > total:
            return None
        if before and need / total > self._stretch(start, before, room):
            return None
        squeezed = {}
        for index, most in supply.items():
            squeezed[index] = -(-most * need // total)
            need, total = need - squeezed[index], total - most
        return squeezed | ({end - 1: free} if free else {})

    def _supply(self, start: int, end: int) -> dict[int, int]:
        supply: dict[int, int] = {}
        for index in range(start, end - 1):
            own, following = self._blanks.get(index), self._blanks.get(index + 1)
            blank = (own.right if own else 0) or (following.left if following else 0)
            if blank and self._after[index] >= 0:
                supply[index] = min(blank, MOST_SQUEEZE)
        return supply


def _beside(readings: Iterable[Reading], length: int) -> list[int]:
    """Return what stands beside each character."""
    widths = [0] * length
    for reading in readings:
        for place, syllable in enumerate(reading.zhuyin, reading.start):
            widths[place] = BESIDE if syllable else 0
    return widths


def _natural_spacing(
    text: str, blanks: Mapping[int, Blank], letter_spacing: int, word_spacing: int
) -> list[int]:
    """Return what stands after each character before justification."""
    after = [letter_spacing] * len(text)
    if word_spacing:
        for index in chinese.spaces(text):
            after[index] += word_spacing
    for index in chinese.han_latin(text):
        after[index] += HAN_LATIN
    for index in chinese.adjacent(text):
        own, following = blanks.get(index, Blank()), blanks.get(index + 1, Blank())
        after[index] -= own.right or following.left
    return after


def whole(amounts: Iterable[float]) -> list[int]:
    """Round each amount so that the sum stays within half of one: errors do not add up."""
    rounded: list[int] = []
    wanted, given = 0.0, 0
    for amount in amounts:
        wanted += amount
        rounded.append(round(wanted) - given)
        given += rounded[-1]
    return rounded
