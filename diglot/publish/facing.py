"""Facing pages: which rows stand on which spread, Chinese at the left and English at the right.

Every block is first set in a column without end, where its lines are measured; then spreads are
filled. A block takes as much room as the longer of its two sides, so that it begins at the same
height on both pages and both end at the same foot. Lengths are CSS pixels.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import ceil, inf, log

from diglot.compose.booklet import Block, Booklet, row_id
from diglot.compose.once import unread
from diglot.compose.rows import Numbers, pieces, shown
from diglot.config import Once, Starts, Words
from diglot.publish.columns import Column, Columns, cut, letters
from diglot.publish.page import page_of
from diglot.publish.units import Group, Named, Part, Side, Text, Vocabulary, as_set
from diglot.typeset.zhuyin import WIDTH

MM = 96 / 25.4
_LONGEST = 42  # em: of a line of Chinese
_LETTER = 0.45  # em: of an English letter or space, on the average
# Size and leading in points, from narrow to wide.
_ZH = ((10.5, 17.0), (10.5, 18.0), (10.5, 19.0), (11.0, 19.5), (11.5, 20.0), (12.0, 20.5))
_ZH_READ = ((10.5, 23.0), (11.0, 24.0), (11.5, 25.0), (12.0, 26.0))
_ZH_BESIDE = ((11.0, 18.5), (11.5, 19.0), (12.0, 20.0), (12.5, 21.0), (13.0, 22.0))
_EN = ((9.5, 13.0), (9.5, 13.5), (10.0, 14.0), (10.0, 14.5), (10.5, 15.0))
_GAP = 3 * MM
_GAPS = {"heading": 9 * MM, "subheading": 5 * MM, "vocabulary": 7 * MM, "attribution": 1.2 * MM}
_WIDEST = 3 * MM  # what is added to a gap so that a spread reaches the foot
_LONG = 0.5  # of a page: a row longer than that is cut at the ends of its sentences, if it has any
_PIECE = 0.4  # of a page: how long its pieces are

Spread = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """How the texts are set: size and leading of each, and the measure of both, in points."""

    zh: tuple[float, float]
    en: tuple[float, float]
    measure: float


def setting(booklet: Booklet) -> Setting:
    """Choose sizes and leading so that both texts take about as much room.

    The measure is a whole number of hanzi.
    """
    rows = [row for section in booklet.sections for block in section.blocks for row in block.rows]
    above = booklet.edition.pinyin is not Words.NONE and not booklet.edition.zhuyin
    choices = _ZH_READ if above else _ZH_BESIDE if booklet.edition.zhuyin else _ZH
    hanzi = sum(len(row.zh) for row in rows) * (1.2 if above else 1.0)  # readings widen words
    beside = (each for row in rows for reading in row.readings for each in reading.zhuyin if each)
    hanzi += WIDTH * len(list(beside))
    letters = sum(len(shown(row.en, {})) for row in rows) * _LETTER

    def unlike(zh: tuple[float, float], en: tuple[float, float]) -> float:
        ratio = hanzi * zh[0] * zh[1] / (letters * en[0] * en[1]) if hanzi and letters else 1.0
        return abs(log(ratio))

    zh = min(choices, key=lambda zh: unlike(zh, _EN[0]))
    en = min(_EN, key=lambda en: unlike(zh, en))
    page = page_of(booklet.edition)
    width = (page.width - page.inner - page.outer) / 25.4 * 72
    return Setting(zh, en, min(int(width / zh[0]), _LONGEST) * zh[0])


def whole(booklet: Booklet) -> Spread:
    """Return all of a booklet's text as if it stood on one spread, to be measured."""
    parts: list[Part] = []
    for section in booklet.sections:
        for block in section.all:
            parts.append(Part(str(len(parts)), section, block, as_set(block, block.rows)))
        if section.vocabulary:
            lines = (
                group[place : place + 2]
                for group in section.vocabulary
                for place in range(0, len(group), 2)
            )
            parts.append(Part(str(len(parts)), section, left=tuple(lines)))
    return tuple(parts)


def fill(booklet: Booklet, columns: Columns, spare: float = 0.0) -> tuple[Spread, ...]:
    """Fill spreads with what `whole` returned, as measured; ``spare`` is left at every foot."""
    numbers = {note.key: note.number for note in booklet.notes}
    room = columns.page - spare - 0.5
    groups = [_group(part, columns, numbers, room) for part in whole(booklet)]
    if booklet.edition.starts is not Starts.RUN:
        for group in groups[1:]:
            group.fresh = group.part.opens
    spreads = [_to_the_foot(spread, room) for spread in _filled(groups, room)]
    once = booklet.edition.once is Once.SPREAD
    return tuple(map(_read_once, spreads) if once else spreads)


def _read_once(spread: Spread) -> Spread:
    """Leave words their readings where they first stand on a spread.

    They become narrower by that, and so nothing takes more room than was measured.
    """
    seen: set[Hashable] = set()
    return tuple(
        replace(part, rows=tuple(unread(row, seen) for row in part.rows)) for part in spread
    )


def _group(part: Part, columns: Columns, numbers: Numbers, room: float) -> Group:
    if part.block is None:
        return Vocabulary(part, columns)
    zh, en = columns.of(f"zh-{part.key}"), columns.of(f"en-{part.key}")
    rows = _rows(part.block, zh, en, numbers, room)
    sides = (
        Side(zh, (letters(row.zh) for row, _ in rows)),
        Side(en, (letters(shown(row.en, numbers)) for row, _ in rows)),
    )
    return Text(part, part.block, rows, sides)


def _rows(block: Block, zh: Column, en: Column, numbers: Numbers, room: float) -> tuple[Named, ...]:
    """Return the rows of a block and their ids; of a long one's pieces the first has it."""
    found: list[Named] = []
    starts = 0, 0
    for n, row in enumerate(block.rows):
        english = shown(row.en, numbers)
        ends = starts[0] + letters(row.zh), starts[1] + letters(english)
        needed = max(
            zh.height_of(starts[0], ends[0], last=False),
            en.height_of(starts[1], ends[1], last=False),
        )
        count = ceil(needed / (_PIECE * room)) if needed > _LONG * room else 1
        anywhere = needed > room
        places = zip(
            cut(row.zh, count, zh, starts[0], anywhere=anywhere),
            cut(english, count, en, starts[1], anywhere=anywhere),
            strict=True,
        )
        both = [(a, b) for a, b in places if a is not None and b is not None]
        first, *others = pieces(row, both, numbers)
        found += [(first, row_id(block.id, n)), *((other, "") for other in others)]
        starts = ends
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Best:
    """The best way to fill spreads up to a unit: what it costs, and where the last one begins."""

    cost: float = inf
    start: int = 0


def _filled(groups: list[Group], room: float) -> Iterator[Spread]:
    """Fill spreads so that little is left blank and little is parted (Knuth and Plass, 1981)."""
    units = [(group, unit) for group in groups for unit in range(group.units)]
    best = [_Best(0.0), *(_Best() for _ in units)]
    for start in range(len(units)):
        for end, height in _heights(units, start, room):
            group, unit = units[end]
            last = end + 1 == len(units) or _begins(units[end + 1])
            blank = 0.0 if last else 10 * (1 - height / room)
            cost = best[start].cost + blank * blank + group.cost(unit)
            if cost < best[end + 1].cost:
                best[end + 1] = _Best(cost, start)
    starts: list[int] = []
    place = len(units)
    while place:
        place = best[place].start
        starts.append(place)
    for start, stop in pairwise([*reversed(starts), len(units)]):
        yield tuple(_parts(units[start:stop]))


def _heights(
    units: list[tuple[Group, int]], start: int, room: float
) -> Iterator[tuple[int, float]]:
    """Give the last unit and the height of each spread that begins at ``start`` and has room.

    The first unit is always given, even if it is too high.
    """
    above = 0.0  # of the last group
    first = units[start][1]
    for end in range(start, len(units)):
        group, unit = units[end]
        height = above + group.height(first, unit)
        if height > room and end > start:
            return
        yield end, height
        if end + 1 == len(units) or _begins(units[end + 1]):
            return
        if unit + 1 == group.units:
            above, first = height + _gap(group.part, units[end + 1][0].part), 0


def _begins(unit: tuple[Group, int]) -> bool:
    """Whether a unit must be the first of its spread."""
    return unit[0].fresh and unit[1] == 0


def _parts(units: list[tuple[Group, int]]) -> Iterator[Part]:
    for group, run in groupby(units, key=lambda unit: unit[0]):
        numbers = [unit for _, unit in run]
        yield group.piece(numbers[0], numbers[-1])


def _to_the_foot(spread: Spread, room: float) -> Spread:
    """Open the gaps of a spread so that it reaches the foot, if they need not open much.

    A heading stays with its text, a source with its quotation.
    """
    pairs = list(pairwise(spread))
    gaps = [0.0, *(_gap(*pair) for pair in pairs)]
    opens = [False, *(not _belongs(*pair) for pair in pairs)]
    left = room - sum(gaps) - sum(part.height for part in spread)
    more = min(left / max(sum(opens), 1), _WIDEST)
    return tuple(
        replace(part, gap=gap + more * opened)
        for part, gap, opened in zip(spread, gaps, opens, strict=True)
    )


def _gap(before: Part, after: Part) -> float:
    """Return the least gap between two parts; a heading has its own below it."""
    return 0.0 if "heading" in before.kind else _GAPS.get(after.kind, _GAP)


def _belongs(before: Part, after: Part) -> bool:
    """Whether what stands below a part belongs to it."""
    return "heading" in before.kind or after.kind == "attribution"
