"""Print: an HTML page into a tagged PDF by WeasyPrint, which reads nothing undeclared."""

import gc
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from diglot import typeset
from diglot.compose.booklet import Booklet
from diglot.config import Conforms, Layout, Once
from diglot.errors import DiglotError, Problem
from diglot.publish import facing
from diglot.publish.assets import Picture
from diglot.publish.columns import Columns, count_pages, read_columns
from diglot.publish.fonts import Typefaces
from diglot.publish.page import page_of
from diglot.publish.render import render
from diglot.publish.spreads import once_a_spread
from diglot.publish.trim import trim

_SPARE = (0.0, 26.7, 80.0)  # pixels left at a page's foot: none, a line, some


def make_pdf(
    booklet: Booklet,
    templates: Mapping[str, str],
    typefaces: Typefaces,
    pictures: tuple[Picture, ...],
    version: str,
    mend: Callable[[str], str] = str,
) -> bytes:
    """Set a booklet for print; ``mend`` may change its page of HTML.

    Raises:
        DiglotError: as `render` and `write_pdf` do.
    """
    if booklet.edition.layout is Layout.FACING:
        data = _make_facing(booklet, templates, typefaces, pictures, version, mend)
        return trim(data, booklet.edition)

    def page(shown: Booklet) -> str:
        return mend(render("print/booklet.html.j2", shown, templates, typefaces, version))

    def starts(shown: Booklet) -> Mapping[str, int]:
        return first_pages(page(shown), pictures, typefaces.files)

    if booklet.edition.once is Once.SPREAD:
        booklet = once_a_spread(booklet, starts)
    zoom, conforms = page_of(booklet.edition).zoom, booklet.edition.conforms
    data = write_pdf(page(booklet), pictures, typefaces.files, zoom, conforms)
    return trim(data, booklet.edition)


def _make_facing(
    booklet: Booklet,
    templates: Mapping[str, str],
    typefaces: Typefaces,
    pictures: tuple[Picture, ...],
    version: str,
    mend: Callable[[str], str],
) -> bytes:
    """Set a booklet on facing pages: measure, fill spreads, and set these.

    Raises:
        DiglotError: ``r-022``, the pages are too small for the layout.
    """
    edition = booklet.edition

    def page(template: str, spreads: tuple[facing.Spread, ...]) -> str:
        path = f"print/{template}.html.j2"
        names = {"spreads": spreads, "setting": facing.setting(booklet)}
        return mend(render(path, booklet, templates, typefaces, version, **names))

    columns = _measure(page("measure", (facing.whole(booklet),)), pictures, typefaces.files)
    # Cut text may break otherwise than it was measured, a line longer at the most.
    for spare in _SPARE:
        spreads = facing.fill(booklet, columns, spare)
        with _layout(page("booklet", spreads), pictures, typefaces.files) as document:
            if count_pages(document, ("verso", "recto")) == 2 * len(spreads):
                return _written(document, page_of(edition).zoom, edition.conforms)
    message = f"the edition {edition.name} does not fit on facing pages of {edition.paper}"
    hint = "Choose larger paper, or the layout parallel or interleaved."
    raise DiglotError(Problem("r-022", message, hint))


def _measure(page: str, pictures: Iterable[Picture], fonts: frozenset[Path]) -> Columns:
    with _layout(page, pictures, fonts) as document:
        columns = read_columns(document)
    del document
    gc.collect()  # its boxes, before as many are made again
    return columns


def write_pdf(
    page: str,
    pictures: Iterable[Picture],
    fonts: frozenset[Path],
    zoom: float = 1,
    conforms: Conforms = Conforms.NONE,
) -> bytes:
    """Typeset a page of HTML; the same page gives the same bytes on every run.

    Everything is drawn ``zoom`` times as large as the page says. Only the given pictures (as
    ``asset:name``) and font files can be read.

    Raises:
        DiglotError: as `typeset.installed`; ``r-007``, the page names something that was not
            declared or cannot be shown.
    """
    with _layout(page, pictures, fonts) as document:
        data = _written(document, zoom, conforms)
        del document  # its boxes, before the garbage collector is called again
        return data


def _written(document: Any, zoom: float, conforms: Conforms) -> bytes:
    variant = conforms.value or None
    data: bytes = document.write_pdf(zoom=zoom, pdf_tags=True, pdf_variant=variant)
    return data


def first_pages(
    page: str, pictures: Iterable[Picture], fonts: frozenset[Path]
) -> Mapping[str, int]:
    """Tell on which page, counted from 1, each element with an ``id`` begins.

    Raises:
        DiglotError: as `write_pdf`.
    """
    with _layout(page, pictures, fonts) as document:
        numbered = enumerate(document.pages, 1)
        return {name: number for number, sheet in numbered for name in sheet.anchors}


@contextmanager
def _layout(page: str, pictures: Iterable[Picture], fonts: frozenset[Path]) -> Iterator[Any]:
    """Lay a page of HTML out; what WeasyPrint complains of until the end is raised there."""
    with typeset.installed(), _uncollected(), _Complaints() as complaints:
        # Late, because it takes a second and needs native libraries.
        import weasyprint

        fetch = _fetcher(weasyprint, {picture.name: picture for picture in pictures}, fonts)
        yield weasyprint.HTML(string=page, url_fetcher=fetch).render()
    if complaints.messages:
        hint = "Mend the template or the text that names it."
        raise DiglotError(
            *(Problem("r-007", text, hint) for text in dict.fromkeys(complaints.messages))
        )


def _fetcher(weasyprint: Any, pictures: dict[str, Picture], fonts: frozenset[Path]) -> Any:
    class Declared(weasyprint.urls.URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Gives what was declared and refuses everything else."""

        def fetch(self, url: str, headers: object = None) -> object:
            scheme, _, path = url.partition(":")
            if scheme == "asset" and (picture := pictures.get(unquote(path))):
                header = {"Content-Type": picture.media_type}
                return weasyprint.urls.URLFetcherResponse(url, BytesIO(picture.data), header)
            if scheme == "file" and Path(url2pathname(urlsplit(url).path)) in fonts:
                return super().fetch(url, headers)
            raise ValueError(f"not declared: {url}")

    return Declared()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the garbage collector a document's many long-lived boxes: a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Complaints(logging.Handler):
    """Gathers WeasyPrint's warnings and errors while it works: each of them spoils a page."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self._logger = logging.getLogger("weasyprint")

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        # It is slower, as `native` says once a build, and spoils no page.
        if "instead of HarfBuzz-Subset" not in message:
            self.messages.append(message)

    def __enter__(self) -> "_Complaints":
        self._logger.addHandler(self)
        return self

    def __exit__(self, *error: object) -> None:
        self._logger.removeHandler(self)
