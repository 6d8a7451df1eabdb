"""Normalize a decoded text by small rules, recording every change and every doubt."""

from dataclasses import dataclass

from diglot.model import Script
from diglot.source.forms import census
from diglot.source.patch import Change, Doubt, Hunk, Lines, Origins, compose, splice
from diglot.source.rules import RULES
from diglot.source.rules.rule import Rule

RULE_NAMES = frozenset(rule.name for rule in RULES)
RESIDUE_MODES = ("auto", "strip", "keep")
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
    doubts: list[tuple[str, Doubt]] = []
    for _ in range(_MAX_ROUNDS):
        before = text
        doubts = []
        for rule in active:
            text, hunks, found = _apply(rule, residue, first, hunks, text)
            doubts += ((rule.name, doubt) for doubt in found)
        if text == before:
            break
    lines = Lines(first)
    return Normalized(
        text,
        tuple(
            Edit(*lines.place(hunk.start), first[hunk.start : hunk.end], hunk.after, _name(hunk))
            for hunk in hunks
        ),
        _reviews(text, doubts, Origins(hunks), lines),
        census(text).script,
    )


def _apply(
    rule: Rule, residue: str, first: str, hunks: list[Hunk], text: str
) -> tuple[str, list[Hunk], list[Doubt]]:
    changes: list[Change] = []
    doubts: list[Doubt] = []
    for found in rule.find(text, residue):
        if isinstance(found, Doubt):
            doubts.append(found)
        else:
            changes.append(found)
    if not changes:
        return text, hunks, doubts
    return splice(text, changes), compose(first, hunks, text, changes, rule.name), doubts


def _name(hunk: Hunk) -> str:
    return "+".join(hunk.rules)


def _reviews(
    text: str, doubts: list[tuple[str, Doubt]], origins: Origins, lines: Lines
) -> tuple[Review, ...]:
    return tuple(
        sorted(
            Review(
                *lines.place(origins[doubt.start]),
                text[doubt.start : doubt.end],
                name,
                doubt.reason,
            )
            for name, doubt in doubts
        )
    )
