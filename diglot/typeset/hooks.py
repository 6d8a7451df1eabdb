"""Everything that reaches into WeasyPrint: its private functions, replaced and restored here.

WeasyPrint asks these functions for one line of text, whether a line may break between two boxes,
and to justify a finished line; each replacement handles Chinese and passes all else on. Imported
only when typesetting starts, because WeasyPrint loads native libraries.
"""

import inspect
from collections.abc import Callable, Iterator
from math import inf
from typing import Any

import pydyf
import pyphen
from weasyprint import css, document, draw
from weasyprint import pdf as writing
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline, page, preferred
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import fonts as embedding
from weasyprint.pdf import stream as streams
from weasyprint.pdf import tags
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi

from diglot.typeset import beside, chinese, emphasis, english, outer, progress, ruby, senses
from diglot.typeset.annotation import annotate
from diglot.typeset.line import EM
from diglot.typeset.shaping import GLYPH_INTS, ChineseLayout, measured
from diglot.typeset.shown import collecting
from diglot.typeset.spread import justify
from diglot.typeset.styles import can_be_shown, interned

_Split = tuple[Any, int, int | None, float, float, float]

_SPLIT = (
    "(text, style, context, max_width, justification_spacing, is_line_start=True, minimum=False)"
)
# What is hooked, overridden or called, and what it must still look like.
SIGNATURES: dict[tuple[Any, str], str] = {
    (css, "find_style_attributes"): "(tree, presentational_hints=False, base_url=None)",
    (css.StyleFor, "set_computed_styles"): "(self, element, parent, root=None, pseudo_type=None, "
    "base_url=None, target_collector=None)",
    (inline, "split_first_line"): _SPLIT,
    (preferred, "split_first_line"): _SPLIT,
    (inline, "can_break_text"): "(text, lang)",
    (inline, "justify_line"): "(context, line, extra_width)",
    (pyphen, "language_fallback"): "(language)",
    (block, "_break_line"): "(context, box, line, new_children, needed, page_is_empty, index, "
    "skip_stack, resume_at, absolute_boxes, fixed_boxes)",
    (page, "make_page"): "(context, root_box, page_type, resume_at, page_number, page_state)",
    (document, "build_formatting_structure"): "(element_tree, style_for, get_image_from_uri, "
    "base_url, target_collector, counter_style, footnotes)",
    (writing, "resolve_links"): "(pages)",
    (writing, "build_fonts_dictionary"): "(pdf, fonts, compress, subset, options)",
    (embedding.Font, "__init__"): "(self, pango_font, description, font_size)",
    (embedding.Font, "clean"): "(self, to_unicode, hinting)",
    (draw, "draw_inline_level"): "(stream, page, box, offset_x=0, text_overflow='clip', "
    "block_ellipsis='none')",
    (drawing, "draw_first_line"): "(stream, textbox, text_overflow, block_ellipsis, matrix)",
    (streams.Stream, "__init__"): "(self, fonts, page_rectangle, resources, images, tags, "
    "color_profiles, output_intent, *args, **kwargs)",
    (draw, "draw_text"): "(stream, textbox, offset_x, text_overflow, block_ellipsis)",
    (tags, "_build_box_tree"): "(box, parent, pdf, page_number, nums, annotations, tags)",
    (line_break, "create_layout"): "(text, style, context, max_width, justification_spacing)",
    (line_break, "get_log_attrs"): "(text, lang)",
    (line_break, "strut"): "(style)",
    (line_break.Layout, "__init__"): "(self, style, justification_spacing=0, max_width=None)",
    (line_break.Layout, "get_first_line"): "(self)",
    (line_break.Layout, "set_text"): "(self, text, justify=False)",
    (line_break.Layout, "reactivate"): "(self, style)",
    (line_break.Layout, "deactivate"): "(self)",
}
_TAKEN_FOR_SPACE = EM // 12  # Poppler takes a gap of a tenth of an em for a space

_stock: dict[tuple[Any, str], Callable[..., Any]] = {}


def misfits() -> list[str]:
    """Return the names of what is gone from WeasyPrint or has changed."""
    changed = [
        f"{owner.__name__}.{name}"
        for (owner, name), expected in SIGNATURES.items()
        if _signature(owner, name) != expected
    ]
    if ffi.sizeof("PangoGlyphInfo") != 4 * GLYPH_INTS or ffi.sizeof("PangoLogAttr") != 4:
        changed.append("weasyprint.text.ffi")
    return changed


def _signature(owner: Any, name: str) -> str:
    function = getattr(owner, name, None)
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


def _find_style_attributes(*arguments: Any) -> Iterator[Any]:
    return interned(_stock[css, "find_style_attributes"](*arguments))


def _set_computed_styles(
    styles: Any, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None, **more: Any
) -> None:
    if pseudo_type is None or can_be_shown(styles(element), pseudo_type):
        stock = _stock[css.StyleFor, "set_computed_styles"]
        stock(styles, element, parent, root, pseudo_type, **more)


def _split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> _Split:
    if not _ours(text, style):

        def stock(width: float | None, text: str = text, style: Any = style) -> _Split:
            return _stock[inline, "split_first_line"](  # type: ignore[no-any-return]
                text, style, context, width, justification_spacing, is_line_start, minimum
            )

        plain = stock(max_width)
        if minimum or max_width is None or plain[2] is None:
            return plain
        if text.endswith(" ") and stock(max_width, text.rstrip(" "))[2] is None:
            return stock(None)  # it all fits but for the space at its end, which WeasyPrint forgets
        return _mended(text, style, plain, stock)
    known = measured(context, text, style)
    size = style["font_size"]
    wraps = style["white_space"] != "nowrap"
    entire = known.text
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
        known.line(start, line, max_width),
        len(shown.encode()),
        None if line.resume is None else len(entire.text[start : line.resume].encode()),
        line.width * size / EM,
        known.height,
        known.baseline,
    )


def _mended(text: str, style: Any, line: _Split, stock: Callable[..., _Split]) -> _Split:
    """Set a line of English anew that ends where it should not."""
    *_, resume, width, _height, _baseline = line
    display = style["hyphens"] == "none" and style["text_align_all"] != "justify"
    if display and english.ends_dashed(text, resume):
        least, mended = 0.0, stock(width - 0.01)
        while english.ends_dashed(text, mended[2]) and mended[3] < width:
            width = mended[3]
            mended = stock(width - 0.01)
    elif english.begins_dashed(text, resume):
        least, mended = english.LEAST, stock(width - 0.01)
    elif style["hyphens"] == "auto" and english.ends_badly_divided(text, resume):
        whole = style.copy()
        whole["hyphens"] = "manual"
        least, mended = english.LEAST, stock(width, style=whole)
    else:
        return line
    return mended if english.ends_well(text, mended[2]) and mended[3] >= least * width else line


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
        return not english.is_note(text) and bool(_stock[inline, "can_break_text"](text, lang))
    if len(text) < 2:
        return False
    flags = line_break.get_log_attrs(text, lang)
    candidates = [i for i in range(1, len(text)) if flags[i].is_line_break]
    return bool(chinese.breaks(text, candidates))


def _language_fallback(language: str) -> str | None:
    language = english.DICTIONARY.get(language, language)
    known: str | None = _stock[pyphen, "language_fallback"](language)
    return known


def _break_line(
    context: Any, box: Any, line: Any, lines: list[Any], needed: int, *more: Any
) -> tuple[bool, bool, Any]:
    """Break a paragraph by a page one line earlier rather than within a word."""
    last = len(lines) - 1 - needed
    divided = last >= box.style["orphans"] and _ends_with_hyphen(lines[last])
    if divided and not _ends_with_hyphen(lines[last - 1]):
        needed += 1
    broken: tuple[bool, bool, Any] = _stock[block, "_break_line"](
        context, box, line, lines, needed, *more
    )
    return broken


def _ends_with_hyphen(line: Any) -> bool:
    texts = [each for each in line.descendants() if isinstance(each, boxes.TextBox)]
    return bool(texts) and texts[-1].text.endswith(texts[-1].style["hyphenate_character"])


def _justify_line(context: Any, line: Any, extra_width: float) -> None:
    if not justify(context, line, extra_width):
        _stock[inline, "justify_line"](context, line, extra_width)


def _make_page(
    context: Any, root: Any, page_type: Any, resume_at: Any, number: int, page_state: Any
) -> Any:
    counted = progress.counted(context, page_type, page_state)
    if not page_type.blank:
        progress.refuse_standstill(context, resume_at, number, counted)
    stock = _stock[page, "make_page"]
    try:
        made, *state = stock(context, root, page_type, resume_at, number, page_state)
    except AssertionError:  # that a page is never left empty
        raise progress.standstill(counted) from None
    outer.to_outer_side(made, root.style, page_type.side)
    return made, *state


def _build_formatting_structure(*arguments: Any) -> Any:
    root = _stock[document, "build_formatting_structure"](*arguments)
    for box in (root, *arguments[-1]):  # footnotes
        annotate(box)
    return root


def _resolve_links(made: Any) -> Any:
    """Keep the links of a part that lead out of it."""
    if collecting() is None:
        yield from _stock[writing, "resolve_links"](made)
        return
    known: set[str] = set()
    for each in made:
        new = {name: where for name, where in each.anchors.items() if name not in known}
        known.update(new)
        yield each.links, [(name, x, y) for name, (x, y, *_) in new.items()]


def _build_fonts_dictionary(made: Any, fonts: Any, *arguments: Any) -> Any:
    if (left_out := collecting()) is None:
        return _stock[writing, "build_fonts_dictionary"](made, fonts, *arguments)
    left_out.extend(fonts.values())
    return pydyf.Dictionary()


def _draw_inline_level(stream: Any, page: Any, box: Any, *arguments: Any) -> None:
    _stock[draw, "draw_inline_level"](stream, page, box, *arguments)
    if isinstance(box, boxes.LineBox):
        ruby.paint(stream, box)
        beside.paint(stream, box)
        emphasis.paint(stream, box)
        senses.paint(stream, box)


def _draw_text(
    stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: Any
) -> None:
    """Name the text of a spaced line, or readers of the PDF would take wide gaps for spaces."""
    layout = textbox.pango_layout
    if not isinstance(layout, ChineseLayout) or not _misleads(layout):
        _stock[draw, "draw_text"](stream, textbox, offset_x, text_overflow, block_ellipsis)
        return
    text = pydyf.String(layout.source)
    # A tagged text has just been marked: add to that mark, since many readers ignore nested ones.
    marked = stream.stream[-2] if stream.stream[-1:] == [b"BDC"] else None
    if marked is None:
        stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": text}))
    else:
        marked["ActualText"] = text
    _stock[draw, "draw_text"](stream, textbox, offset_x, text_overflow, block_ellipsis)
    if marked is None:
        stream.end_marked_content()


def _misleads(layout: ChineseLayout) -> bool:
    wide = max(layout.spacing.values(), default=0) >= _TAKEN_FOR_SPACE
    return wide or layout.source != layout.text


def _build_box_tree(
    box: Any, parent: Any, pdf: Any, page_number: int, nums: Any, annotations: Any, page_tags: Any
) -> Iterator[Any]:
    """Declare each change of language on structure elements, and how their text is read."""
    laid_out = box._box if isinstance(box, AbsolutePlaceholder) else box
    stack = pdf.__dict__.setdefault("diglot_languages", [_document_language(pdf)])
    elements = _stock[tags, "_build_box_tree"](
        box, parent, pdf, page_number, nums, annotations, page_tags
    )
    language = laid_out.style["lang"]
    declared: dict[str, Any] = {}
    if language and language != stack[-1] and not _passes_through(laid_out):
        declared["Lang"] = pydyf.String(language)
    if spoken := ruby.transcription(laid_out):
        # ISO 32000-2, 14.9.6, names this alphabet.
        declared |= {"Phoneme": pydyf.String(spoken), "PhoneticAlphabet": "/zh-Latn-pinyin"}
    stack.append(language if "Lang" in declared else stack[-1])
    for element in elements:
        element.update(declared)
        for mark, text in senses.described(laid_out):
            kid = _described(pdf, page_number, element, page_tags.pop(mark)["mcid"], text)
            nums[kid["K"][0]] = kid.reference
        yield element
    stack.pop()


def _described(pdf: Any, page_number: int, parent: Any, mcid: int, text: str) -> Any:
    """Make an element of what was painted below a line; its text is English with hanzi."""
    kid = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/Span",
            "K": pydyf.Array([mcid]),
            "Pg": pdf.page_references[page_number],
            "P": parent.reference,
            "Lang": pydyf.String("en"),
            "Alt": pydyf.String(text),
        }
    )
    pdf.add_object(kid)
    parent["K"].append(kid.reference)
    return kid


def _document_language(pdf: Any) -> str | None:
    declared = pdf.catalog.get("Lang")
    return None if declared is None else declared.string


def _passes_through(box: Any) -> bool:
    """Whether WeasyPrint makes no element of ``box`` itself."""
    return isinstance(box, (boxes.PageBox, boxes.MarginBox)) or (
        box.element is not None and box.element_tag in ("html", "body")
    )


_REPLACEMENTS: dict[tuple[Any, str], Callable[..., Any]] = {
    (css, "find_style_attributes"): _find_style_attributes,
    (css.StyleFor, "set_computed_styles"): _set_computed_styles,
    (inline, "split_first_line"): _split_first_line,
    (preferred, "split_first_line"): _split_first_line,
    (inline, "can_break_text"): _can_break_text,
    (inline, "justify_line"): _justify_line,
    (pyphen, "language_fallback"): _language_fallback,
    (block, "_break_line"): _break_line,
    (page, "make_page"): _make_page,
    (document, "build_formatting_structure"): _build_formatting_structure,
    (writing, "resolve_links"): _resolve_links,
    (writing, "build_fonts_dictionary"): _build_fonts_dictionary,
    (draw, "draw_inline_level"): _draw_inline_level,
    (draw, "draw_text"): _draw_text,
    (tags, "_build_box_tree"): _build_box_tree,
}
