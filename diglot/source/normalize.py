"""Normalize a decoded text by small rules, recording every change and every doubt."""

from bisect import bisect_right
from dataclasses import dataclass

from diglot.model import Script
from diglot.source.forms import census
from diglot.source.patch import Change, Doubt, Hunk, Lines, Origins, compose, splice
from diglot.source.rules import RULES
from diglot.source.rules.rule import Rule

RULE_NAMES = frozenset(rule.name for rule in RULES)
_MAX_ROUNDS = 8  # a rule can make room for an earlier one; two rounds are the rule


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """What a rule replaced; line and column count from 1 in the text as it was decoded.

    Edits do not overlap: put in place of ``before``, from the last to the first, they turn the
    decoded text into the normalized one. Where several rules worked on the same characters,
    ``rule`` joins their names with ``+``.
    """

    line: int
    column: int
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True, order=True)
class Review:
    """What a rule was not sure of; line and column count from 1 in the text as it was decoded."""

    line: int
    column: int
    text: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Normalized:
    """The normalized text, how it came about, what a person should look at, and its script.

    ``script`` is HANS or HANT, or None when no character tells or the text mixes both.
    """

    text: str
    edits: tuple[Edit, ...]
    review: tuple[Review, ...]
    script: Script | None


def rules() -> tuple[tuple[str, str], ...]:
    """The name and the reason of each rule, in the order in which they work."""
    return tuple((rule.name, rule.reason) for rule in RULES)


def normalize(text: str, *, off: frozenset[str] = frozenset(), residue: str = "auto") -> Normalized:
    """Normalize a text whose lines end in LF; a normalized text stays as it is.

    Args:
        text: The decoded text.
        off: Names of rules that shall not work, out of ``RULE_NAMES``.
        residue: What becomes of pinyin in parentheses that looks like a converter's residue:
            ``strip`` it, ``keep`` it, or (``auto``) strip it if the whole document shows that it
            is residue, and list it for review otherwise.
    """
    active = tuple(rule for rule in RULES if rule.name not in off)
    first = text
    hunks: list[Hunk] = []
    doubts: dict[tuple[int, int, str], _Doubted] = {}
    for nth in range(_MAX_ROUNDS):
        before = text
        for rule in active:
            changes, found = _findings(rule, text, residue)
            origins = Origins(hunks if found else ())
            for doubt in found:
                start, end = origins[doubt.start], origins[doubt.end]
                what = text[doubt.start : doubt.end]
                doubts[start, end, rule.name] = _Doubted(what, doubt.reason, nth)
            if changes:
                hunks = compose(first, hunks, text, changes, rule.name)
                text = splice(text, changes)
        if text == before:
            break
    lines = Lines(first)
    edits = (
        Edit(
            *lines.place(hunk.start), first[hunk.start : hunk.end], hunk.after, "+".join(hunk.rules)
        )
        for hunk in hunks
    )
    reviews = (
        Review(*lines.place(start), doubt.text, rule, doubt.reason)
        for (start, end, rule), doubt in doubts.items()
        if doubt.round == nth or not _touched(hunks, start, end)
    )
    return Normalized(text, tuple(edits), tuple(sorted(reviews)), census(text).script)


@dataclass(frozen=True, slots=True)
class _Doubted:
    text: str
    reason: str
    round: int


def _findings(rule: Rule, text: str, residue: str) -> tuple[list[Change], list[Doubt]]:
    changes: list[Change] = []
    doubts: list[Doubt] = []
    for found in rule.find(text, residue):
        if isinstance(found, Doubt):
            doubts.append(found)
        else:
            changes.append(found)
    return changes, doubts


def _touched(hunks: list[Hunk], start: int, end: int) -> bool:
    """Whether a doubt of an earlier round was settled since: something changed its characters."""
    nth = bisect_right(hunks, start, key=lambda hunk: hunk.end)
    return nth < len(hunks) and hunks[nth].start < end
