"""Fonts inside an EPUB: each face cut down to the characters that it sets, never obfuscated.

What was cut for the same characters before is remembered: an edit seldom brings another one.
"""

import io
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import uharfbuzz
from fontTools.ttLib import TTFont

from diglot.errors import DiglotError, Problem
from diglot.memory import recall
from diglot.publish.faces import Style, each_text, face_for, faces_of, load
from diglot.publish.fonts import Face, Typefaces

Element = Any  # lxml has no types of its own

# What typesetting itself may add: figures of lists and pages, the hyphen of a divided word, dots of
# emphasis.
_ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | {"\u2010", "\u2022"}
# Features that a reading system uses by itself: forms for vertical lines, half-width punctuation,
# and those of the Latin letters. Not `locl`: a face is the region's own, and the others' forms of
# each character would double its size.
_FEATURES = ("vert", "vrt2", "halt", "vhal", "chws", "vchw", "kern", "ccmp", "mark", "mkmk", "liga")
_NAMES = (0, 13, 14)  # copyright, licence and its address: they go with every copy (OFL 1.1, 2)
_FORBIDDING = 0x30F  # bits of fsType: anything but “installable” asks for more than a free font


@dataclass(frozen=True, slots=True)
class Embedded:
    """A font file of an EPUB: its name in the folder of fonts, and how style sheets call it."""

    name: str
    family: str
    bold: bool
    italic: bool
    data: bytes

    @property
    def media_type(self) -> str:
        """What the manifest calls it (EPUB 3.3, 3.2)."""
        return f"font/{self.name.rpartition('.')[2]}"


def embed(pages: Iterable[Element], typefaces: Typefaces) -> tuple[Embedded, ...]:
    """Cut the faces of a booklet down to what the pages of its EPUB show.

    Raises:
        DiglotError: ``f-003``, no face has a character; ``f-004``, a face may not be embedded.
    """
    pages = tuple(pages)
    shown: dict[Style, set[str]] = defaultdict(set)
    shown[Style(chinese=False)].update(_ALWAYS)
    for page in pages:
        each_text(page, lambda text, style: shown[style].update(text), Style())
    charsets: dict[Face, Any] = {}
    wanted: dict[Face, set[str]] = defaultdict(set)
    for style, characters in shown.items():
        faces = faces_of(style, typefaces)
        for face in faces:
            charsets.setdefault(face, load(face).unicodes)
        for character in characters:
            if not _is_invisible(character):
                setting = face_for(character, faces, style.chinese, charsets)
                if setting is None:
                    raise DiglotError(_missing(character, faces, pages))
                wanted[setting].add(character)
    families = dict.fromkeys(typefaces.latin, "latin")
    families |= dict.fromkeys(typefaces.chinese, "chinese")
    return tuple(
        _embedded(face, families.get(face, "rare"), characters)
        for face, characters in sorted(wanted.items(), key=lambda item: str(item[0]))
    )


def _is_invisible(character: str) -> bool:
    return character != " " and (
        character.isspace()
        or unicodedata.category(character) in ("Cc", "Cf")
        or 0xFE00 <= ord(character) < 0xFE10  # variation selectors
    )


def _missing(character: str, faces: Iterable[Face], pages: Iterable[Element]) -> Problem:
    ids = (
        ancestor.get("id").removeprefix("pair-")
        for page in pages
        for text in page.xpath("//text()[contains(., $character)]", character=character)
        for ancestor in (text.getparent(), *text.getparent().iterancestors())
        if ancestor.get("id", "").startswith("pair-")
    )
    pair = next(ids, "")
    where = f"the pair ^{pair}" if pair else "the title or the glossary"
    names = ", ".join(face.family for face in faces)
    message = f"no font has “{character}” (U+{ord(character):04X}), in {where}: {names}"
    hint = "Write another character, or name a font that has it in work.toml: [fonts] rare = …"
    return Problem("f-003", message, hint)


def _embedded(face: Face, family: str, characters: Iterable[str]) -> Embedded:
    loaded = load(face)
    # The two bytes of fsType in the table OS/2 (OpenType 1.9): what the maker permits.
    if int.from_bytes(loaded.reference_table("OS/2").data[8:10], "big") & _FORBIDDING:
        message = f"the maker of {face.family} does not permit to embed it"
        hint = "Name a free font in work.toml, under [fonts], or say embed = false in the edition."
        raise DiglotError(Problem("f-004", message, hint))
    style = face.style.replace(" ", "-")
    bold, italic = "bold" in face.style, "italic" in face.style
    named = f"Diglot {family.capitalize()}"
    known = f"font {named} {face.stamp} {''.join(sorted(characters))}"
    data = recall(known, lambda: _named(_cut(loaded, face, characters), named, face.style))
    ending = "otf" if data.startswith(b"OTTO") else "ttf"
    return Embedded(f"{family}-{style}.{ending}", named, bold, italic, data)


def _cut(loaded: Any, face: Face, characters: Iterable[str]) -> bytes:
    """Cut a face down to characters."""
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    wanted.unicode_set.update(map(ord, characters))
    _set(wanted.name_id_set, _NAMES)
    _set(wanted.layout_feature_tag_set, map(_tag, _FEATURES))
    for axis in loaded.axis_infos:  # a variable font becomes a plain one
        weight = 700 if "bold" in face.style else 400
        if axis.tag == "wght":
            wanted.pin_axis_location(loaded, axis.tag, weight)
        else:
            wanted.pin_axis_to_default(loaded, axis.tag)
    data: bytes = uharfbuzz.subset(loaded, wanted).blob.data
    return data


def _set(numbers: Any, wanted: Iterable[int]) -> None:
    numbers.clear()
    numbers.update(wanted)


def _tag(feature: str) -> int:
    return int.from_bytes(feature.encode(), "big")


def _named(data: bytes, family: str, style: str) -> bytes:
    """Name a cut font anew: its own name may be reserved for the whole one (OFL 1.1, 3)."""
    font = TTFont(io.BytesIO(data), lazy=True, recalcTimestamp=False)
    style = style.title()
    full = f"{family} {style}"
    for number, text in ((1, family), (2, style), (4, full), (6, full.replace(" ", ""))):
        font["name"].setName(text, number, 3, 1, 0x409)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
