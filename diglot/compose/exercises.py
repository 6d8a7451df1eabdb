"""Exercises made from a text: match, fill in, translate back, each with one answer only.

What is asked depends on the words and sentences themselves, not on their number or script: an edit
elsewhere leaves an exercise as it was, and all editions have the same.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from string import ascii_lowercase
from typing import TypeVar

import regex

from diglot.compose.backmatter import alphabetical
from diglot.compose.booklet import Block, Booklet, Entry, Row, Section, row_id
from diglot.compose.lesson import Gap, Lesson, Matching, Translation
from diglot.model import Kind
from diglot.pairs.inline import Inline, plain, walk

_MOST_PAIRS, _LEAST_PAIRS = 8, 4
_MOST_GAPS, _LEAST_GAPS = 6, 3
_TRANSLATIONS = 3
_PASSAGE = 16  # characters around a gap, if its sentence has them
_SHORTEST = 10  # characters of a sentence with a gap
_SENTENCE = range(8, 61)  # characters of a sentence that is put back into Chinese
_NAMES = frozenset(("place", "name", "org"))  # their pinyin gives them away
_CLAUSE = regex.compile(r"[^，；：。！？]*[，；：。！？”’」』]*")
_WORD = regex.compile(r"\p{L}{4,}")
T = TypeVar("T")


def lessons(booklet: Booklet) -> tuple[Lesson, ...]:
    """Make the exercises of every section that has enough words or sentences for them."""
    made = []
    text = "".join(row.zh for section in booklet.sections for _, row in _rows(section))
    for number, section in enumerate(booklet.sections, 1):
        words = _stirred(
            (entry for group in section.vocabulary for entry in group if entry.pos not in _NAMES),
            lambda entry: entry.headword + entry.english,
        )
        matching = _matching(words)
        matched = matching.terms if matching else ()
        # Words that were asked already come last.
        gaps = _gaps(sorted(words, key=lambda word: word.term in matched), section, text)
        bank = tuple(entry.term for entry, _ in sorted(gaps, key=lambda gap: alphabetical(gap[0])))
        asked = frozenset(gap.pair for _, gap in gaps)
        translations = tuple(_translations(section, asked))
        if matching or gaps or translations:
            filled = tuple(gap for _, gap in gaps)
            made.append(Lesson(section.key, number, matching, filled, bank, translations))
    return tuple(made)


def _stirred(things: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """Put things into an order that is not the text's nor the alphabet's, but always the same."""
    return sorted(things, key=lambda thing: hashlib.sha256(name(thing).encode()).digest())


def _rows(section: Section) -> Iterator[tuple[Block, Row]]:
    for block in section.blocks:
        if block.kind in (Kind.PARAGRAPH, Kind.QUOTATION):
            for row in block.rows:
                yield block, row


def _matching(words: Iterable[Entry]) -> Matching | None:
    """Choose terms whose senses have no word in common, so that each fits one of them only."""
    chosen = _apart(words, _MOST_PAIRS, lambda a, b: not (_content(a) & _content(b)))
    if len(chosen) < _LEAST_PAIRS:
        return None
    # Senses by the alphabet: their order tells nothing.
    senses = sorted((_sense(entry) for entry in chosen), key=str.casefold)
    letters = dict(zip(senses, ascii_lowercase, strict=False))
    return Matching(
        tuple(entry.term for entry in chosen),
        tuple(senses),
        tuple(letters[_sense(entry)] for entry in chosen),
    )


def _apart(words: Iterable[Entry], most: int, fit: Callable[[Entry, Entry], bool]) -> list[Entry]:
    chosen: list[Entry] = []
    for word in words:
        alike = (set(word.term) & set(other.term) for other in chosen)
        if not any(alike) and all(fit(word, other) for other in chosen):
            chosen.append(word)
    return chosen[:most]


def _sense(entry: Entry) -> str:
    return entry.english.partition(";")[0].strip()


def _content(entry: Entry) -> frozenset[str]:
    """The words that carry a sense, cut so that inflected forms are one."""
    return frozenset(word[:5] for word in _WORD.findall(entry.english.casefold()))


def _gaps(words: list[Entry], section: Section, text: str) -> list[tuple[Entry, Gap]]:
    """Choose words and passages without them.

    A word of the bank must fit in its own gap only: so no two of them stand between the same
    characters anywhere in the text, mean something alike, or stand in each other's passage.
    """
    passages = {}
    for word in words:
        if passage := _passage(word, section):
            passages[word.key] = passage
    able = [word for word in words if word.key in passages]

    def fit(one: Entry, other: Entry) -> bool:
        if _content(one) & _content(other) or _exchangeable(one.term, other.term, text):
            return False
        pairs = ((one, other), (other, one))
        return not any(b.term in passages[a.key].before + passages[a.key].after for a, b in pairs)

    chosen = _apart(able, _MOST_GAPS, fit)
    if len(chosen) < _LEAST_GAPS:
        return []
    return [(word, passages[word.key]) for word in chosen]


def _exchangeable(one: str, other: str, text: str) -> bool:
    """Whether two words stand between the same characters, before or behind them."""
    around = [
        {(text[m.start() - 1 : m.start()], text[m.end() : m.end() + 1]) for m in _found(word, text)}
        for word in (one, other)
    ]
    hanzi = regex.compile(r"\p{Han}")
    for side in (0, 1):
        shared = {pair[side] for pair in around[0]} & {pair[side] for pair in around[1]}
        if any(map(hanzi.match, shared)):
            return True
    return False


def _found(word: str, text: str) -> Iterator[regex.Match[str]]:
    return regex.finditer(regex.escape(word), text)


def _passage(word: Entry, section: Section) -> Gap | None:
    """Find the clauses around a word, in a sentence of the section in which it stands once."""
    for block, row in _rows(section):
        places = {row_id(block.id, n) for n in range(len(block.rows)) if block.rows[n] is row}
        if row.zh.count(word.term) != 1 or not places & set(word.rows):
            continue
        at = row.zh.index(word.term)
        clauses = [m.span() for m in _CLAUSE.finditer(row.zh) if m[0]]
        first = last = next(n for n, (start, end) in enumerate(clauses) if start <= at < end)
        while clauses[last][1] - clauses[first][0] < _PASSAGE + len(word.term):
            if first > 0:
                first -= 1
            elif last < len(clauses) - 1:
                last += 1
            else:
                break
        start, end = clauses[first][0], max(clauses[last][1], at + len(word.term))
        if end - start < _SHORTEST:
            continue
        before = ("……" if start else "") + row.zh[start:at]
        after = row.zh[at + len(word.term) : end] + ("……" if end < len(row.zh) else "")
        return Gap(before, after, word.term, block.id)
    return None


def _translations(section: Section, asked: frozenset[str]) -> Iterator[Translation]:
    """Choose whole sentences with a gloss of their own that names no Chinese."""
    able = [
        Translation(tuple(_without_notes(row.en)), row.zh, block.id)
        for block, row in _rows(section)
        if len(row.zh) in _SENTENCE and row.en and not block.mark and block.id not in asked
        if not any(node.kind in ("zh", "image", "code") for node in walk(row.en))
    ]
    chosen = _stirred(able, lambda each: plain(each.en))[:_TRANSLATIONS]
    yield from (each for each in able if each in chosen)


def _without_notes(nodes: Iterable[Inline]) -> Iterator[Inline]:
    return (node for node in nodes if node.kind != "note")
