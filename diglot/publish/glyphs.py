"""Characters that a booklet shows and its fonts lack: each would be printed as a box."""

import unicodedata
from collections.abc import Iterator
from functools import cache

from diglot.compose.booklet import Booklet
from diglot.compose.rows import shown
from diglot.errors import DiglotError, Place, Problem
from diglot.pairs.inline import plain
from diglot.project import Work
from diglot.publish.fonts import Face, Typefaces, fc_list

# What print takes from the Latin face in Chinese text, as templates/print/fonts.css says.
_LATIN_IN_CHINESE = frozenset(
    chr(code)
    for first, last in ((0x20, 0x7E), (0xA1, 0xB6), (0xB8, 0x24F), (0x1E00, 0x1EFF))
    for code in range(first, last + 1)
)
_MOST = 20  # characters that are named one by one
_SAMPLE = "的一是不人"  # in all scripts


def refuse_missing_glyphs(work: Work, booklet: Booklet, typefaces: Typefaces) -> None:
    """Look at every character that a booklet prints.

    Raises:
        DiglotError: ``f-005`` for each character that no font has; ``f-006``, the Chinese font has
            no Chinese; ``n-002``, fontconfig is not installed.
    """
    chinese = frozenset().union(*map(characters, (*typefaces.chinese[:1], *typefaces.rare)))
    latin = characters(typefaces.latin[0])
    if not any(char in chinese for char in _SAMPLE):
        family = typefaces.chinese[0].family
        message = f"the font {family} has no Chinese characters"
        hint = "Name another one in work.toml, in [fonts], or leave the line out."
        raise DiglotError(Problem("f-006", message, hint, Place(f"content/{work.name}/work.toml")))
    known = {True: chinese | (latin & _LATIN_IN_CHINESE), False: chinese | latin}
    found: dict[str, Place] = {}
    for text, in_chinese, place in _texts(work, booklet):
        for char in set(text) - known[in_chinese]:
            if _is_printed(char):
                found.setdefault(char, place)
    if found:
        faces = (typefaces.chinese[0], typefaces.latin[0], *typefaces.rare[:1])
        names = ", ".join(face.family for face in faces)
        hint = "Write another character, or name a font that has it in work.toml: [fonts] rare = …"
        raise DiglotError(
            *(
                Problem("f-005", f"no font has “{char}” (U+{ord(char):04X}): {names}", hint, place)
                for char, place in list(found.items())[:_MOST]
            )
        )


def _is_printed(char: str) -> bool:
    """Whether a character has a shape: no space, control or variation selector."""
    selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return unicodedata.category(char) not in ("Cc", "Cf", "Zs", "Zl", "Zp") and not selector


def _texts(work: Work, booklet: Booklet) -> Iterator[tuple[str, bool, Place]]:
    """Give what is printed: each text, whether it is Chinese, and where it was written."""
    toml = Place(f"content/{work.name}/work.toml")
    yield booklet.titles.zh + booklet.titles.short_zh, True, toml
    yield shown(booklet.titles.en, {}), False, toml
    for creator in booklet.creators:
        yield creator.zh, True, toml
        yield creator.en, False, toml
    for credit in booklet.credits:
        yield shown(credit.text, {}), False, toml
    yield from _pairs(work, booklet)
    notes = {note.key: note.place for note in work.text.notes}
    for note in booklet.notes:
        yield shown(note.text, {}), False, notes.get(note.key, toml)
    terms = {term.term: term.place for term in work.terms}
    for group in booklet.glossary:
        for entry in group:
            place = terms.get(entry.headword, toml)
            yield entry.term, True, place
            reading = entry.zhuyin or entry.pinyin
            yield f"{reading}{entry.english}{entry.pos}{plain(entry.note)}", False, place


def _pairs(work: Work, booklet: Booklet) -> Iterator[tuple[str, bool, Place]]:
    pairs = {pair.id: pair for pair in work.text.pairs}
    for section in booklet.sections:
        for block in section.all:
            pair = pairs[block.id]
            text, start = block.zh, 0
            # Conversion keeps the number of characters.
            for sentence in pair.source:
                end = start + len(sentence.text)
                yield text[start:end], True, sentence.place
                start = end
            for n, row in enumerate(block.rows):
                aligned = len(block.rows) == len(pair.gloss)
                place = pair.gloss[n if aligned else 0].place if pair.gloss else pair.place
                yield shown(row.en, {}), False, place
                for reading in row.readings:
                    above = "" if reading.zhuyin else reading.text
                    yield above + (reading.sense or ""), False, pair.place
                    yield "".join(reading.zhuyin), True, pair.place


@cache
def characters(face: Face) -> frozenset[str]:
    """Return the characters of a face.

    Raises:
        DiglotError: ``n-002``, fontconfig is not installed.
    """
    if face.own:
        from fontTools.ttLib import TTFont

        with TTFont(face.file, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap() or ()))
    listed = fc_list(f":file={face.file}:index={face.index}", "--format", "%{charset} ")
    found: set[str] = set()
    for span in listed.split():
        first, _, last = span.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(found)
