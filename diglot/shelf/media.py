"""What each format is called, and as what it is served."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Medium:
    """A format on the shelf: ``reads`` says whether catalogues offer it, as a text to read."""

    label: str
    type: str
    reads: bool = False


MEDIA = {  # by the names of `diglot.config.Format`, in the order in which readers want them
    "epub": Medium("EPUB", "application/epub+zip", reads=True),
    "web": Medium("Web page", "text/html", reads=True),
    "pdf": Medium("PDF", "application/pdf", reads=True),
    "kepub": Medium("Kobo", "application/kepub+zip", reads=True),
    "azw3": Medium("Kindle", "application/vnd.amazon.mobi8-ebook", reads=True),
    "booklet": Medium("Booklet to fold", "application/pdf"),
    "cover": Medium("Cover to print", "application/pdf"),
    "anki": Medium("Anki cards", "application/zip"),
    "csv": Medium("Word list", "text/csv"),
}
ATOM = "application/atom+xml;profile=opds-catalog;kind="
OPDS = "application/opds+json"
