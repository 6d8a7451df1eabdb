"""The cover of an EPUB, drawn from the title."""

import io
import re
from hashlib import sha256
from typing import Any

from lxml import etree
from PIL import Image, ImageColor
from uharfbuzz import RasterDraw, RasterExtents

from diglot.memory import recall
from diglot.publish.assets import Picture
from diglot.publish.faces import Style, each_text
from diglot.publish.fonts import Typefaces
from diglot.publish.lettering import Lines, set_lines

Element = Any  # lxml has no types of its own

_WIDTH, _HEIGHT = 900, 1350  # pixels of 120 by 180 mm
_MM = _WIDTH / 120
_POINT = _MM * 25.4 / 72
_BAND, _LEFT, _RIGHT, _TOP, _FOOT = 9 * _MM, 22 * _MM, 108 * _MM, 30 * _MM, 166 * _MM
_BETWEEN, _PAD = 9 * _MM, 3 * _MM  # below the Chinese title; below the rule at the foot
_LEADING = 1.47  # in sizes of the type
_SCALES = [tenths / 10 for tenths in range(10, 2, -1)]
_SHADES = 15  # from paper to ink; with the band's colour they fit into four bits
_SIZE = re.compile(r"font-size: ([0-9.]+)pt")


def draw_cover(page: str, typefaces: Typefaces) -> Picture:
    """Draw a cover as a PNG image.

    ``page`` is HTML. Its body names the colours; in it stand the Chinese title, the English one and
    what stands at the foot, each with a ``font-size`` in points. Titles that take more than the
    page are set smaller.
    """
    name = f"cover {sha256(page.encode()).hexdigest()} {typefaces.stamps}"
    data = recall(name, lambda: _drawn(page, typefaces))
    return Picture("cover.png", data, "image/png", _WIDTH, _HEIGHT)


def _drawn(page: str, typefaces: Typefaces) -> bytes:
    body = etree.fromstring(page, etree.HTMLParser()).find("body")
    zh, en, foot = body
    below = _set(foot, 1, typefaces)
    rule = _FOOT - below.height - _PAD
    for scale in _SCALES:
        title, gloss = _set(zh, scale, typefaces), _set(en, scale, typefaces)
        middle = _TOP + title.height + _BETWEEN
        if middle + gloss.height + _BETWEEN <= rule:
            break
    raster = RasterDraw()
    raster.extents = RasterExtents(0, 0, _WIDTH, _HEIGHT, 0)
    title.draw(raster, _LEFT, _TOP)
    gloss.draw(raster, _LEFT, middle)
    below.draw(raster, _LEFT, rule + _PAD)
    ink = Image.frombytes("L", (_WIDTH, _HEIGHT), raster.render().buffer, "raw", "L", 0, -1)
    ink.paste(255, (round(_LEFT), round(rule), round(_RIGHT), round(rule) + 1))
    return _picture(ink, *(body.get(f"data-{name}") for name in ("paper", "ink", "band")))


def _set(element: Element, scale: float, typefaces: Typefaces) -> Lines:
    """Set an element in lines; the clauses of a heading are kept together."""
    texts: list[tuple[str, Style]] = []
    each_text(element, lambda text, style: texts.append((text, style)), Style())
    (points,) = _SIZE.findall(element.get("style"))
    size = float(points) * _POINT * scale
    whole = element.tag == "h1"
    return set_lines(texts, size, size * _LEADING, _RIGHT - _LEFT, typefaces, whole)


def _picture(ink: Any, paper: str, dark: str, band: str) -> bytes:
    """Colour what was drawn, as PNG."""
    shades = [round(value * (_SHADES - 1) / 255) for value in range(256)]
    image = ink.point(shades)
    image.paste(_SHADES, (0, 0, round(_BAND), _HEIGHT))
    ends = list(zip(ImageColor.getrgb(paper), ImageColor.getrgb(dark), strict=True))
    palette = [
        round(first + (last - first) * shade / (_SHADES - 1))
        for shade in range(_SHADES)
        for first, last in ends
    ]
    image.putpalette([*palette, *ImageColor.getrgb(band)])
    out = io.BytesIO()
    image.save(out, "PNG", bits=4)
    return out.getvalue()
