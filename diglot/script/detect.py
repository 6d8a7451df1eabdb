"""Which script a text is in, and what in it is of the other."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from diglot.model import Script
from diglot.script import engine, tables
from diglot.script.convert import convert

_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
_CLAUSE = re.compile(r"[\u3400-\u9fff]+")

# What OpenCC changes although the script has it: variants that Traditional texts print, and
# characters that 通用规范汉字表 (2013) and GB 2312 have in names and words of their own.
_ALSO_HANT = frozenset("凄厘吃咨唇峰帘并床恒挂晒栖洒灶炖痒痴皂秘粽群羡肴腌腊膻荐虱蚝蜡蝎霉雇繁")
_ALSO_HANS = frozenset("乾吒夥徵拚捱摺昇榘祕甦脩菸蒐薹袷醣閤陞麴麽")

# What is printed in Hong Kong and not in Taiwan, and the reverse.
_HONG_KONG, _TAIWAN = "裏着兑卧悦户枱温税綫脱葱蜕衞説醖鈎鋭閲", "裡汙溼"


@dataclass(frozen=True, slots=True)
class Stray:
    """A character of the other script, and what should stand in its place."""

    offset: int
    character: str
    expected: str


def detect(text: str) -> Script | None:
    """Simplified or Traditional, by the characters that only one of them has.

    Returns:
        ``HANS`` or ``HANT``, whichever has more; None when nothing tells.
    """
    counts = Counter(text)
    hans = sum(counts[character] for character in counts.keys() & _only(Script.HANS))
    hant = sum(counts[character] for character in counts.keys() & _only(Script.HANT))
    if hans == hant:
        return None
    return Script.HANS if hans > hant else Script.HANT


def region(text: str) -> Script:
    """``HANT_HK`` for Traditional text in Hong Kong's forms, ``HANT`` for all other."""
    hong_kong, taiwan = (sum(map(text.count, forms)) for forms in (_HONG_KONG, _TAIWAN))
    return Script.HANT_HK if hong_kong > taiwan else Script.HANT


def half_converted(text: str, script: Script) -> tuple[Stray, ...]:
    """The characters of the other script in a text.

    In a Traditional text those are the characters that only Simplified has, and shared ones (范,
    于, 制 …) in a word that OpenCC's phrases write otherwise, but for the words that the project
    keeps. In a Simplified text they are those that OpenCC would change where they stand.
    """
    if script is Script.SOURCE:
        return ()
    if script is Script.HANS:
        simplified = engine.convert("t2s", text)
        return tuple(
            Stray(match.start(), match[0], simplified[match.start()])
            for match in _pattern(Script.HANT).finditer(text)
            if simplified[match.start()] != match[0]
        )
    clauses = [clause for clause in _CLAUSE.finditer(text) if _suspects().search(clause[0])]
    return tuple(_strays(clauses, script))


def _strays(clauses: Sequence[re.Match[str]], script: Script) -> Iterator[Stray]:
    # Together, because a conversion costs more by the call than by the character.
    simplified = engine.convert("t2s", "\n".join(clause[0] for clause in clauses))
    expected = engine.convert("s2hk" if script is Script.HANT_HK else "s2tw", simplified)
    uncovered = engine.convert("uncovered", simplified)
    only = _only(Script.HANS)
    at = 0
    for clause in clauses:
        found = [
            match.start()
            for match in _suspects().finditer(clause[0])
            if expected[at + match.start()] != match[0]
            and (match[0] in only or uncovered[at + match.start()] != engine.UNCOVERED)
        ]
        if found:
            forms = convert(simplified[at : at + len(clause[0])], script, Script.HANS)
            for offset in found:
                if forms[offset] != clause[0][offset]:
                    yield Stray(clause.start() + offset, clause[0][offset], forms[offset])
        at += len(clause[0]) + 1


@cache
def _only(script: Script) -> frozenset[str]:
    """The characters that only this script has, by what OpenCC makes of each alone."""
    every = "\n".join(chr(c) for block in _HAN for c in block)
    to_hant, to_hans = engine.convert("s2t", every), engine.convert("t2s", every)
    if script is Script.HANT:
        pairs = zip(every, to_hans, strict=True)
        # A simplified form outside of the BMP is one that hardly anybody prints.
        changed = {a for a, b in pairs if a != b and b <= "\uffff"}
        return frozenset(changed.difference(to_hans, _ALSO_HANS))
    ambiguous = {c for c, entry in tables.ambiguities().items() if c in entry.forms}
    rows = zip(every, to_hant, to_hans, strict=True)
    changed = {a for a, t, s in rows if a != t and a == s}
    return frozenset(changed.difference(to_hant, ambiguous, _ALSO_HANT))


@cache
def _pattern(script: Script) -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(_only(script)))}]")


@cache
def _suspects() -> re.Pattern[str]:
    strict = {character for character, entry in tables.ambiguities().items() if entry.strict}
    return re.compile(f"[{''.join(sorted(_only(Script.HANS) | strict))}]")
