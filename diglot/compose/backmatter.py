"""Vocabulary, glossary and endnotes: what stands behind a text."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from itertools import groupby

from diglot.compose.booklet import Endnote, Entry
from diglot.compose.scripts import Converter
from diglot.compose.terms import Occurrence
from diglot.config import Spelling
from diglot.model import Note, Pair, Term
from diglot.pairs.inline import read_inline, walk
from diglot.words import level, zhuyin_of

# Macron, acute, caron and grave, in the order of the tones.
_TONES = {0x304: "1", 0x301: "2", 0x30C: "3", 0x300: "4"}
_ZHUYIN_TONES = "ˊˇˋ"  # of the second to the fourth; the first is not marked, the neutral before


def entries(
    found: Iterable[Occurrence], converter: Converter, spelling: Spelling = Spelling.MARKS
) -> tuple[Entry, ...]:
    """Make one entry a term and sense, in the order of first occurrence, as it is written there.

    Raises:
        DiglotError: a-001, a term that is to be spelled in zhuyin has too few or many syllables.
    """
    sentence = cache(converter.sentence)
    made: dict[tuple[str, str, str], Entry] = {}
    senses = Counter[str]()
    for occurrence in found:
        term = occurrence.term
        key = identity(term)
        if key not in made:
            shown = sentence(occurrence.sentence)[occurrence.start : occurrence.end]
            made[key] = Entry(
                _key(term.term, senses[term.term]),
                term.term,
                shown,
                term.pinyin,
                term.english,
                term.pos,
                converter.inline(read_inline(term.note)),
                (),
                occurrence.before + occurrence.start,
                level=level(term.term) or 0,
                zhuyin=zhuyin_of(term) if spelling is Spelling.ZHUYIN else "",
            )
            senses[term.term] += 1
        entry = made[key]
        if occurrence.pair not in entry.pairs:
            made[key] = entry = replace(entry, pairs=(*entry.pairs, occurrence.pair))
        if occurrence.row not in entry.rows:
            made[key] = replace(entry, rows=(*entry.rows, occurrence.row))
    return tuple(made.values())


def identity(term: Term) -> tuple[str, str, str]:
    """Tell entries apart: by the word, its reading and its sense."""
    return term.term, term.pinyin, term.english


def _key(headword: str, before: int) -> str:
    """Name an entry for its headword, the same in every edition; a second sense is numbered."""
    name = headword.encode("utf-16-be").hex()
    return f"term-{name}-{before + 1}" if before else f"term-{name}"


def by_zhuyin(entry: Entry) -> tuple[list[tuple[str, int]], str]:
    """Sort as a zhuyin dictionary does: each syllable by its symbols, then by its tone."""
    return [_syllable(syllable) for syllable in entry.zhuyin.split()], entry.term


def _syllable(zhuyin: str) -> tuple[str, int]:
    symbols = zhuyin.strip(f"˙{_ZHUYIN_TONES}")
    neutral = zhuyin.startswith("˙")
    return symbols, len(_ZHUYIN_TONES) if neutral else _ZHUYIN_TONES.find(zhuyin[-1])


def alphabetical(entry: Entry) -> tuple[str, str, str]:
    """Sort as a pinyin dictionary does: by letters, then by tones, then by character."""
    spelt = unicodedata.normalize("NFD", entry.pinyin).casefold().translate(_TONES)
    letters = "".join(c for c in spelt if c.isalpha())
    toned = "".join(c for c in spelt if c.isalnum())
    return letters, toned, entry.term


def grouped(entries: Iterable[Entry], key: Callable[[Entry], str]) -> tuple[tuple[Entry, ...], ...]:
    """Part entries into runs with the same key."""
    return tuple(tuple(group) for _, group in groupby(entries, key))


def endnotes(
    pairs: Iterable[Pair], notes: Iterable[Note], converter: Converter
) -> tuple[Endnote, ...]:
    """Number the notes that glosses refer to, in the order of their first reference."""
    texts = {note.key: note.text for note in notes}
    referring: dict[str, list[str]] = {}
    for pair in pairs:
        for node in walk(node for gloss in pair.gloss for node in read_inline(gloss.text)):
            if node.kind == "note" and pair.id not in referring.setdefault(node.target, []):
                referring[node.target].append(pair.id)
    return tuple(
        Endnote(number, key, converter.inline(read_inline(texts[key])), tuple(ids))
        for number, (key, ids) in enumerate(referring.items(), 1)
        if key in texts
    )
