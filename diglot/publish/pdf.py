"""Print: a booklet into a tagged PDF by WeasyPrint."""

from collections.abc import Callable, Mapping
from itertools import groupby

import msgspec

from diglot.compose.booklet import Booklet
from diglot.config import Layout, Once
from diglot.errors import DiglotError, Problem
from diglot.memory import recall
from diglot.publish import facing
from diglot.publish.assets import Picture
from diglot.publish.columns import Column, Columns, read_columns
from diglot.publish.fonts import Typefaces
from diglot.publish.page import page_of
from diglot.publish.parts import Press, Sheets, split
from diglot.publish.render import render
from diglot.publish.setting import laid_out
from diglot.publish.spreads import once_a_spread
from diglot.publish.trim import trim

_SPARE = (0.0, 26.7, 80.0)  # pixels left at a page's foot: none, a line, some
_VERSO = '<div class="verso">'


def make_pdf(
    booklet: Booklet,
    templates: Mapping[str, str],
    typefaces: Typefaces,
    pictures: tuple[Picture, ...],
    version: str,
    mend: Callable[[str], str] = str,
) -> bytes:
    """Set a booklet for print; ``mend`` may change its page of HTML.

    What is remembered (`diglot.memory`) is not set again; the bytes are the same.

    Raises:
        DiglotError: as `render` and `write_pdf` do; ``r-022``, its pages are too small.
    """
    edition = booklet.edition
    press = Press(pictures, typefaces, page_of(edition).zoom, edition.conforms)

    def page(template: str, shown: Booklet, **names: object) -> str:
        path = f"print/{template}.html.j2"
        return mend(render(path, shown, templates, typefaces, version, **names))

    if edition.layout is Layout.FACING:
        sheets = _set_facing(booklet, press, page)
    else:
        if edition.once is Once.SPREAD:
            booklet = once_a_spread(
                booklet, lambda shown: press.set(page("booklet", shown)).numbers
            )
        sheets = press.set(page("booklet", booklet))
    return trim(press.join(sheets), edition)


def _set_facing(booklet: Booklet, press: Press, page: Callable[..., str]) -> Sheets:
    """Set a booklet on facing pages: measure, fill spreads, and set these."""
    edition, setting = booklet.edition, facing.setting(booklet)
    page_height, blocks = 0.0, dict[str, Column]()
    for _, parts in groupby(facing.whole(booklet), lambda part: part.section.key):
        measured = _measure(
            page("measure", booklet, spreads=(tuple(parts),), setting=setting), press
        )
        page_height = measured.page
        blocks.update(measured.blocks)
    columns = Columns(page_height, blocks)
    # Cut text may break otherwise than it was measured, a line longer at the most.
    for spare in _SPARE:
        spreads = facing.fill(booklet, columns, spare)
        text = page("booklet", booklet, spreads=spreads, setting=setting)
        sheets = press.set(text)
        wanted = (2 * part.page.count(_VERSO) for part in split(text))
        pieces = (piece for _, piece in sheets.pieces)
        if all(n in (0, piece.pages) for n, piece in zip(wanted, pieces, strict=True)):
            return sheets
    message = f"the edition {edition.name} does not fit on facing pages of {edition.paper}"
    hint = "Choose larger paper, or the layout parallel or interleaved."
    raise DiglotError(Problem("r-022", message, hint))


def _measure(page: str, press: Press) -> Columns:
    def made() -> bytes:
        with laid_out(page, press.pictures, press.typefaces.files) as document:
            return msgspec.msgpack.encode(read_columns(document))

    return msgspec.msgpack.decode(recall(press.name("columns", page), made), type=Columns)
