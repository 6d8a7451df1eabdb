"""Lines that were broken at the edge of a page are joined again."""

from collections.abc import Container
from itertools import pairwise

import regex

from diglot.source.chars import STOPS, breaks_off, ends_sentence
from diglot.source.lines import Line, lines_of
from diglot.source.patch import Change, Doubt
from diglot.source.rules.rule import Findings, Rule

_COLUMNS = range(36, 121)  # of a page: shorter lines are verse or lists, longer ones paragraphs
_SLACK = 4  # columns by which kinsoku or a Latin word leaves a full line short
_SLACK_CHARS = 2  # the same where a program counted characters, not columns
_MIN_TORN = 3  # lines that break in mid-sentence, before a text counts as hard-wrapped
_FULL_SHARE = 0.6  # of the lines that another follows directly
_NARROW = regex.compile(r"[\x00-\u02ff]")
_INSIDE = regex.compile(rf"[{STOPS}]\p{{Han}}")
_STARTS_BLOCK = regex.compile(
    r"——|第[\d一二三四五六七八九十百]+[章节節回部篇]|[（(]?[一二三四五六七八九十\d]+[)）、.．]"
)


def _wrapped(text: str, _: str) -> Findings:
    lines = lines_of(text)
    longest = max(map(len, (line.raw for line in lines)))
    if len(lines) < _MIN_TORN or longest >= _COLUMNS.stop:
        return
    widths = [2 * len(line.raw) - len(_NARROW.findall(line.raw)) for line in lines]
    width = max(widths)
    followed = [at for at in range(len(lines) - 1) if _goes_on(lines[at], lines[at + 1])]
    full = dict.fromkeys(
        at
        for at in followed
        if widths[at] >= width - _SLACK or len(lines[at].raw) >= longest - _SLACK_CHARS
    )
    torn = [at for at in full if not ends_sentence(lines[at].text)]
    if width not in _COLUMNS or len(torn) < _MIN_TORN or len(full) < _FULL_SHARE * len(followed):
        return
    if 2 * sum(bool(_INSIDE.search(lines[at].text)) for at in torn) < len(torn):
        return  # even lines without a comma: verse
    marked = _marks_paragraphs(lines, full)
    for at in followed:
        line, following = lines[at], lines[at + 1]
        if at not in full and not breaks_off(line.text):
            continue
        if not ends_sentence(line.text) or (
            marked and _is_prose(following, is_full=at + 1 in full)
        ):
            glue = " " if _is_latin(line.text[-1]) and _is_latin(following.text[0]) else ""
            yield Change(line.end, following.start, glue)
        else:
            yield Doubt(line.end - 1, line.end, "a paragraph, or a wrapped line, ends here")


def _marks_paragraphs(lines: list[Line], full: Container[int]) -> bool:
    """Whether every short last line of a paragraph has an indent or a blank line behind it."""
    marks = [
        following.indented or not following.text
        for at, (line, following) in enumerate(pairwise(lines))
        if line.text and at not in full and ends_sentence(line.text)
    ]
    return bool(marks) and all(marks)


def _is_prose(line: Line, *, is_full: bool) -> bool:
    """Whether a line is no heading: it fills the page or ends a sentence."""
    return is_full or ends_sentence(line.text)


def _goes_on(line: Line, following: Line) -> bool:
    return bool(
        line.text
        and following.text
        and not following.indented
        and not _STARTS_BLOCK.match(following.text)
    )


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


WRAPPED = Rule(
    "wrapped-lines", "A line that was broken at a page's edge is no paragraph.", _wrapped
)
