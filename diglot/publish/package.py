"""What an EPUB's package document says of the book, beyond what pandoc writes into it.

Rules: EPUB 3.3 (5, package document), EPUB Accessibility 1.1 and the schema.org vocabulary of
accessibility. Nothing is claimed that was not made or looked at.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from diglot.compose.booklet import Booklet
from diglot.config import Creator, Once, Words, Writing
from diglot.pairs.inline import plain

Element = Any  # lxml has no types of its own
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MODIFIED = "dcterms:modified"


def complete(package: Element, booklet: Booklet) -> None:
    """Declare both languages, names in both scripts and what the edition is accessible for."""
    etree.cleanup_namespaces(package)  # a second prefix for the package's own, never used
    package.set(XML_LANG, booklet.language)
    metadata = package.find(f"{OPF}metadata")
    for meta in metadata.findall(f"{OPF}meta"):
        if meta.get("property", "").startswith("schema:"):  # what pandoc claims of any book
            metadata.remove(meta)
    chinese = metadata.find(f"{DC}language")
    chinese.text = booklet.language
    english = deepcopy(chinese)
    english.text = "en"
    chinese.addnext(english)
    title, *others = metadata.findall(f"{DC}title")
    title.set(XML_LANG, booklet.language)
    for other in others:
        other.set(XML_LANG, "en")
    _alternate(metadata, title, plain(booklet.titles.en))
    people = (*metadata.findall(f"{DC}creator"), *metadata.findall(f"{DC}contributor"))
    for element, person in zip(people, in_order(booklet.creators), strict=True):
        element.set(XML_LANG, booklet.language if person.zh else "en")
        _alternate(metadata, element, person.en if person.zh else "")
    for name in ("description", "rights"):
        for element in metadata.findall(f"{DC}{name}"):
            element.set(XML_LANG, "en")
    if booklet.edition.writing is Writing.VERTICAL:
        package.find(f"{OPF}spine").set("page-progression-direction", "rtl")
        # Kindles go by it.
        etree.SubElement(metadata, f"{OPF}meta", name="primary-writing-mode", content="vertical-rl")
    if booklet.edition.page_list:
        _meta(metadata, "pageBreakSource", f"{booklet.name}.pdf")
    for key, value in _accessibility(booklet):
        _meta(metadata, f"schema:{key}", value)


def in_order(creators: Iterable[Creator]) -> list[Creator]:
    """Put authors, the creators of a book, before those who contributed to it."""
    return sorted(creators, key=lambda creator: creator.role != "aut")


def list_files(package: Element, files: Mapping[str, str]) -> None:
    """List files, paths below the package to media types, in the manifest."""
    manifest = package.find(f"{OPF}manifest")
    for href, media_type in files.items():
        name = href.rpartition("/")[2].replace(".", "_")
        etree.SubElement(
            manifest, f"{OPF}item", {"id": name, "href": href, "media-type": media_type}
        )


def instant(day: str, content: bytes) -> str:
    """Tell the instant of a release (RFC 3339): its day, and a second that stands for its content.

    Each release has an instant of its own (EPUB 3.3, 5.4.2), and no clock tells it. ``day`` may be
    any instant of that day; ``content`` is a hash of what is released, of at least four bytes.
    """
    second = int.from_bytes(content[:4], "big") % 86_400
    clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
    return f"{day.partition('T')[0]}T{clock}Z"


def modify(package: Element, modified: str) -> None:
    """Say when the book changed last."""
    for meta in package.iter(f"{OPF}meta"):
        if meta.get("property") == MODIFIED:
            meta.text = modified


def _alternate(metadata: Element, element: Element, english: str) -> None:
    if english:
        meta = _meta(metadata, "alternate-script", english)
        meta.set("refines", f"#{element.get('id')}")
        meta.set(XML_LANG, "en")


def _meta(metadata: Element, name: str, value: str) -> Element:
    meta = etree.SubElement(metadata, f"{OPF}meta", property=name)
    meta.text = value
    return meta


def _accessibility(booklet: Booklet) -> Iterable[tuple[str, str]]:
    """Name what is true of an edition: schema.org's keys and values."""
    pictures = booklet.pictures
    described = all(picture.text.strip() for picture in pictures)
    edition = booklet.edition
    yield "accessMode", "textual"
    if pictures:
        yield "accessMode", "visual"
    if described:
        yield "accessModeSufficient", "textual"
    features = ["structuralNavigation", "tableOfContents", "readingOrder"]
    features.append("displayTransformability")
    features += ["index"] * bool(booklet.glossary)
    features += ["alternativeText"] * bool(pictures and described)
    if edition.page_list:
        features += ["pageBreakMarkers", "pageNavigation"]
    if edition.pinyin is not Words.NONE:
        everywhere = edition.pinyin is Words.ALL and edition.once is Once.NEVER
        features.append("fullRubyAnnotations" if everywhere else "rubyAnnotations")
    for feature in features:
        yield "accessibilityFeature", feature
    # Nobody has looked whether an animated picture flashes.
    moves = any(picture.target.lower().endswith(".gif") for picture in pictures)
    yield "accessibilityHazard", "unknown" if moves else "none"
    summary = [
        "All text can be reflowed, enlarged and read aloud.",
        f"Chinese, {'zhuyin' if edition.zhuyin else 'pinyin'} and English are each marked as such.",
    ]
    if pictures:
        summary.append(
            "Every picture has alternative text."
            if described
            else "Some pictures have no alternative text."
        )
    summary.append("No conformance to a standard of accessibility is claimed.")
    yield "accessibilitySummary", " ".join(summary)
