"""Where glossary terms occur."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

import regex

from diglot.compose.booklet import row_id
from diglot.model import Kind, Mark, Pair, Script, Sentence, Term
from diglot.script import convert


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term in a ``sentence``; a mark there overrides what the glossary says.

    ``row`` is the place on the page where the sentence stands, as `row_id` names it; ``before`` is
    how many characters of its pair's source stand before the sentence.
    """

    term: Term
    pair: str
    row: str
    before: int
    sentence: Sentence
    start: int
    end: int


def occurrences(
    pairs: Iterable[Pair], terms: Iterable[Term], source: Script
) -> tuple[Occurrence, ...]:
    """Find every occurrence of a term, the longest term first where several begin.

    Terms are written in Simplified, so they are sought in the Simplified projection of the text.
    A marked word that carries a reading and a sense is a term of its own; around it terms are
    sought as if the sentence began and ended there.
    """
    by_name = {term.term: term for term in terms}
    words = {term.term: term.hant for term in by_name.values() if term.hant}
    pattern = _pattern(by_name)
    found: list[Occurrence] = []
    for pair in pairs:
        for row, before, sentence in placed(pair):
            text = convert(sentence.text, Script.HANS, source, words=words)
            end = 0
            for mark in (*sentence.overrides, None):
                stop = mark.start if mark else len(text)
                found.extend(
                    Occurrence(by_name[match[0]], pair.id, row, before, sentence, *match.span())
                    for match in (pattern.finditer(text, end, stop) if pattern else ())
                )
                if mark and (term := _marked(text[mark.start : mark.end], mark, pair, by_name)):
                    place = pair.id, row, before, sentence
                    found.append(Occurrence(term, *place, mark.start, mark.end))
                end = mark.end if mark else stop
    return tuple(found)


def occurring(pairs: Iterable[Pair], terms: Iterable[Term], source: Script) -> tuple[Term, ...]:
    """Pick the terms of a glossary that a text has, in the order of the glossary."""
    terms = tuple(terms)
    found = {occurrence.term.term for occurrence in occurrences(pairs, terms, source)}
    return tuple(term for term in terms if term.term in found)


def placed(pair: Pair) -> Iterator[tuple[str, int, Sentence]]:
    """Give a pair's sentences, each after its row and the number of characters before it."""
    starts = accumulate((len(sentence.text) for sentence in pair.source), initial=0)
    for n, (start, sentence) in enumerate(zip(starts, pair.source, strict=False)):
        yield _row(pair, n), start, sentence


def _row(pair: Pair, sentence: int) -> str:
    """Name the place where the n-th sentence of a pair is set: see `Row`."""
    if pair.level:
        return f"pair-{pair.id}"
    return row_id(pair.id, sentence if pair.aligned or pair.kind is Kind.VERSE else 0)


def _pattern(terms: Mapping[str, Term]) -> regex.Pattern[str] | None:
    names = sorted(terms, key=lambda name: (-len(name), name))
    return regex.compile("|".join(map(regex.escape, names))) if names else None


def _marked(word: str, mark: Mark, pair: Pair, terms: Mapping[str, Term]) -> Term | None:
    """Find what a marked word is: the glossary's term with the mark's reading and sense over it."""
    term = terms.get(word)
    pinyin = mark.pinyin or (term.pinyin if term else "")
    english = mark.english or (term.english if term else "")
    if not (pinyin and english):
        return None
    place = term.place if term else pair.place
    return Term(
        word,
        pinyin,
        english,
        place,
        term.pos if term else "",
        term.note if term else "",
        mark.hant or (term.hant if term else ""),
    )
