"""The project's own tables beside OpenCC's dictionaries: read once, checked row by row."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import NoReturn

from diglot.errors import DiglotError, Place, Problem

_CLASS = re.compile(r"\[([^\]]*)\]|(.)")


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A character with several forms in the other script, the default first.

    ``alone``: the others also stand outside the words that OpenCC lists, so that the default is a
    guess. ``strict``: the character is Traditional too, but plainly wrong where OpenCC's words
    have another form, as 范 in 示范 is.
    """

    forms: tuple[str, ...]
    alone: bool
    strict: bool


@cache
def phrases(stage: str) -> dict[str, str]:
    """The project's phrases for ``hant``, ``hans``, ``tw`` or ``hk``, patterns spelt out.

    Raises:
        DiglotError: x-002, the table has a row that is not sound.
    """
    found: dict[str, str] = {}
    for line, row in _rows("script_phrases.csv", ("from", "to", "stages", "why")):
        if stage not in row["stages"].split():
            continue
        sources, targets = _spelt_out(row["from"]), _spelt_out(row["to"])
        if len(sources) != len(targets) or any(map(_uneven, sources, targets)):
            _broken("script_phrases.csv", line, f"{row['from']} and {row['to']} differ in length")
        found |= zip(sources, targets, strict=True)
    return found


@cache
def kept() -> frozenset[str]:
    """The words that are as good in Traditional texts as what OpenCC would make of them."""
    return frozenset(row["word"] for _, row in _rows("script_keep.csv", ("word", "reason")))


@cache
def ambiguities() -> dict[str, Ambiguity]:
    """The characters of which Simplified to Traditional is a choice."""
    columns = ("simplified", "forms", "alone", "strict")
    return {
        row["simplified"]: Ambiguity(
            tuple(row["forms"].split()), row["alone"] == "yes", row["strict"] == "yes"
        )
        for _, row in _rows("script_ambiguous.csv", columns)
    }


def _rows(name: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    text = (files("diglot") / "data" / name).read_text(encoding="utf-8")
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != columns:
        _broken(name, 1, f"its columns are not {', '.join(columns)}")
    for row in reader:
        if set(row) != set(columns) or None in row.values():
            _broken(name, reader.line_num, "this row has too few or too many cells")
        yield reader.line_num, row


def _spelt_out(pattern: str) -> list[str]:
    """Each word a pattern stands for: ``姓[于余]`` and ``姓[于|余]`` are 姓于 and 姓余."""
    places: list[Sequence[str]] = []
    for some, one in _CLASS.findall(pattern):
        places.append(some.split("|") if "|" in some else some or one)
    return ["".join(word) for word in product(*places)]


def _uneven(source: str, target: str) -> bool:
    return len(source) != len(target) or not source


def _broken(name: str, line: int, what: str) -> NoReturn:
    raise DiglotError(
        Problem(
            "x-002",
            f"a table of script conversion is broken: {what}",
            "Mend this line, or install Diglot afresh.",
            Place(f"diglot/data/{name}", line),
        )
    )
