"""Gives each text of a page's boxes the readings and the emphasis that its element carries."""

from dataclasses import dataclass, replace
from typing import Any

from weasyprint.formatting_structure import boxes

from diglot.typeset.readings import (
    ATTRIBUTE,
    EMPHASIS,
    SENSES,
    ZHUYIN,
    Reading,
    emphasized,
    parse,
    with_senses,
    with_zhuyin,
)

ANNOTATION = "diglot_annotation"  # the key of a text box's style that has its Annotation


@dataclass(frozen=True, slots=True)
class Annotation:
    """The readings of a text, and the offsets of its emphasized characters."""

    text: str
    readings: tuple[Reading, ...] = ()
    emphasis: tuple[int, ...] = ()

    def within(self, text: str) -> list[Reading]:
        """Return the readings of ``text``, an end of the whole text with or without last spaces."""
        start, end = self._place(text)
        return _part(self.readings, start, end) if end else []

    def emphasized(self, text: str) -> frozenset[int]:
        """Return the offsets of the emphasized characters of such a text."""
        start, end = self._place(text)
        return frozenset(place - start for place in self.emphasis if start <= place < end)

    def _place(self, text: str) -> tuple[int, int]:
        known = self.text if self.text.endswith(text) else self.text.rstrip(" ")
        return (len(known) - len(text), len(known)) if known.endswith(text) else (0, 0)


def annotate(root: Any) -> None:
    """Give the text boxes below ``root`` their annotations.

    Raises:
        DiglotError: r-021, r-023, r-024 or r-026, an attribute is malformed.
    """
    _annotate(root, None, {})


def _annotate(box: Any, source: "_Source | None", sources: dict[Any, "_Source"]) -> None:
    if box.element_tag and "::" in box.element_tag:
        return  # generated
    element = box.element
    if element is not None and (element.get(ATTRIBUTE) or element.get(EMPHASIS)):
        if element not in sources:
            sources[element] = _Source(element)
        source = sources[element]
    if isinstance(box, boxes.TextBox):
        if source and (annotation := source.take(box.text)):
            box.style = box.style.copy()
            box.style[ANNOTATION] = annotation
        return
    for child in box.children:
        _annotate(child, source, sources)


def _readings(element: Any, length: int) -> tuple[Reading, ...]:
    found = parse(element.get(ATTRIBUTE, ""), length)
    if (senses := element.get(SENSES)) is not None:
        found = with_senses(found, senses)
    if (zhuyin := element.get(ZHUYIN)) is not None:
        found = with_zhuyin(found, zhuyin)
    return found


class _Source:
    """An element's text and what it carries, counted without the white space that CSS collapses."""

    def __init__(self, element: Any) -> None:
        text = "".join(element.itertext())
        self._text = "".join(text.split())
        self._readings = _readings(element, len(text))
        self._emphasis = emphasized(element.get(EMPHASIS, ""), len(text))
        if len(self._text) < len(text):
            bare = (_without_space(reading, text) for reading in self._readings)
            self._readings = tuple(reading for reading in bare if reading.pieces)
            inked = (place for place in self._emphasis if not text[place].isspace())
            self._emphasis = tuple(len("".join(text[:place].split())) for place in inked)
        self._taken = 0

    def take(self, text: str) -> Annotation | None:
        """Return what the element's next text has, if it has anything."""
        places = [place for place, char in enumerate(text) if not char.isspace()]
        start = self._text.find("".join(text.split()), self._taken)
        if start < 0:
            return None
        self._taken = end = start + len(places)
        emphasis = tuple(places[place - start] for place in self._emphasis if start <= place < end)
        readings = tuple(_part(self._readings, start, end))
        if len(places) < len(text):
            readings = tuple(_with_space(reading, places) for reading in readings)
        return Annotation(text, readings, emphasis) if readings or emphasis else None


def _part(readings: tuple[Reading, ...], start: int, end: int) -> list[Reading]:
    if not start and (not readings or readings[-1].end <= end):
        return list(readings)
    return [
        reading.within(start, end)
        for reading in readings
        if reading.end > start and reading.start < end
    ]


def _without_space(reading: Reading, text: str) -> Reading:
    word = text[reading.start : reading.end]
    before = "".join(text[: reading.start].split())

    def bare(pieces: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(piece for piece, char in zip(pieces, word, strict=False) if not char.isspace())

    pieces, zhuyin = bare(reading.pieces), bare(reading.zhuyin)
    return replace(reading, start=len(before), pieces=pieces, zhuyin=zhuyin)


def _with_space(reading: Reading, places: list[int]) -> Reading:
    own = places[reading.start : reading.end]

    def spread(pieces: tuple[str, ...]) -> tuple[str, ...]:
        at = dict(zip(own, pieces, strict=False))
        return tuple(at.get(place, "") for place in range(own[0], own[-1] + 1)) if at else ()

    pieces, zhuyin = spread(reading.pieces), spread(reading.zhuyin)
    return replace(reading, start=own[0], pieces=pieces, zhuyin=zhuyin)
