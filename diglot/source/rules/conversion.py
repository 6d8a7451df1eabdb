"""Simplified forms left in a Traditional text, and texts that are half one, half the other."""

from collections.abc import Iterator

import regex

from diglot.model import Script
from diglot.script import tables
from diglot.script.engine import plain
from diglot.source.chars import HANZI
from diglot.source.forms import census, form
from diglot.source.lexicon import is_traditional_word
from diglot.source.patch import Change, Doubt
from diglot.source.rules.rule import Findings, Rule

# Pairs of which Traditional writers use either in the sense concerned: nothing to mend or report.
_INTERCHANGEABLE = frozenset(
    zip(
        "台岩污霉伙岳弦凶占泄托周雇升厘家了局咨借念欲熏溪挨檐注杰娘虱昵"
        "巨棱布回夫吊扣凄凌彩幸象搜席沾涌玩糊背酸杯咤戚迹折拐杠仿",
        "臺巖汙黴夥嶽絃兇佔洩託週僱昇釐傢瞭侷諮藉唸慾燻谿捱簷註傑孃蝨暱"
        "鉅稜佈迴伕弔釦悽淩綵倖像蒐蓆霑湧翫餬揹痠盃吒慼跡摺柺槓彷",
        strict=True,
    )
)
_WINDOW = 4  # characters of the longest word that is looked up as evidence
_NAME = regex.compile(r"[先女小總教老醫博某氏]|\p{P}")  # after a surname: 于先生, 于總
_BEFORE_NAME = frozenset("和與跟同找對給向請讓被把是姓及叫")


def _under_converted(text: str, _: str) -> Findings:
    if census(text).script is not Script.HANT:
        return
    start = 0
    for line in text.split("\n"):
        converted = _converted(line)
        if converted != line:
            yield from _differences(line, converted, start)
        start += len(line) + 1


def _converted(line: str) -> str:
    """The line with what OpenCC would change for Taiwan, by way of Simplified, and for Hong Kong.

    Its phrases are Simplified, so that alone the first way would convert the name 陸游. The second
    alone would settle every choice between Traditional forms anew, and the third leaves 温 and 户.
    """
    taiwan = plain("s2tw", line)
    detour = plain("s2tw", plain("tw2s", line))
    hong_kong = plain("s2hk", line)
    return "".join(
        tw if tw == again and hk != char else char
        for char, tw, again, hk in zip(line, taiwan, detour, hong_kong, strict=True)
    )


def _differences(line: str, converted: str, start: int) -> Iterator[Change | Doubt]:
    for at, (char, other) in enumerate(zip(line, converted, strict=True)):
        if (
            char == other
            or plain("t2s", other) != char  # regions prefer either
            or (char, other) in _INTERCHANGEABLE
        ):
            continue
        verdict = form(char) is Script.HANS or _verdict(line, converted, at)
        if verdict:
            yield Change(start + at, start + at + 1, other)
        elif verdict is None:
            yield Doubt(start + at, start + at + 1, f"{other} in Traditional text, unless a name")


def _verdict(line: str, converted: str, at: int) -> bool | None:
    """Whether the words around say that a character should have been converted (None: nothing).

    The shortest words that say anything decide; a word that is right as it stands overrules.
    """
    for size in range(2, _WINDOW + 1):
        offsets = range(max(0, at - size + 1), min(at, len(line) - size) + 1)
        words = [line[offset : offset + size] for offset in offsets]
        others = [converted[offset : offset + size] for offset in offsets]
        if not tables.kept().isdisjoint(words):
            return False
        found = [
            (is_traditional_word(a), is_traditional_word(b))
            for a, b in zip(words, others, strict=True)
        ]
        if (True, False) in found:
            return False
        if (False, True) in found:
            return True
    return True if _is_preposition(line, at) else None


def _is_preposition(line: str, at: int) -> bool:
    """Whether 于 is the preposition 於, which no dictionary lists with every verb, and no name."""
    before, after = line[at - 1 : at], line[at + 1 : at + 2]
    return (
        line[at] == "于"
        and bool(HANZI.match(before))
        and before not in _BEFORE_NAME
        and not _NAME.match(after)
    )


def _mixed(text: str, _: str) -> Findings:
    counts = census(text)
    telling = counts.hans.total() + counts.hant.total()
    if not telling and HANZI.search(text):
        yield Doubt(0, 0, "no character tells whether this is Simplified or Traditional")
    elif counts.script is None and telling:
        share = f"{counts.hans.total()} Simplified, {counts.hant.total()} Traditional characters"
        yield Doubt(0, 0, f"half-converted: {share}")
    seen = set()
    for match in HANZI.finditer(text) if counts.minority else ():
        char = match[0]
        if char in counts.minority and char not in seen:
            seen.add(char)
            other = "Traditional" if char in counts.hant else "Simplified"
            count = counts.minority[char]
            yield Doubt(*match.span(), f"{other} in a text of the other script, {count} in all")


UNDER_CONVERTED = Rule(
    "under-converted",
    "A converter left Simplified forms in a Traditional text: 示范, 立足于.",
    _under_converted,
)
MIXED = Rule(
    "mixed-script", "A text that is half Simplified, half Traditional needs a person.", _mixed
)
