"""Everything that reaches into WeasyPrint: its private functions, replaced and restored here.

WeasyPrint asks these functions for one line of text, whether a line may break between two boxes,
and to justify a finished line; each replacement handles Chinese and passes all else on. Imported
only when typesetting starts, because WeasyPrint loads native libraries.
"""

import copy
import inspect
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from math import inf
from typing import Any

import pydyf
from weasyprint import draw
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, preferred
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags
from weasyprint.text import line_break
from weasyprint.text.ffi import TO_UNITS, ffi, pango

from diglot.typeset import chinese
from diglot.typeset.line import EM, Blank, Text, whole

# The hooked functions and what they must still look like.
SIGNATURES: dict[tuple[Any, str], str] = {
    (inline, "split_first_line"): (
        "(text, style, context, max_width, justification_spacing, is_line_start=True, "
        "minimum=False)"
    ),
    (preferred, "split_first_line"): (
        "(text, style, context, max_width, justification_spacing, is_line_start=True, "
        "minimum=False)"
    ),
    (inline, "can_break_text"): "(text, lang)",
    (inline, "justify_line"): "(context, line, extra_width)",
    (draw, "draw_text"): "(stream, textbox, offset_x, text_overflow, block_ellipsis)",
    (tags, "_build_box_tree"): "(box, parent, pdf, page_number, nums, annotations, tags)",
}
_GLYPH_INTS = 5  # int32 fields of a PangoGlyphInfo; the second is the advance
_KEPT_TEXTS = 64
_TAKEN_FOR_SPACE = EM // 12  # Poppler takes a gap of a tenth of an em for a space
_MOST_GAP = 1.0  # em; a line that needs more stays ragged

_stock: dict[tuple[Any, str], Callable[..., Any]] = {}


def misfits() -> list[str]:
    """Return the names of hooked functions that are gone or have changed."""
    return [
        f"{module.__name__}.{name}"
        for (module, name), expected in SIGNATURES.items()
        if _signature(module, name) != expected
    ] + (
        []
        if ffi.sizeof("PangoGlyphInfo") == 4 * _GLYPH_INTS and ffi.sizeof("PangoLogAttr") == 4
        else ["weasyprint.text.ffi"]
    )


def _signature(module: Any, name: str) -> str:
    function = getattr(module, name, None)
    return str(inspect.signature(function)) if callable(function) else ""


def patch() -> None:
    """Put the replacements in place."""
    for (module, name), replacement in _REPLACEMENTS.items():
        _stock[module, name] = getattr(module, name)
        setattr(module, name, replacement)


def restore() -> None:
    """Take the replacements back."""
    while _stock:
        (module, name), function = _stock.popitem()
        setattr(module, name, function)


class ChineseLayout(line_break.Layout):  # type: ignore[misc]  # an untyped base
    """A Pango layout of one line whose glyphs get ``spacing`` after them when drawn.

    ``spacing`` maps characters to thousandths of an em.
    """

    def __init__(self, style: Any) -> None:
        super().__init__(style)
        self.spacing: dict[int, int] = {}

    def set_text(self, text: str, justify: bool = False) -> None:
        """Set the text; letter and word spacing are part of ``spacing``."""
        self.text = text
        encoded = text.encode()
        pango.pango_layout_set_text(self.layout, encoded, len(encoded))
        self._spaced = False

    def get_first_line(self) -> tuple[Any, int | None]:
        """Return Pango's line with the spacing added to its glyphs."""
        line, index = super().get_first_line()
        if self.spacing and not self._spaced:
            self._spaced = True
            self._space(line)
        return line, index

    def _space(self, line: Any) -> None:
        offsets = [0, *accumulate(len(char.encode()) for char in self.text)]
        scale = self.style["font_size"] * TO_UNITS / EM
        # WeasyPrint cuts adjustments to whole thousandths: stay clear of the lower one.
        extra = [
            (offsets[index], round((spacing + (0.4 if spacing > 0 else -0.4)) * scale))
            for index, spacing in self.spacing.items()
            if index < len(self.text)
        ]
        for item, clusters, fields in _runs(line):
            start, end = item.offset, item.offset + item.length
            for offset, added in extra:
                if start <= offset < end:
                    # The last glyph of the character's cluster: —— is one glyph in many fonts.
                    place = bisect_right(clusters, offset - start) - 1
                    fields[place * _GLYPH_INTS + 1] += added


def _runs(line: Any) -> Iterator[tuple[Any, list[int], Any]]:
    """Yield a Pango line's items, their clusters (in bytes) and their glyphs as integers."""
    run = line.runs
    while run != ffi.NULL:
        glyphs = run.data.glyphs
        count = glyphs.num_glyphs
        fields = memoryview(ffi.buffer(glyphs.glyphs, count * 4 * _GLYPH_INTS)).cast("i")
        yield run.data.item, ffi.unpack(glyphs.log_clusters, count), fields
        run = run.next


class _Measured:
    """A text box's whole text, shaped once, and what its lines have in common."""

    __slots__ = ("baseline", "height", "layout", "style", "text")

    def __init__(self, text: str, style: Any) -> None:
        self.style = style
        self.layout = ChineseLayout(style)
        pango.pango_layout_set_single_paragraph_mode(self.layout.layout, True)
        self.layout.set_text(text)
        self.text = _measure(text, self.layout, style)
        # The strut's baseline for every line: leading stays even where fonts mix.
        self.height, self.baseline = line_break.strut(style)
        self.layout.deactivate()

    def line(self, text: str, spacing: dict[int, int], max_width: float | None) -> ChineseLayout:
        layout = copy.copy(self.layout)
        layout.text, layout.spacing, layout.max_width = text, spacing, max_width
        return layout


def _measure(text: str, layout: ChineseLayout, style: Any) -> Text:
    line, _ = layout.get_first_line()
    scale = EM / (style["font_size"] * TO_UNITS)
    offsets = [0, *accumulate(len(char.encode()) for char in text)]
    widths = [0] * (offsets[-1] + 1)
    marks = {offsets[match.start()]: match.start() for match in chinese.PUNCTUATION.finditer(text)}
    blanks: dict[int, Blank] = {}
    for item, clusters, fields in _runs(line):
        start = item.offset
        for cluster, width in zip(clusters, fields[1::_GLYPH_INTS], strict=True):
            widths[start + cluster] += width
        for place, cluster in enumerate(clusters) if marks else ():
            if (mark := marks.get(start + cluster)) is not None:
                blanks[mark] = _blank(item.analysis.font, fields[place * _GLYPH_INTS], scale)
    count = ffi.new("gint *")
    attributes = pango.pango_layout_get_log_attrs_readonly(layout.layout, count)
    flags = memoryview(ffi.buffer(attributes, 4 * count[0])).cast("I")
    letter_spacing = style["letter_spacing"]
    return Text(
        text,
        [round(widths[offset] * scale) for offset in offsets[:-1]],
        blanks,
        [index for index, flag in enumerate(flags) if flag & 1],
        0 if letter_spacing == "normal" else round(letter_spacing * EM / style["font_size"]),
        round(style["word_spacing"] * EM / style["font_size"]),
    )


def _blank(font: Any, glyph: int, scale: float) -> Blank:
    """Return the half of a full-width mark that holds no ink; centred marks have none."""
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    pango.pango_font_get_glyph_extents(font, glyph, ink, logical)
    left, right = ink.x * scale, (logical.width - ink.x - ink.width) * scale
    if abs(right - left) < EM / 5:
        return Blank()
    return Blank(left=_half(left)) if left > right else Blank(right=_half(right))


def _half(blank: float) -> int:
    return min(EM // 2, round(blank)) if blank > EM / 3 else 0


def _measured(context: Any, text: str, style: Any) -> _Measured:
    """Return the measured text of which ``text`` is the end, measuring it on first sight."""
    kept: dict[tuple[int, str], _Measured] = context.__dict__.setdefault("diglot_texts", {})
    key = id(style), text[-8:]
    known = kept.get(key)
    if known is None or not known.text.text.endswith(text):
        if len(kept) >= _KEPT_TEXTS:
            del kept[next(iter(kept))]
        known = kept[key] = _Measured(text, style)
    return known


def _split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> tuple[Any, int, int | None, float, float, float]:
    if not _ours(text, style):
        stock = _stock[inline, "split_first_line"]
        result: tuple[Any, int, int | None, float, float, float] = stock(
            text, style, context, max_width, justification_spacing, is_line_start, minimum
        )
        return result
    measured = _measured(context, text, style)
    size = style["font_size"]
    wraps = style["white_space"] != "nowrap"
    entire = measured.text
    start = len(entire.text) - len(text)
    line = entire.fill(
        start,
        int(max_width * EM / size + 0.01)
        if wraps and max_width is not None and max_width != inf
        else None,
        justified=style["text_align_all"] == "justify",
        anywhere=is_line_start and not minimum,
        hang=_hangs(style),
    )
    shown = entire.text[start : line.end]
    return (
        measured.line(shown, line.spacing, max_width),
        len(shown.encode()),
        None if line.resume is None else len(entire.text[start : line.resume].encode()),
        line.width * size / EM,
        measured.height,
        measured.baseline,
    )


def _hangs(style: Any) -> bool:
    """Whether the custom property ``--hanging-punctuation`` says ``allow-end``; it is inherited."""
    return any(token.value == "allow-end" for token in style["__hanging_punctuation"] or ())


def _ours(text: str, style: Any) -> bool:
    return (
        chinese.is_chinese(style["lang"])
        and style["direction"] == "ltr"
        and style["white_space"] in ("normal", "nowrap", "pre-line")
        and "\t" not in text
        and "\xad" not in text
    )


def _can_break_text(text: str, lang: str | None) -> bool:
    if not chinese.is_chinese(lang):
        return bool(_stock[inline, "can_break_text"](text, lang))
    if len(text) < 2:
        return False
    flags = line_break.get_log_attrs(text, lang)
    candidates = [i for i in range(1, len(text)) if flags[i].is_line_break]
    return bool(chinese.breaks(text, candidates))


def _leaves(box: Any) -> Iterator[Any]:
    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.InlineBox):
            yield from _leaves(child)
        else:
            yield child


def _letters(leaf: Any) -> str:
    return leaf.text if isinstance(leaf, boxes.TextBox) else chinese.OBJECT


def _justify_line(context: Any, line: Any, extra_width: float) -> None:
    leaves = list(_leaves(line))
    text = "".join(map(_letters, leaves))
    after = _added(text, extra_width, line.style)
    if after is None:
        _stock[inline, "justify_line"](context, line, extra_width)
    elif after:
        _Spreader(context, after).spread(line)


def _added(text: str, extra: float, style: Any) -> dict[int, float] | None:
    """Return what is added after each character of a line (pixels); None: not a Chinese line."""
    if (
        not chinese.is_chinese(style["lang"])
        or style["direction"] == "rtl"
        or not chinese.CONTAINS_CHINESE.search(text)
    ):
        return None
    size = style["font_size"]
    spaces, gaps = chinese.spaces(text), chinese.gaps(text)
    if (not spaces and not gaps) or extra > _MOST_GAP * size * (len(spaces) + len(gaps)):
        return {}
    # Word spaces first, up to twice their width, then every gap alike (clreq, line adjustment).
    first = min(extra, len(spaces) * size / 4) / len(spaces) if spaces else 0.0
    each = (extra - first * len(spaces)) / (len(spaces) + len(gaps))
    return dict.fromkeys(gaps, each) | dict.fromkeys(spaces, first + each)


class _Spreader:
    """Moves the boxes of a line apart and notes what its texts add when they are drawn."""

    def __init__(self, context: Any, after: dict[int, float]) -> None:
        self._context = context
        self._after = after
        self._place = 0  # in the line's text
        self._moved = 0.0

    def spread(self, box: Any) -> None:
        """Shift ``box`` by what was added before it and widen it by what is added inside."""
        if isinstance(box, boxes.TextBox):
            self._spread_text(box)
        elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
            before = self._moved
            box.position_x += before
            for child in box.children:
                if child.is_in_normal_flow():
                    self.spread(child)
            box.width += self._moved - before
        else:
            box.translate(self._moved, 0)
            self._moved += self._after.get(self._place, 0.0)
            self._place += 1

    def _spread_text(self, box: Any) -> None:
        box.position_x += self._moved
        place = self._place
        self._place += len(box.text)
        added = {
            i: self._after[place + i] for i in range(len(box.text)) if place + i in self._after
        }
        if not added:
            return
        if isinstance(box.pango_layout, ChineseLayout):
            widened = _space_out(box, added)
        else:
            widened = self._stretch_words(box, added)
        last = added.get(len(box.text) - 1, 0.0) if box.text[-1] not in " \u00a0" else 0.0
        box.width += widened
        self._moved += widened + last

    def _stretch_words(self, box: Any, added: dict[int, float]) -> float:
        """Stretch the word spaces of a text that WeasyPrint itself has set."""
        spaces = chinese.spaces(box.text)
        if not spaces:
            return 0.0
        box.justification_spacing = added[spaces[0]]
        box.pango_layout = line_break.create_layout(
            box.text, box.style, self._context, None, box.justification_spacing
        )
        box.pango_layout.deactivate()
        return float(box.justification_spacing * len(spaces))


def _space_out(box: Any, added: dict[int, float]) -> float:
    size = box.style["font_size"]
    inside = {
        i: extra for i, extra in added.items() if i < len(box.text) - 1 or box.text[i] in " \u00a0"
    }
    if not inside:
        return 0.0
    shares = whole(extra * EM / size for extra in inside.values())
    spacing = dict(box.pango_layout.spacing)
    for index, share in zip(inside, shares, strict=True):
        spacing[index] = spacing.get(index, 0) + share
    box.pango_layout.spacing = spacing
    return sum(inside.values())


def _draw_text(
    stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: Any
) -> None:
    """Name the text of a spaced line, or readers of the PDF would take wide gaps for spaces."""
    spacing = getattr(textbox.pango_layout, "spacing", None)
    if not spacing or max(spacing.values()) < _TAKEN_FOR_SPACE:
        _stock[draw, "draw_text"](stream, textbox, offset_x, text_overflow, block_ellipsis)
        return
    text = pydyf.String(textbox.pango_layout.text)
    # A tagged text has just been marked: add to that mark, since many readers ignore nested ones.
    marked = stream.stream[-2] if stream.stream[-1:] == [b"BDC"] else None
    if marked is None:
        stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": text}))
    else:
        marked["ActualText"] = text
    _stock[draw, "draw_text"](stream, textbox, offset_x, text_overflow, block_ellipsis)
    if marked is None:
        stream.end_marked_content()


def _build_box_tree(
    box: Any, parent: Any, pdf: Any, page_number: int, nums: Any, annotations: Any, page_tags: Any
) -> Iterator[Any]:
    """Declare the language of each structure element that differs from its parent's."""
    laid_out = box._box if isinstance(box, AbsolutePlaceholder) else box
    stack = pdf.__dict__.setdefault("diglot_languages", [_document_language(pdf)])
    elements = _stock[tags, "_build_box_tree"](
        box, parent, pdf, page_number, nums, annotations, page_tags
    )
    language = laid_out.style["lang"]
    if not language or language == stack[-1] or _passes_through(laid_out):
        yield from elements
        return
    stack.append(language)
    for element in elements:
        element["Lang"] = pydyf.String(language)
        yield element
    stack.pop()


def _document_language(pdf: Any) -> str | None:
    declared = pdf.catalog.get("Lang")
    return None if declared is None else declared.string


def _passes_through(box: Any) -> bool:
    """Whether WeasyPrint makes no element of ``box`` itself."""
    return isinstance(box, (boxes.PageBox, boxes.MarginBox)) or (
        box.element is not None and box.element_tag in ("html", "body")
    )


_REPLACEMENTS: dict[tuple[Any, str], Callable[..., Any]] = {
    (inline, "split_first_line"): _split_first_line,
    (preferred, "split_first_line"): _split_first_line,
    (inline, "can_break_text"): _can_break_text,
    (inline, "justify_line"): _justify_line,
    (draw, "draw_text"): _draw_text,
    (tags, "_build_box_tree"): _build_box_tree,
}
