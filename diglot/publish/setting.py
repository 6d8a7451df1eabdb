"""An HTML page set by WeasyPrint, which reads nothing that was not declared."""

import gc
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from diglot import typeset
from diglot.config import Conforms
from diglot.errors import DiglotError, Problem
from diglot.publish.assets import Picture


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
    with laid_out(page, pictures, fonts) as document:
        data = written(document, zoom, conforms)
        del document  # its boxes, before the garbage collector is called again
        return data


def written(document: Any, zoom: float, conforms: Conforms) -> bytes:
    """Draw a document that was laid out, ``zoom`` times as large."""
    variant = conforms.value or None
    data: bytes = document.write_pdf(zoom=zoom, pdf_tags=True, pdf_variant=variant)
    return data


class Style:
    """A style sheet with its fonts, which several pages have in common and is read once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._read: dict[str, Any] = {}

    def read(self, weasyprint: Any, fetch: Any) -> Mapping[str, Any]:
        """Return what WeasyPrint wants to have of it."""
        if not self._read:
            shared = {
                "font_config": weasyprint.text.fonts.FontConfiguration(),
                "counter_style": weasyprint.css.counters.CounterStyle(),
            }
            sheet = weasyprint.CSS(string=self.text, url_fetcher=fetch, **shared)
            self._read = {"stylesheets": [sheet], **shared}
        return self._read


@contextmanager
def laid_out(
    page: str, pictures: Iterable[Picture], fonts: frozenset[Path], style: Style | None = None
) -> Iterator[Any]:
    """Lay a page of HTML out, with a style sheet besides its own, if one is given.

    What WeasyPrint complains of until the end is raised there.

    Raises:
        DiglotError: as `write_pdf`.
    """
    with typeset.installed(), _uncollected(), _Complaints() as complaints:
        # Late, because it takes a second and needs native libraries.
        import weasyprint

        fetch = _fetcher(weasyprint, {picture.name: picture for picture in pictures}, fonts)
        shared = style.read(weasyprint, fetch) if style else {}
        yield weasyprint.HTML(string=page, url_fetcher=fetch).render(**shared)
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
