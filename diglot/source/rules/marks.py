"""Punctuation: ASCII marks widened in Chinese context, quotes paired, ellipses and dashes."""

from collections.abc import Callable, Iterator
from operator import attrgetter

import regex

from diglot.source.chars import CLOSERS, HANZI, is_chinese, is_wide
from diglot.source.patch import Change, Doubt
from diglot.source.rules.rule import Findings, Rule

_ASCII_MARKS = regex.compile(
    r"(?P<stops>[,;:!?]+)|(?P<dot>(?<!\.)\.(?!\.))"
    r"|(?P<pair>\([^()\n]*\)|（[^()（）\n]*\)|\([^()（）\n]*）)"
)
_PROTECTED = regex.compile(
    r"(?:(?:https?|ftp)://|www\.)[!-~]*[\w/](?<=[!-~])"  # an address without the stop behind it
    r"|(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]++@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|&(?:[A-Za-z]{2,8}|#[0-9]{2,6});"
)
_WIDE = str.maketrans(",;:!?()", "，；：！？（）")
_NUMBERED = regex.compile(r"\s*[一二三四五六七八九十]+")
_PERSON = regex.compile(r"\s*\p{Han}")

Finder = Callable[[str], Iterator[Change | Doubt]]


def _by_line(find: Finder) -> Callable[[str, str], Findings]:
    """A rule that looks at one line at a time, and at lines with hanzi only."""

    def find_all(text: str, _: str) -> Findings:
        start = 0
        for line in text.split("\n"):
            if HANZI.search(line):
                for found in find(line):
                    begin, end = found.start + start, found.end + start
                    if isinstance(found, Change):
                        yield Change(begin, end, found.after)
                    else:
                        yield Doubt(begin, end, found.reason)
            start += len(line) + 1

    return find_all


def _widen(line: str) -> Iterator[Change | Doubt]:
    protected = [match.span() for match in _PROTECTED.finditer(line)]
    chinese = is_chinese(_PROTECTED.sub("", line) if protected else line)
    nth = 0
    for match in _ASCII_MARKS.finditer(line):
        start, end = match.span()
        while nth < len(protected) and protected[nth][1] <= start:
            nth += 1
        if nth < len(protected) and protected[nth][0] < end:
            continue
        if match["pair"]:
            if HANZI.search(match[0]) and (chinese or is_wide(line[start - 1 : start])):
                yield Change(start, start + 1, "（")
                yield from _inside(line, start + 1, end - 1, chinese=chinese)
                yield Change(end - 1, end, "）")
        elif match["dot"]:
            yield from _full_stop(line, start)
        elif _stands_wide(line, start, end, chinese=chinese):
            yield Change(start, end, match[0].translate(_WIDE))


def _inside(line: str, start: int, end: int, *, chinese: bool) -> Iterator[Change | Doubt]:
    for match in regex.finditer(r"[,;:!?]+", line, pos=start, endpos=end):
        if _stands_wide(line, *match.span(), chinese=chinese):
            yield Change(*match.span(), match[0].translate(_WIDE))


def _stands_wide(line: str, start: int, end: int, *, chinese: bool) -> bool:
    """Whether stops in ASCII stand between Chinese on one side and no English on the other."""
    mark, after = line[start:end], line[end : end + 1]
    ahead = line[end : end + 2].lstrip()[:1]
    behind = line[max(0, start - 2) : start].rstrip()[-1:]
    if (after and after in "/\\)-") or not behind:
        return False
    if is_wide(behind):
        return chinese or is_wide(ahead) or not ahead
    return chinese and is_wide(ahead or ("。" if mark[-1] in "!?" else ""))


def _full_stop(line: str, at: int) -> Iterator[Change | Doubt]:
    before, after = line[at - 1 : at], line[at + 1 :]
    if not is_wide(before) or _NUMBERED.fullmatch(line, endpos=at):
        return
    if not after.strip() or after[0] in CLOSERS + "”’\"'" or after[:1].isspace():
        yield Change(at, at + 1, "。")
    elif _PERSON.match(after):
        yield Doubt(at, at + 1, "a full stop, or the dot within a foreign name (·)")


def _quotes(line: str) -> Iterator[Change | Doubt]:
    found = [*_double_quotes(line), *_single_quotes(line)]
    yield from sorted(found, key=attrgetter("start"))


def _double_quotes(line: str) -> Iterator[Change | Doubt]:
    at = [match.start() for match in regex.finditer('["＂]', line)]
    if not at:
        return
    pairs = list(zip(at[::2], at[1::2], strict=False))
    odd = len(at) % 2 or any(
        line[begin - 1 : begin] == "=" or line[begin - 1 : begin].isdigit() for begin, _ in pairs
    )
    if odd:
        yield Doubt(at[0], at[0] + 1, "straight quotes that do not pair up in their paragraph")
        return
    for begin, end in pairs:
        around = line[begin - 1 : begin] + line[end + 1 : end + 2]
        if HANZI.search(line, begin, end) or any(map(is_wide, around)):
            yield Change(begin, begin + 1, "“")
            yield Change(end, end + 1, "”")


_SINGLE = regex.compile(
    r"(?<![\p{Latin}\p{M}\p{N}'])'([^'\n]*+)'(?![\p{Latin}\p{M}\p{N}'])"  # not Xī'ān, nor 5'
)


def _single_quotes(line: str) -> Iterator[Change | Doubt]:
    for match in _SINGLE.finditer(line):
        if HANZI.search(match[1]):
            yield Change(match.start(), match.start() + 1, "‘")
            yield Change(match.end() - 1, match.end(), "’")


_DOTS = regex.compile(
    r"(?<!\.)\.{3,6}(?!\.)|(?<![．・·])[．・·]{3,6}(?![．・·])|。{3,}|(?<!…)…(?!…)"
)


def _ellipsis(line: str) -> Iterator[Change | Doubt]:
    for match in _DOTS.finditer(line):
        before, after = line[match.start() - 1 : match.start()], line[match.end() : match.end() + 1]
        if not (is_wide(before) or is_wide(after)):
            continue
        if regex.fullmatch(r"\s*\d+\s*", line, pos=match.end()):
            yield Doubt(*match.span(), "an ellipsis, or the leader of a table of contents")
        else:
            yield Change(*match.span(), "……")


_DASHES = regex.compile(r"(?<![-－—–―─⸺])(?:[-－]{2}|[–―─]{1,2}|—|⸺)(?![-－—–―─⸺])")
_LONG = 5  # hanzi of a clause before a dash, from which it is no "北京—上海"
_CLAUSE = regex.compile(rf"(?r)\p{{Han}}{{{_LONG}}}")
_RANGE = regex.compile(r"[年月日时時点點分省市县縣区區站路岁歲一二三四五六七八九十百千]")


def _dashes(line: str) -> Iterator[Change | Doubt]:
    """Attributions and breaks take two em; one em joins places and times (GB/T 15834)."""
    for match in _DASHES.finditer(line):
        start, end = match.span()
        before, after = line[max(0, start - 2) : start].rstrip(), line[end : end + 2].lstrip()
        if not line[:start].strip():
            if is_wide(after[:1]) or after[:1].isdigit():
                yield Change(start, end, "——")
        elif is_wide(before[-1:]) and is_wide(after[:1]) and match[0] != "–":
            single = end - start == 1 and match[0] != "⸺"
            if not single or not HANZI.match(before[-1]) or _is_break(line, start, before):
                yield Change(start, end, "——")
            else:
                yield Doubt(start, end, "a break (——), or one that joins places or times (—)")


def _is_break(line: str, start: int, before: str) -> bool:
    return bool(_CLAUSE.match(line, endpos=start)) and not _RANGE.match(before[-1])


QUOTES = Rule(
    "quotes", "Straight quotes that pair up in a Chinese paragraph are “ and ”.", _by_line(_quotes)
)
ELLIPSIS = Rule(
    "ellipsis", "A Chinese ellipsis is …… (GB/T 15834), not ... or 。。。.", _by_line(_ellipsis)
)
DASHES = Rule(
    "dashes", "A Chinese dash is —— (GB/T 15834), not -- or a single —.", _by_line(_dashes)
)
PUNCTUATION = Rule(
    "punctuation",
    "Between hanzi the marks are full-width; 21.6, 12:30 and addresses stay.",
    _by_line(_widen),
)
