"""Page numbers and running heads, left from the pages that a text was taken from."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import regex

from diglot.source.chars import HANZI, breaks_off, ends_sentence
from diglot.source.lines import Line, lines_of
from diglot.source.patch import Change, Doubt
from diglot.source.rules.rule import Findings, Rule

_DIGITS = r"\s*(\d{1,4})\s*"
_PAGE_SURE = regex.compile(
    rf"第{_DIGITS}[页頁](?:[\s,，/]*共{_DIGITS}[页頁])?|共{_DIGITS}[页頁][\s,，/]*第{_DIGITS}[页頁]"
)
_PAGE_OF = regex.compile(rf"(?:[Pp]age\s+)?{_DIGITS}(?:/|of){_DIGITS}")
_PAGE_DASHED = regex.compile(rf"[-—–－·]{{1,2}}{_DIGITS}[-—–－·]{{1,2}}()")
_PAGE_BARE = regex.compile(r"\d{1,4}")
_HEAD_LENGTH = 30
_HEAD_TIMES = 3
_HEAD_DISTANCE = 8  # lines a page has at least
_HEAD_TOLERANCE = 2


def _debris(text: str, _: str) -> Findings:
    lines = lines_of(text)
    filled = [at for at, line in enumerate(lines) if line.text]
    sure, doubtful = _page_numbers(lines, filled)
    around = _neighbours(filled)
    heads, perhaps = _running_heads(lines, filled, sure | set(doubtful), around)
    gone = sure | heads | {near for at in heads for near in around[at] if near in doubtful}
    runs = list(_runs(filled, gone))
    before = {filled[begin - 1] for begin, _ in runs if begin}
    wrapped = any(breaks_off(lines[at].text) for at in filled if at not in gone | before)
    for begin, end in runs:
        yield _removal(lines, filled, begin, end, wrapped=wrapped)
    for at, reason in sorted((doubtful | perhaps).items()):
        if at not in gone:
            yield Doubt(lines[at].start, lines[at].end, reason)


def _page_numbers(lines: list[Line], filled: list[int]) -> tuple[set[int], dict[int, str]]:
    """Lines that are page numbers for sure, and those that may be."""
    sure: set[int] = set()
    doubtful: dict[int, str] = {}
    series: dict[str, dict[int, int]] = {}  # the numbers by line, for each total and for dashes
    for nth, at in enumerate(filled):
        text = lines[at].text
        if len(text) > _HEAD_LENGTH:
            continue
        numbered = _PAGE_OF.fullmatch(text) or _PAGE_DASHED.fullmatch(text)
        if _PAGE_SURE.fullmatch(text):
            sure.add(at)
        elif numbered or _PAGE_BARE.fullmatch(text):
            doubtful[at] = "a page number, or the number of a section"
            if 0 < nth < len(filled) - 1 and breaks_off(lines[filled[nth - 1]].text):
                sure.add(at)
        if numbered:
            series.setdefault(numbered[2], {})[at] = int(numbered[1])
    for numbers in series.values():
        if len(numbers) > 1 and all(a < b for a, b in pairwise(numbers.values())):
            sure |= set(numbers)
    return sure, doubtful


def _running_heads(
    lines: list[Line], filled: list[int], pages: set[int], around: dict[int, set[int]]
) -> tuple[set[int], dict[int, str]]:
    """Short lines that come back at the distance of a page: beside page numbers, they are heads."""
    places = defaultdict(list)
    for at in filled:
        text = lines[at].text
        if len(text) <= _HEAD_LENGTH and HANZI.search(text) and not text.startswith("——"):
            places[text].append(at)
    sure: set[int] = set()
    doubtful: dict[int, str] = {}
    for text, found in places.items():
        if len(found) < _HEAD_TIMES or ends_sentence(text) or set(found) & pages:
            continue
        gaps = [b - a for a, b in pairwise(found)]
        beside = sum(bool(around[at] & pages) for at in found)
        if beside >= len(found) - 1:
            sure |= set(found)
        elif min(gaps) >= _HEAD_DISTANCE and max(gaps) - min(gaps) <= _HEAD_TOLERANCE:
            doubtful |= dict.fromkeys(found, "a running head, or a heading that comes back")
    return sure, doubtful


def _neighbours(filled: list[int]) -> dict[int, set[int]]:
    around: dict[int, set[int]] = {}
    for nth, at in enumerate(filled):
        around[at] = {*filled[max(0, nth - 1) : nth], *filled[nth + 1 : nth + 2]}
    return around


def _runs(filled: list[int], gone: set[int]) -> Iterator[tuple[int, int]]:
    """Stretches of ``filled`` (from, to) that go together."""
    begin = None
    for nth, at in enumerate([*filled, -1]):
        if at in gone and begin is None:
            begin = nth
        elif at not in gone and begin is not None:
            yield begin, nth
            begin = None


def _removal(
    lines: list[Line], filled: list[int], begin: int, end: int, *, wrapped: bool
) -> Change:
    """Take lines out; where they interrupt a sentence, its halves become one again.

    In a hard-wrapped text the next rule joins them, as it does all its lines.
    """
    if begin > 0 and end < len(filled):
        before, after = lines[filled[begin - 1]], lines[filled[end]]
        if not ends_sentence(before.text) and not after.indented:
            joins = not wrapped and breaks_off(before.text) and HANZI.match(after.text)
            return Change(before.end, after.start, "" if joins else "\n")
    first, behind = lines[filled[begin]], filled[end - 1] + 1
    if behind < len(lines):
        return Change(first.start, lines[behind].start, "")
    return Change(max(0, first.start - 1), first.start + len(lines[-1].raw), "")


PAGE_DEBRIS = Rule(
    "page-debris", "Page numbers and running heads belong to the pages of another edition.", _debris
)
