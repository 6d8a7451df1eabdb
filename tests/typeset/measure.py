"""Measures the setting of Chinese in a tagged PDF: what a typesetter's loupe would find.

    report = measure(Path("booklet.pdf"), chinese_fonts="CJK")
    assert not report.faults

Lengths are points, y grows downwards. A paragraph that runs over a page is one block a page; the
last line of each block may be short.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber

CLOSING = "，。、；：！？）》〉」』】〕］”’…—·"
OPENING = "（《〈「『【〔［“‘"
TRIMMED = "，。、；：！？）》〉」』】〕］”’．"  # may end a line with their blank half outside
_BLOCKS = re.compile(r"P|H\d|LI|LBody|TD|TH|Div|Caption|BlockQuote|Sect|Art|Part|Document")
_ZHUYIN = re.compile("[\u3105-\u312f]")
_HANZI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of Chinese: its left and right edge, on one page (from 1) or on all (0)."""

    left: float
    right: float
    page: int = 0


@dataclass(frozen=True, slots=True)
class Area:
    """The type area of every page, margins of pair numbers and notes included."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block: its text and its edges as set; ``trim`` is the blank it may overhang.

    Where zhuyin stands beside the last character, its half em is within the edges.
    """

    page: int
    block: int
    tag: str
    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    trim: float
    chinese: bool
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a line: ``kind`` is ragged, start, end, split, outside or overlap."""

    kind: str
    line: Line
    detail: str

    def __str__(self) -> str:
        return f"page {self.line.page}: {self.kind}: {self.detail}: {self.line.text}"


@dataclass(frozen=True, slots=True)
class Report:
    """All lines, those in Chinese blocks, how many had to be flush, and the faults found."""

    lines: tuple[Line, ...]
    chinese: tuple[Line, ...]
    justified: int
    faults: tuple[Fault, ...] = field(default=())

    def count(self, kind: str) -> int:
        """Return how many faults of a kind there are."""
        return sum(fault.kind == kind for fault in self.faults)


def measure(
    path: Path,
    *,
    chinese_fonts: str = "CJK",
    columns: Sequence[Column] = (),
    area: Area | None = None,
    tolerance: float = 0.3,
    justified: Iterable[str] = ("P",),
    hang: float = 0.0,
) -> Report:
    """Measure a PDF with tags.

    ``chinese_fonts`` is a regular expression for the names of Chinese fonts. Without ``columns``
    a column's right edge is where most of the Chinese lines with the same left edge end.
    Running heads and folios, which are not tagged, may stand outside ``area``; no line else may.
    ``justified`` names the tags whose lines must be flush unless the block is set to the right or
    centred; ``hang`` is how many em a mark may hang.
    A block is Chinese if most of it is hanzi; blocks that are not are measured for overlaps only.
    """
    with pdfplumber.open(path) as pdf:
        lines = [line for page in pdf.pages for line in _page_lines(page, chinese_fonts)]
    chinese = [line for line in lines if line.chinese]
    tags = set(justified)
    edges = _edges([line for line in chinese if line.tag in tags], columns)
    faults = [fault for line in chinese for fault in _prohibitions(line)]
    faults += [fault for pair in pairwise(lines) for fault in _split(*pair)]
    for line in chinese:
        if column := edges.get(id(line)):
            faults += _flush(line, column, tolerance, hang)
    faults += [fault for line in lines if area for fault in _beyond(line, area, tolerance)]
    faults += [fault for page in _by_page(lines) for fault in _overlaps(page)]
    must = sum(not line.last and id(line) in edges for line in chinese)
    return Report(tuple(lines), tuple(chinese), must, tuple(faults))


def _page_lines(page: Any, chinese_fonts: str) -> Iterator[Line]:
    blocks: dict[int, tuple[int, str]] = {}
    counter = iter(range(1_000_000))
    for element in page.structure_tree if page.chars else ():  # a blank page has none
        _number(element, (next(counter), "Document"), counter, blocks)
    zhuyin = [char for char in page.chars if char["mcid"] is None and _ZHUYIN.match(char["text"])]
    chars: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for char in page.chars:
        if char["mcid"] in blocks and char["text"].strip():
            chars[blocks[char["mcid"]]].append(char)
    for (block, tag), found in chars.items():
        rows = _rows(found)
        hanzi = [char for char in found if _HANZI.match(char["text"])]
        fits = any(re.search(chinese_fonts, char["fontname"]) for char in hanzi)
        chinese = fits and 2 * len(hanzi) >= len(found)
        for place, row in enumerate(rows):
            line = _line(page, block, tag, row, chinese, place, len(rows))
            yield replace(line, right=line.right + _beside(row[-1], zhuyin))


def _number(
    element: Any, block: tuple[int, str], counter: Iterator[int], blocks: dict[int, tuple[int, str]]
) -> None:
    """Give every marked content the innermost block-level element around it."""
    if "alt_text" in element:
        return  # painted, and read as what it stands for
    kind = element.get("type", "")
    if _BLOCKS.fullmatch(kind):
        block = (next(counter), kind)
    for mcid in element.get("mcids", ()):
        blocks[mcid] = block
    for child in element.get("children", ()):
        _number(child, block, counter, blocks)


def _rows(chars: list[Any]) -> list[list[Any]]:
    """Group a block's characters by baseline; raised and lowered ones join the nearest line."""
    size = Counter(round(char["size"], 1) for char in chars).most_common(1)[0][0]
    rows: dict[float, list[Any]] = {}
    for char in sorted(chars, key=lambda char: (char["size"] < 0.8 * size, char["bottom"])):
        base = char["matrix"][5]
        small = char["size"] < 0.8 * size
        near = min(rows, key=lambda known: abs(known - base), default=None)
        if near is not None and abs(near - base) < size * (0.8 if small else 0.3):
            rows[near].append(char)
        else:
            rows[base] = [char]
    return [
        sorted(row, key=lambda char: (char["x0"], char["x1"]))
        for _, row in sorted(rows.items(), reverse=True)
    ]


def _line(
    page: Any, block: int, tag: str, row: list[Any], chinese: bool, place: int, count: int
) -> Line:
    last = row[-1]
    full = last["width"] >= 0.9 * last["size"] and last["text"] in TRIMMED
    return Line(
        page.page_number,
        block,
        tag,
        "".join(char["text"] for char in row),
        row[0]["x0"],
        last["x1"],
        min(char["top"] for char in row),
        max(char["bottom"] for char in row),
        last["size"],
        last["size"] / 2 if full else 0.0,
        chinese,
        place == 0,
        place == count - 1,
    )


def _beside(last: Any, zhuyin: list[Any]) -> float:
    """Return the width of the zhuyin beside the last character of a line."""
    middle, width = (last["top"] + last["bottom"]) / 2, last["size"] / 2
    stands = any(
        abs(char["x0"] + char["x1"] - 2 * last["x1"] - width) < width
        and abs(char["top"] + char["bottom"] - 2 * middle) < 1.3 * last["size"]
        for char in zhuyin
    )
    return float(width) if stands else 0.0


def _edges(lines: list[Line], columns: Sequence[Column]) -> dict[int, Column]:
    """Return the column of each line, by identity."""
    blocks: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        blocks[line.page, line.block].append(line)
    found: dict[int, Column] = {}
    groups: dict[int, list[list[Line]]] = defaultdict(list)
    for block in blocks.values():
        if _set_otherwise(block):
            continue
        left = min(line.left for line in block)
        given = [
            column
            for column in columns
            if column.page in (0, block[0].page) and column.left - 1 <= left <= column.right
        ]
        if given:
            found |= {id(line): given[0] for line in block}
        elif len(block) > 1:
            groups[round(left)].append(block)
    for group in groups.values():
        ends = Counter(round(line.right, 1) for block in group for line in block if not line.last)
        if ends:
            right = ends.most_common(1)[0][0]
            for block in group:
                column = Column(min(line.left for line in block), right)
                found |= {id(line): column for line in block}
    return found


def _set_otherwise(block: list[Line]) -> bool:
    """Whether a block is set to the right or centred: its last line is, and not at the left."""
    first, last = block[0], block[-1]
    right = abs(first.right - last.right) < 1
    centred = abs(first.left + first.right - last.left - last.right) < 2
    return (
        len(block) > 1 and last.left > min(line.left for line in block) + 1 and (right or centred)
    )


def _prohibitions(line: Line) -> Iterator[Fault]:
    if not line.first and line.text[0] in CLOSING:
        yield Fault("start", line, f"begins with {line.text[0]}")
    if not line.last and line.text[-1] in OPENING:
        yield Fault("end", line, f"ends with {line.text[-1]}")


def _split(line: Line, following: Line) -> Iterator[Fault]:
    same = (line.page, line.block) == (following.page, following.block) and line.chinese
    ends = line.text[-1] + following.text[0]
    if same and (ends in ("——", "……") or re.fullmatch(r"[0-9.][0-9.%‰]", ends)):
        yield Fault("split", line, f"{ends} is split")


def _flush(line: Line, column: Column, tolerance: float, hang: float) -> Iterator[Fault]:
    over = line.right - column.right
    allowed = line.trim + (hang * line.size if line.trim else 0.0)
    if over > allowed + tolerance:
        yield Fault("outside", line, f"{over:.2f} pt beyond its column")
    elif not line.last and over < -tolerance:
        yield Fault("ragged", line, f"{-over:.2f} pt short")
    if not line.first and abs(line.left - column.left) > tolerance:
        yield Fault("ragged", line, f"{line.left - column.left:.2f} pt from the left edge")


def _beyond(line: Line, area: Area, tolerance: float) -> Iterator[Fault]:
    over = max(
        area.left - line.left,
        area.top - line.top,
        line.right - line.trim - area.right,
        line.bottom - area.bottom,
    )
    if over > tolerance:
        yield Fault("outside", line, f"{over:.2f} pt beyond the type area")


def _by_page(lines: list[Line]) -> Iterator[list[Line]]:
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    yield from pages.values()


def _overlaps(lines: list[Line]) -> Iterator[Fault]:
    """Find lines whose characters cover each other by more than blank edges do."""
    for place, line in enumerate(lines):
        for other in lines[place + 1 :]:
            across = min(line.right - line.trim, other.right) - max(line.left, other.left)
            down = min(line.bottom, other.bottom) - max(line.top, other.top)
            if across > 1 and down > 0.25 * min(line.size, other.size):
                yield Fault("overlap", line, f"with {other.text}")
