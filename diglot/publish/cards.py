"""Vocabulary to learn by heart: a card a word, with a sentence it occurs in; as a sheet (CSV)."""

import csv
import io
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from diglot.compose.booklet import Block, Booklet, Entry, Row, joined
from diglot.model import Kind
from diglot.pairs.inline import Inline, plain

_COLUMNS = (
    "term", "pinyin", "english", "pos", "level", "note", "sentence", "gloss", "pair", "id",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TOP = 7  # HSK 3.0 has its levels 7 to 9 in one list
_STALE = Inline("text", " [translated from an earlier source]")


@dataclass(frozen=True, slots=True)
class Card:
    """A word in one reading, as it is written in its sentence: what a learner is asked, and more.

    ``key`` is the same in every regeneration and in every layout of a work in one script. The
    sentence is in three parts: before the word, the word, behind it.
    """

    key: str
    term: str
    pinyin: str
    english: str
    pos: str
    level: str
    note: tuple[Inline, ...]
    sentence: tuple[str, str, str]
    gloss: tuple[Inline, ...]
    pair: str


def make_cards(booklet: Booklet) -> tuple[Card, ...]:
    """Make a card of each word in the vocabularies, in the order in which they first occur.

    Senses of the same word in the same reading are on one card, with the first one's sentence.
    """
    words: dict[tuple[str, str], list[Entry]] = {}
    for section in booklet.sections:
        for entry in (entry for group in section.vocabulary for entry in group):
            words.setdefault((entry.headword, entry.pinyin), []).append(entry)
    blocks = {block.id: block for block in _blocks(booklet)}
    return tuple(_card(booklet, entries, blocks[entries[0].first]) for entries in words.values())


def make_sheet(booklet: Booklet) -> bytes:
    """Write the cards as CSV (RFC 4180), in UTF-8 with the byte order mark by which Excel knows it.

    What a spreadsheet would take for a formula has an apostrophe before it.
    """
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow(_COLUMNS)
    for card in make_cards(booklet):
        about = (card.term, card.pinyin, card.english, card.pos, card.level, plain(card.note))
        cells = (*about, "".join(card.sentence), plain(card.gloss), card.pair, card.key)
        sheet.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _blocks(booklet: Booklet) -> Iterator[Block]:
    titles = booklet.titles
    if titles.pair:
        yield Block(titles.pair, Kind.TITLE, (Row(titles.zh, titles.en),), titles.mark)
    for section in booklet.sections:
        yield from section.all


def _card(booklet: Booklet, entries: list[Entry], block: Block) -> Card:
    entry = entries[0]
    row, start = _find(block, entry.offset)
    end = start + len(entry.term)
    # Verse whose gloss has other lines has it behind the last.
    gloss = row.en or block.en
    name = f"{booklet.script} {entry.headword} {entry.pinyin}"
    return Card(
        key=str(uuid.uuid5(uuid.UUID(booklet.work_identifier), name)),
        term=row.zh[start:end],
        pinyin=entry.pinyin,
        english=_listed(sense for each in entries for sense in each.english.split("; ")),
        pos=_listed(each.pos for each in entries),
        level=_level(entry.level),
        note=joined(dict.fromkeys(each.note for each in entries if each.note)),
        sentence=(row.zh[:start], row.zh[start:end], row.zh[end:]),
        gloss=(*gloss, _STALE) if gloss and block.mark == "stale" else gloss,
        pair=block.id,
    )


def _find(block: Block, offset: int) -> tuple[Row, int]:
    """Find the row that a character of a block stands in, and its offset there."""
    ends = accumulate(len(row.zh) for row in block.rows)
    row, end = next(pair for pair in zip(block.rows, ends, strict=True) if offset < pair[1])
    return row, offset - end + len(row.zh)


def _listed(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _level(number: int) -> str:
    return "" if not number else f"HSK {number}" if number < _TOP else "HSK 7–9"
