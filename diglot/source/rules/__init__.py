"""The normalization rules, in the order in which they work."""

from diglot.source.rules import characters, conversion, debris, marks, residue, spaces, wraps
from diglot.source.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    characters.INVISIBLE,
    characters.LINE_BREAKS,
    characters.RADICALS,
    characters.COMPOSE,
    characters.UNKNOWN,
    residue.RESIDUE,
    residue.BROKEN_BYTES,
    debris.PAGE_DEBRIS,
    wraps.WRAPPED,
    marks.QUOTES,
    marks.ELLIPSIS,
    marks.DASHES,
    marks.PUNCTUATION,
    spaces.SPACES,
    conversion.UNDER_CONVERTED,
    conversion.MIXED,
)
