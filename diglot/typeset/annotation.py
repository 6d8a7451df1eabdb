"""Gives each text of a page's boxes the readings that its element carries."""

from dataclasses import dataclass, replace
from typing import Any

from weasyprint.formatting_structure import boxes

from diglot.typeset.readings import (
    ATTRIBUTE,
    SENSES,
    ZHUYIN,
    Reading,
    parse,
    with_senses,
    with_zhuyin,
)

ANNOTATION = "diglot_annotation"  # the key of a text box's style that has its Annotation


@dataclass(frozen=True, slots=True)
class Annotation:
    """The readings of a text."""

    text: str
    readings: tuple[Reading, ...]

    def within(self, text: str) -> list[Reading]:
        """Return the readings of ``text``, an end of the whole text with or without last spaces."""
        known = self.text if self.text.endswith(text) else self.text.rstrip(" ")
        start, end = len(known) - len(text), len(known)
        if not known.endswith(text):
            return []
        return _part(self.readings, start, end)


def annotate(root: Any) -> None:
    """Give the text boxes below ``root`` their annotations.

    Raises:
        DiglotError: r-021, r-023 or r-024, an attribute is malformed.
    """
    _annotate(root, None, {})


def _annotate(box: Any, source: "_Source | None", sources: dict[Any, "_Source"]) -> None:
    if box.element_tag and "::" in box.element_tag:
        return  # generated
    element = box.element
    if element is not None and (data := element.get(ATTRIBUTE)):
        if element not in sources:
            sources[element] = _Source("".join(element.itertext()), _readings(element, data))
        source = sources[element]
    if isinstance(box, boxes.TextBox):
        if source and (readings := source.take(box.text)):
            box.style = box.style.copy()
            box.style[ANNOTATION] = Annotation(box.text, readings)
        return
    for child in box.children:
        _annotate(child, source, sources)


def _readings(element: Any, data: str) -> tuple[Reading, ...]:
    found = parse(data, len("".join(element.itertext())))
    if (senses := element.get(SENSES)) is not None:
        found = with_senses(found, senses)
    if (zhuyin := element.get(ZHUYIN)) is not None:
        found = with_zhuyin(found, zhuyin)
    return found


class _Source:
    """An element's text and readings, both counted without the white space that CSS collapses."""

    def __init__(self, text: str, readings: tuple[Reading, ...]) -> None:
        self._text = "".join(text.split())
        self._readings = readings
        if len(self._text) < len(text):
            bare = (_without_space(reading, text) for reading in self._readings)
            self._readings = tuple(reading for reading in bare if reading.pieces)
        self._taken = 0

    def take(self, text: str) -> tuple[Reading, ...]:
        """Return the readings of the element's next text."""
        places = [place for place, char in enumerate(text) if not char.isspace()]
        start = self._text.find("".join(text.split()), self._taken)
        if start < 0:
            return ()
        self._taken = start + len(places)
        readings = _part(self._readings, start, self._taken)
        if len(places) == len(text):
            return tuple(readings)
        return tuple(_with_space(reading, places) for reading in readings)


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
