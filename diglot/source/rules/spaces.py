"""Spaces inside Chinese. Between Han and Latin they stay as the author set them, or did not."""

from collections.abc import Iterator
from operator import attrgetter

import regex

from diglot.source.chars import CLOSERS, HANZI, OPENERS, SENTENCE_END, SHARED, STOPS, is_wide
from diglot.source.patch import Change, Doubt
from diglot.source.rules.rule import Findings, Rule

_TRAILING = regex.compile(r"(?<![^\S\n])[^\S\n]++(?=\n|\Z)")
_INNER = regex.compile(r"(?<=\S)[^\S\n]++(?=\S)")
_LOST_BREAK = regex.compile(rf"(?<=[{SENTENCE_END}”’])\u3000{{2}}(?=\S)")
_BRACKETS = regex.compile(r"（[^（）\n]*）|\([^()\n]*\)")
_MARKS = STOPS + OPENERS + CLOSERS + SHARED
_CLAUSE = regex.compile(rf"[^{_MARKS}]+")
_SPACED_WORD = regex.compile(
    "目录|目錄|前言|序言|引言|导言|導言|后记|後記|附录|附錄|摘要|结语|結語|正文"
)
_LIST_WORD = 4  # hanzi of the longest item in a list set with spaces


def _spaces(text: str, _: str) -> Findings:
    start = 0
    for line in text.split("\n"):
        for found in (
            sorted([*_trailing(line), *_inner(line)], key=attrgetter("start")) if line else ()
        ):
            begin, end = found.start + start, found.end + start
            if isinstance(found, Change):
                yield Change(begin, end, found.after)
            else:
                yield Doubt(begin, end, found.reason)
        start += len(line) + 1


def _trailing(line: str) -> Iterator[Change]:
    for match in _TRAILING.finditer(line):
        yield Change(*match.span(), "")


def _inner(line: str) -> Iterator[Change | Doubt]:
    if not HANZI.search(line):
        return
    for match in _LOST_BREAK.finditer(line):
        yield Doubt(*match.span(), "an indent within a line: a paragraph may begin here")
    spaces = [match.span() for match in _INNER.finditer(line) if len(match[0]) == 1]
    if not spaces:
        return
    prose = any(mark in line for mark in SENTENCE_END) or line.endswith(tuple("，；："))
    between_hanzi = []
    for start, end in spaces:
        before, after = line[start - 1], line[end]
        if HANZI.match(before) and HANZI.match(after):
            between_hanzi.append((start, end))
        elif line[:start] == "——" or _is_superfluous(before, after, prose=prose):
            yield Change(start, end, "")
    if not between_hanzi:
        return
    if prose:
        yield from _in_prose(line, between_hanzi)
    else:
        yield from _spaced_out(line, between_hanzi)


def _is_superfluous(before: str, after: str, *, prose: bool) -> bool:
    if before in OPENERS and after in CLOSERS:
        return False  # a blank to fill in
    if before in STOPS or after in STOPS or before in OPENERS or after in CLOSERS:
        return True
    if not prose:
        return False  # 第一课 《静夜思》
    if before in CLOSERS or after in OPENERS:
        return True
    return (before in SHARED or after in SHARED) and is_wide(before) and is_wide(after)


def _in_prose(line: str, spaces: list[tuple[int, int]]) -> Iterator[Change | Doubt]:
    """Spaces between hanzi of a sentence go, but for names in brackets and lists behind a colon."""
    brackets = [match.span() for match in _BRACKETS.finditer(line)]
    clauses = [match.span() for match in _CLAUSE.finditer(line)]
    bracket = clause = 0
    reported = -1
    for start, end in spaces:
        while bracket < len(brackets) and brackets[bracket][1] <= start:
            bracket += 1
        while clauses[clause][1] <= start:
            clause += 1
        if bracket < len(brackets) and brackets[bracket][0] < start:
            continue
        if clause != reported and not _is_list(line, *clauses[clause]):
            yield Change(start, end, "")
        elif clause != reported:
            reported = clause
            yield Doubt(start, end, "a list, or words set apart for no reason")


def _is_list(line: str, start: int, end: int) -> bool:
    if line[start - 1 : start] != "：" or end - start > 200:
        return False
    words = line[start:end].split()
    return len(words) > 2 and max(map(len, words)) <= _LIST_WORD


def _spaced_out(line: str, spaces: list[tuple[int, int]]) -> Iterator[Change | Doubt]:
    """In a line without a full stop a space is mostly meant; not in 目 录."""
    words = line.split()
    if max(map(len, words)) > 1:
        return
    if _SPACED_WORD.fullmatch("".join(words)):
        for start, end in spaces:
            yield Change(start, end, "")
    elif len(words) > 3:
        yield Doubt(*spaces[0], "single characters, or words that were spaced out")


SPACES = Rule("spaces", "Chinese sets no space between hanzi, nor beside its punctuation.", _spaces)
