"""Which face sets which character on a page of an EPUB, as its style sheet says.

The style sheet and this module agree: see templates/epub/fonts.css; a browser test holds the two
together.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import uharfbuzz

from diglot.publish.fonts import Face, Typefaces

Element = Any  # lxml has no types of its own
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_HEADINGS = ("h1", "h2", "h3")
_STRONG = ("b", "strong")
_SLANTED = ("i", "em")
_PINYIN = "zh-Latn"
_ZHUYIN = "zh-Bopo"


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set: as Chinese or English, and by which kind of face."""

    chinese: bool = True
    bold: bool = False
    italic: bool = False

    @property
    def name(self) -> str:
        """What a face calls it."""
        words = ("bold" * self.bold, "italic" * self.italic)
        return " ".join(filter(None, words)) or "regular"


def each_text(element: Element, found: Callable[[str, Style], None], style: Style) -> None:
    """Call ``found`` with each text below an element, in order, and its style."""
    own = _inside(element.tag, element.get(XML_LANG) or element.get("lang") or "", style)
    if own is None:
        return
    if element.text:
        found(element.text, own)
    for child in element:
        each_text(child, found, own)
        if child.tail:
            found(child.tail, own)


@cache
def _inside(tag: object, language: str, style: Style) -> Style | None:
    """Tell how an element sets its text; ``style`` is that around it. Some show none."""
    name = tag.rpartition("}")[2] if isinstance(tag, str) else "head"
    if name == "head":
        return None
    pinyin = language.startswith(_PINYIN)
    return Style(
        language.startswith("zh") and not pinyin if language else style.chinese,
        # English in a heading is set light, zhuyin beside hanzi bold, since it is small.
        name in _STRONG
        or (name == "rt" and language.startswith(_ZHUYIN))
        or ((name in _HEADINGS or style.bold) and language != "en"),
        pinyin or name in _SLANTED or style.italic,
    )


def faces_of(style: Style, typefaces: Typefaces) -> tuple[Face, ...]:
    """Name the face that sets a style, and those that it falls back on."""
    upright = Style(True, style.bold, False)
    chinese, latin = _face(typefaces.chinese, upright), _face(typefaces.latin, style)
    first = (chinese, latin) if style.chinese else (latin, chinese)
    return (*first, *typefaces.rare[:1])


def face_for(
    character: str,
    faces: tuple[Face, ...],
    chinese: bool,
    charsets: Mapping[Face, Container[int]],
) -> Face | None:
    """Choose the face for a character: Latin letters in Chinese come from the Latin face."""
    first, second, *rare = faces
    if chinese and _is_latin(character):
        first, second = second, first
    point = ord(character)
    return next((face for face in (first, second, *rare) if point in charsets[face]), None)


def load(face: Face) -> Any:
    """Load a face for HarfBuzz."""
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.file)), face.index)


def _face(faces: tuple[Face, ...], style: Style) -> Face:
    by_style = {face.style: face for face in faces}
    return by_style.get(style.name, faces[0])


def _is_latin(character: str) -> bool:
    """Tell whether print, too, takes a character from the Latin face: see print/fonts.css."""
    point = ord(character)
    return point < 0xB7 or 0xB8 <= point < 0x250 or 0x1E00 <= point < 0x1F00
