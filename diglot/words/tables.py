"""The project's own tables: what the dictionaries lack or have wrong.

``words_readings.tsv``, ``words_function.csv`` and ``words_split.txt`` in ``diglot/data``; how to
write them is told in ``docs/words.md``.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

from diglot.words.pinyin import numbered

OPEN = "-"  # stands for the syllables at one end of a word that the dictionary has right
_REACH = 24  # characters of context that a rule can see on either side


@dataclass(frozen=True, slots=True)
class Rule:
    """A reading of a word between what stands before and after it; ``name``: it is one."""

    pinyin: tuple[str, ...]
    name: bool
    before: str
    after: str

    def fits(self, text: str, start: int, end: int) -> bool:
        """Whether the rule holds for the word at these offsets."""
        if self.before:
            before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
            if not _compiled(f"(?:{self.before})$").search(before):
                return False
        if self.after:
            after = text[end : end + _REACH].partition("\n")[0]
            return _compiled(self.after).match(after) is not None
        return True


@cache
def _compiled(pattern: str) -> "regex.Pattern[str]":
    return regex.compile(pattern)


@dataclass(frozen=True, slots=True)
class Sense:
    """What a function word means, in the table's words; without pinyin for all its readings."""

    pinyin: tuple[str, ...]
    english: str
    pos: str


def _lines(name: str) -> list[str]:
    text = files("diglot").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """The rules for each word, the first that fits wins."""
    table: dict[str, list[Rule]] = {}
    for line in _lines("words_readings.tsv"):
        words, pinyin, before, after = [*line.split("\t"), "", ""][:4]
        spoken = tuple(s if s == OPEN else numbered(s) for s in pinyin.split())
        rule = Rule(spoken, pinyin[0].isupper(), before, after)
        for word in words.split():
            table.setdefault(word, []).append(rule)
    return {word: tuple(found) for word, found in table.items()}


@cache
def splits() -> frozenset[str]:
    """Words of the dictionaries that in running text are nearly always two."""
    return frozenset(word for line in _lines("words_split.txt") for word in line.split())


@cache
def function_words() -> dict[str, tuple[Sense, ...]]:
    """The senses of function words and of words whose first dictionary sense misleads."""
    import csv

    table: dict[str, list[Sense]] = {}
    for word, pinyin, english, pos in csv.reader(_lines("words_function.csv")[1:]):
        sense = Sense(tuple(map(numbered, pinyin.split())), english, pos)
        table.setdefault(word, []).append(sense)
    return {word: tuple(found) for word, found in table.items()}
