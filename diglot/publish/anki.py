"""Anki: a booklet's vocabulary as a package of cards, written by genanki.

Anki knows a note by its guid: a new package updates the notes that it knows, leaves their cards'
scheduling alone, and adds the rest. It goes by a note's date, never by what a note says: a later
one updates it, and if the learner so chooses any other one, but not the very same. A note's date
is the day of the work's revision, and a time of that day that follows from what the note says.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import datetime
from html import escape
from itertools import count
from zlib import crc32

from diglot.compose.booklet import Booklet
from diglot.model import Script
from diglot.pairs.inline import Inline, plain
from diglot.publish.archive import pack
from diglot.publish.cards import Card, make_cards
from diglot.publish.labels import script_label
from diglot.publish.render import fill

_DAY = 86_400  # seconds
# Never to be changed: by them Anki knows its note type again.
_MODEL = 1795334656
_FIELDS = (
    "Word", "Pinyin", "Meaning", "Kind", "Level", "Note", "Sentence", "Gloss", "Source", "Language",
)  # fmt: skip


def make_package(booklet: Booklet, templates: Mapping[str, str]) -> bytes:
    """Make a booklet's ``.apkg``; the same booklet and SQLite give the same bytes on every run.

    Raises:
        DiglotError: as `fill` does.
    """
    import genanki

    model = genanki.Model(
        _MODEL,
        "Diglot",
        fields=[{"name": name} for name in _FIELDS],
        templates=[
            {
                "name": "Chinese to English",
                "qfmt": fill("anki/front.html.j2", templates),
                "afmt": fill("anki/back.html.j2", templates),
            }
        ],
        css=fill("anki/card.css", templates),
    )
    deck = genanki.Deck(_number(booklet), _name(booklet), _description(booklet))
    deck.add_model(model)
    # Notes from before 1970 would have no valid ids.
    moment = max(int(datetime.fromisoformat(booklet.modified).timestamp()), 1)
    ids = count(moment * 1000)
    with closing(sqlite3.connect(":memory:")) as collection:
        cursor = collection.cursor()
        genanki.Package(deck).write_to_db(cursor, moment, ids)
        for due, card in enumerate(make_cards(booklet)):
            fields, tags = _fields(card, booklet), _tags(card, booklet)
            note = genanki.Note(model, fields, guid=card.key, tags=tags, due=due)
            note.write_to_db(cursor, moment + _shift(fields), deck.deck_id, ids)
        collection.commit()
        return pack({"collection.anki2": collection.serialize(), "media": b"{}"})


def _shift(fields: list[str]) -> int:
    """Give a note a time of the day by what it says: the same time again is the same note."""
    return crc32("\x1f".join(fields).encode()) % _DAY


def _number(booklet: Booklet) -> int:
    """Give the deck a number of its own that is always the same, in what JavaScript counts to."""
    return int(booklet.work_identifier[-12:], 16) * 8 + list(Script).index(booklet.script) + 2


def _name(booklet: Booklet) -> str:
    """Name the deck; two colons would part it into a deck and one below it."""
    title = booklet.titles.short_zh.replace("::", "：：")
    return f"{title} · {script_label(booklet.language)[0]}"


def _description(booklet: Booklet) -> str:
    rights = [plain(booklet.rights), *(_credit(plain(c.text), c.licence) for c in booklet.credits)]
    parts = (booklet.titles.zh, plain(booklet.titles.en), *rights)
    return "<br>".join(_html(part) for part in parts if part)


def _credit(text: str, licence: str) -> str:
    return f"{text} ({licence})" if licence else text


def _fields(card: Card, booklet: Booklet) -> list[str]:
    before, word, after = map(_html, card.sentence)
    return [
        *map(_html, (card.term, card.pinyin, card.english, card.pos, card.level)),
        _inline(card.note, booklet.language),
        f"{before}<b>{word}</b>{after}",
        _inline(card.gloss, booklet.language),
        _html(f"{booklet.titles.short_zh} · {card.pair}"),
        booklet.language,
    ]


def _inline(nodes: Iterable[Inline], language: str) -> str:
    """Write a gloss as HTML: emphasis, and Chinese under its language; a link is its text."""
    parts = []
    for node in nodes:
        text = _html(node.text) + _inline(node.children, language)
        if node.kind == "zh":
            parts.append(f'<span lang="{language}">{text}</span>')
        elif node.kind in ("em", "strong"):
            parts.append(f"<{node.kind}>{text}</{node.kind}>")
        elif node.kind != "image":
            parts.append(text)
    return "".join(parts)


def _html(text: str) -> str:
    """Escape for HTML, and brackets, in which Anki finds sounds and LaTeX."""
    return escape(text).replace("[", "&#91;")


def _tags(card: Card, booklet: Booklet) -> list[str]:
    level = card.level.replace(" ", "")
    return [f"diglot::{booklet.work}", *([level] if level else [])]
