"""The pinyin that a table-driven conversion to Traditional left behind: ``協(xié)同發(fā)展``.

Such tables give a reading beside each Traditional character that they could not encode. Teachers
write the same thing on purpose, so only what a whole document shows opens the gate.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache

import regex

from diglot.model import Script
from diglot.source.forms import form
from diglot.source.lexicon import reads
from diglot.source.patch import Change, Doubt
from diglot.source.rules.rule import Findings, Rule

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_LETTERS = f"a-zA-ZüÜɡɑ{_TONED}{_TONED.upper()}"
_GROUP = regex.compile(rf"[(（]([{_LETTERS}][{_LETTERS}\s'’·/,，;-]*+)[)）]")
_SYLLABLE = regex.compile(rf"[{_LETTERS}]{{1,6}}")
_MARKED = regex.compile(rf"[{_TONED}{_TONED.upper()}]")
_BROKEN = regex.compile(rf"(?<![\p{{Latin}}\d])([@-~])[(（]([{_LETTERS}]{{1,6}})[)）]")

MIN_HITS = 8  # residue of fewer could be a teacher's notes
MIN_SHARE = 0.9  # of all toned groups
MIN_REPEATS = 3  # of one pair: nobody explains the same character again and again
MIN_ANNOTATED = 0.6  # of these characters' occurrences: real pages mix 數據 and 數(shù)據(jù)

MIN_SUSPECT = 2 / 3  # of all toned groups, below which they are ruby for a reader


@dataclass(frozen=True, slots=True)
class _Hit:
    """A valid reading in parentheses behind a hanzi of one script."""

    start: int  # of the parenthesis
    end: int
    hanzi: str
    pinyin: str
    marked: bool  # has a tone mark


def _residue(text: str, mode: str) -> Findings:
    if mode == "keep":
        return
    hits, toned = _survey(text, any_script=mode == "strip")
    if mode == "strip":
        yield from (Change(hit.start, hit.end, "") for hit in hits)
        return
    shut = _why_shut(text, hits, toned)
    for hit in hits if shut is None else ():
        if form(hit.hanzi) is Script.HANT:
            yield Change(hit.start, hit.end, "")
    for hit in _suspects(hits, toned) if shut else ():
        reason = f"pinyin that a conversion may have left: {shut}"
        yield Doubt(hit.start - 1, hit.end, reason)


def _survey(text: str, *, any_script: bool) -> tuple[list[_Hit], int]:
    """The candidates, and how many groups with a tone mark there are of any kind."""
    hits = []
    toned = 0
    for match in _GROUP.finditer(text):
        before = text[match.start() - 1 : match.start()]
        marked = bool(_MARKED.search(match[1]))
        toned += marked and not before.isascii()
        if (
            _SYLLABLE.fullmatch(match[1])
            and (any_script or form(before) is not None)
            and reads(before, match[1])
        ):
            hits.append(_Hit(*match.span(), before, match[1], marked))
    return hits, toned


def _why_shut(text: str, hits: list[_Hit], toned: int) -> str | None:
    """None if the document shows that it was converted by a table, else what speaks against it."""
    sure = [hit for hit in hits if hit.marked and form(hit.hanzi) is Script.HANT]
    pairs = Counter((hit.hanzi, hit.pinyin) for hit in sure)
    hanzi = {char for char, _ in pairs}
    reason = None
    if len(sure) < MIN_HITS:
        reason = f"only {len(sure)} in the text"
    elif len(sure) < MIN_SHARE * toned:
        reason = "other readings in the text were written on purpose"
    elif max(pairs.values()) < MIN_REPEATS:
        reason = f"none occurs {MIN_REPEATS} times"
    elif len(sure) < MIN_ANNOTATED * sum(map(Counter(text).__getitem__, hanzi)):
        reason = "the same characters mostly go without"
    elif len(pairs) > len(hanzi):
        reason = "a character has several readings"
    return reason


def _suspects(hits: list[_Hit], toned: int) -> list[_Hit]:
    """What to list when the gate is shut: not the readings that somebody wrote for a reader.

    Those stand beside hanzi of any kind, or give a character several readings. In a Simplified
    text, which only a second conversion could have left with residue, one must come back.
    """
    if sum(hit.marked for hit in hits) < MIN_SUSPECT * toned:
        return []
    pairs = Counter((hit.hanzi, hit.pinyin) for hit in hits)
    readings = Counter(char for char, _ in pairs)
    back = max(
        (count for (char, _), count in pairs.items() if form(char) is Script.HANS), default=0
    )
    return [
        hit
        for hit in hits
        if readings[hit.hanzi] == 1 and (form(hit.hanzi) is Script.HANT or back > 1)
    ]


def _broken(text: str, _: str) -> Findings:
    for match in _BROKEN.finditer(text):
        lost = _lost(match[1], match[2]) if _MARKED.search(match[2]) else ""
        if lost:
            reason = f"half a character: perhaps {lost}, whose last GBK byte is {match[1]!r}"
            yield Doubt(*match.span(), reason)


@cache
def _lost(char: str, pinyin: str) -> str:
    """The Traditional characters so read whose GBK code ends in the byte of an ASCII character."""
    decoded = (bytes([lead, ord(char)]).decode("gbk", "ignore") for lead in range(0x81, 0xFF))
    return "、".join(
        hanzi
        for hanzi in decoded
        if len(hanzi) == 1 and form(hanzi) is Script.HANT and reads(hanzi, pinyin)
    )


RESIDUE = Rule(
    "residue", "A conversion table left its readings in the text: 協(xié)同發(fā)展.", _residue
)
BROKEN_BYTES = Rule(
    "broken-bytes", "P(guān) is what is left of 關 when a GBK byte was lost.", _broken
)
