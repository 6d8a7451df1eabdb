"""The index: the glossary's terms by their English, for who looks for a subject."""

import unicodedata
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

import regex

from diglot.compose.booklet import Entry, Indexed, senses

_ASIDE = regex.compile(r"\([^()]*\)")
_ARTICLE = regex.compile(r"^(?:an?|the|to) (?=.)", regex.IGNORECASE)


def make_index(entries: Iterable[Entry]) -> tuple[tuple[Indexed, ...], ...]:
    """List every sense of the terms by the alphabet, a group a letter."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        for sense in senses(entry.english):
            found.setdefault(sense, []).append(entry)
    headings = (
        Indexed(
            _initial(sense),
            sense,
            tuple(dict.fromkeys(entry.term for entry in having)),
            tuple(dict.fromkeys(row for entry in having for row in entry.rows)),
            tuple((entry.key, entry.term) for entry in having),
        )
        for sense, having in found.items()
    )
    ordered = sorted(headings, key=lambda heading: (sort_key(heading.english), heading.english))
    return tuple(tuple(group) for _, group in groupby(ordered, attrgetter("initial")))


def _initial(english: str) -> str:
    first = sort_key(english)[:1].upper()
    return first if "A" <= first <= "Z" else "#"


def sort_key(english: str) -> str:
    """Write a heading as it is sorted: letter by letter, without articles and what is in brackets.

    See ISO 999, 8.3: letter-by-letter order, an initial article left out of account.
    """
    bare = _ASIDE.sub("", english).strip() or english
    spelt = unicodedata.normalize("NFD", _ARTICLE.sub("", bare)).casefold()
    return "".join(letter for letter in spelt if letter.isalnum())
