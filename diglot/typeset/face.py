"""The face of readings: where a style says what it is, and each reading shaped once."""

from types import SimpleNamespace
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.matrix import Matrix
from weasyprint.text import line_break
from weasyprint.text.ffi import TO_UNITS, ffi, pango

from diglot.typeset import zhuyin

LANGUAGE = "zh-Latn-pinyin"
SIZE = 0.5  # em of the text, as is
RISE = 1.06  # of the baseline, above the text's


class Face:
    """The face of readings above text of one style."""

    def __init__(self, style: Any, families: tuple[str, ...], size: float, **more: Any) -> None:
        self._style = style.copy()
        self._style.update(
            font_family=families,
            font_size=size * style["font_size"],
            font_style="normal",
            font_feature_settings="normal",
            letter_spacing="normal",
            word_spacing=0,
            text_decoration_line="none",
            lang=LANGUAGE,
        )
        self._style.update(more)
        self.size = float(self._style["font_size"])  # pixels
        self._shaped: dict[str, tuple[Any, float]] = {}
        self._middles: dict[str, tuple[float, float]] = {}
        self._fonts: Any = None
        self._drawn: dict[str, list[tuple[str, tuple[Any, ...]]]] = {}

    def width(self, text: str) -> float:
        """Return the width of a reading in pixels."""
        return self._shape(text)[1]

    def middle(self, text: str) -> tuple[float, float]:
        """Return where the middle of a text's ink is, from its start and above its baseline."""
        if text not in self._middles:
            line, _ = self._shape(text)[0].get_first_line()
            ink = ffi.new("PangoRectangle *")
            pango.pango_layout_line_get_extents(line, ink, ffi.NULL)
            x, y = ink.x + ink.width / 2, ink.y + ink.height / 2
            self._middles[text] = x / TO_UNITS, -y / TO_UNITS
        return self._middles[text]

    def _shape(self, text: str) -> tuple[Any, float]:
        if text not in self._shaped:
            layout = line_break.Layout(self._style)
            layout.set_text(text)
            line, _ = layout.get_first_line()
            width, _ = line_break.line_size(line, self._style)
            self._shaped[text] = layout, width
        return self._shaped[text]

    def draw(self, stream: Any, text: str) -> None:
        """Draw a reading where the stream's text stands."""
        if stream._fonts is not self._fonts:  # another PDF of the same document
            self._fonts, self._drawn = stream._fonts, {}
        if text not in self._drawn:
            recorder = _Recorder(stream)
            box = SimpleNamespace(text=text, style=self._style, pango_layout=self._shape(text)[0])
            drawing.draw_first_line(recorder, box, "clip", "none", Matrix())
            self._drawn[text] = recorder.calls
        for name, arguments in self._drawn[text]:
            getattr(stream, name)(*arguments)


class _Recorder:
    """Stands in for a stream and notes what is drawn, to be repeated in any place."""

    def __init__(self, stream: Any) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.add_font = stream.add_font
        self.ink_rect, self.logical_rect = stream.ink_rect, stream.logical_rect

    def set_text_matrix(self, *values: float) -> None:
        """Forget the place."""

    def set_font_size(self, font: str, size: float) -> None:
        self.calls.append(("set_font_size", (font, size)))

    def set_text_rise(self, rise: float) -> None:
        self.calls.append(("set_text_rise", (rise,)))

    def show_text(self, text: str) -> None:
        self.calls.append(("show_text", (text,)))


def face(style: Any) -> Face:
    """Return the face of readings above text of a style.

    It obeys the custom properties ``--reading-family`` (by default the text's) and
    ``--reading-size`` (in em of the text).
    """
    families = _families(style["__reading_family"]) or style["font_family"]
    size = _length(style["__reading_size"], SIZE)
    key = families, size, style["font_size"], style["font_weight"]
    faces: dict[object, Face] = style.font_config.__dict__.setdefault("diglot_faces", {})
    if key not in faces:
        faces[key] = Face(style, families, size)
    return faces[key]


def zhuyin_face(style: Any) -> Face:
    """Return the face of zhuyin beside text of a style: the text's own, bold.

    So small, its regular strokes would be paler than those of the hanzi.
    """
    key = style["font_family"], style["font_size"], style["lang"]
    faces: dict[object, Face] = style.font_config.__dict__.setdefault("diglot_zhuyin_faces", {})
    if key not in faces:
        faces[key] = Face(
            style, style["font_family"], zhuyin.SIZE, font_weight=700, lang=style["lang"]
        )
    return faces[key]


def _families(tokens: Any) -> tuple[str, ...]:
    names = "".join(str(part.value) for part in tokens or ()).split(",")
    return tuple(name.strip() for name in names if name.strip())


def _length(tokens: Any, default: float) -> float:
    numbers = (token.value for token in tokens or () if token.type in ("dimension", "number"))
    return float(next(numbers, default))


def rise(style: Any) -> float:
    """Return how far the baseline of readings is above the text's, in pixels.

    The custom property ``--reading-rise`` says it in em of the text.
    """
    return _length(style["__reading_rise"], RISE) * float(style["font_size"])
