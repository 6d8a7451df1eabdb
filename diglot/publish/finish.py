"""Finishing pandoc's EPUB: what its writer cannot say, fonts, and a deterministic archive.

pandoc writes one language, no landmark for the body, anonymous chapters, and leaves links inside
raw HTML pointing into their own file; EPUB 3.3 and readers want better.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from posixpath import basename
from typing import Any

from lxml import etree

from diglot.compose.booklet import Booklet
from diglot.config import Writing
from diglot.model import Script
from diglot.publish.archive import pack
from diglot.publish.assets import Picture
from diglot.publish.embed import Embedded, embed
from diglot.publish.fonts import Typefaces
from diglot.publish.kept import restored
from diglot.publish.package import complete, instant, list_files, modify
from diglot.publish.pagelist import mark_pages

Element = Any  # lxml has no types of its own
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
SVG = "{http://www.w3.org/2000/svg}"
TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_NAV, _NCX, _PACKAGE, _COVER = "nav.xhtml", "toc.ncx", "content.opf", "text/cover.xhtml"
_STYLE = "styles/stylesheet1.css"
_LANDMARKS = {  # epub:type to labels in Simplified, Traditional
    "cover": ("封面", "封面"),
    "toc": ("目录", "目錄"),
    "bodymatter": ("正文", "正文"),
    "glossary": ("词汇表", "詞彙表"),
    "index": ("英汉索引", "英漢索引"),
    "colophon": ("版本说明", "版本說明"),
}
_BACKMATTER = ("glossary", "index", "colophon")


def finish(
    data: bytes,
    booklet: Booklet,
    typefaces: Typefaces,
    kept: Sequence[bytes],
    pictures: tuple[Picture, ...],
    printed: Mapping[int, str],
) -> bytes:
    """Complete an EPUB that pandoc wrote for a booklet; returns the finished EPUB.

    ``kept`` is the HTML that pandoc was spared, ``pictures`` are what it shows; ``printed`` tells
    with which row or pair the pages of print begin, if they are to be listed.

    Raises:
        DiglotError: as `embed` does, if the edition embeds fonts.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in sorted(archive.namelist())}
    book = {
        name.removeprefix("EPUB/"): etree.fromstring(restored(content, kept))
        for name, content in files.items()
        if name.startswith("EPUB/") and name.endswith((".xhtml", ".ncx", ".opf"))
    }
    package = book[_PACKAGE]
    for name in book:
        del files[f"EPUB/{name}"]
    names = _names(book)
    book = {names.get(name, name): tree for name, tree in book.items()}
    for name in (_NAV, _NCX, _PACKAGE):
        _rename(book[name], names)
    pages = {name: tree for name, tree in book.items() if name.endswith(".xhtml")}
    chapters = {name: pages[name] for name in names.values()}
    homes = {id_: name for name, page in chapters.items() for id_ in page.xpath("//@id")}
    for name, page in pages.items():
        page.set("lang", booklet.language)
        _say_language_twice(page)
        _drop_empty_styles(page)
        if name in chapters:
            _link_across(name, page, homes)
            _title(page)
        if booklet.edition.writing is Writing.VERTICAL and _is_body(page):
            page.set("class", "vertical")
    _describe_cover(pages[_COVER], booklet)
    _landmarks(pages[_NAV], chapters, booklet.script)
    if printed:
        hans = booklet.script is Script.HANS
        mark_pages(printed, chapters, pages[_NAV], "页码" if hans else "頁碼")
    complete(package, booklet)
    shown = {picture.name: _file_name(picture) for picture in pictures}
    for page in chapters.values():
        for image in page.iter(f"{XHTML}img"):
            image.set("src", f"../media/{shown[image.get('src')]}")
    files.update((f"EPUB/media/{shown[picture.name]}", picture.data) for picture in pictures)
    fonts = embed(pages.values(), typefaces) if booklet.edition.embed else ()
    media = {f"media/{shown[picture.name]}": picture.media_type for picture in pictures}
    list_files(package, {**media, **{f"fonts/{font.name}": font.media_type for font in fonts}})
    files[f"EPUB/{_STYLE}"] = _font_faces(fonts).encode() + files[f"EPUB/{_STYLE}"]
    files.update((f"EPUB/fonts/{font.name}", font.data) for font in fonts)
    files.update((f"EPUB/{name}", _serialize(tree)) for name, tree in book.items())
    etree.indent(package)
    modify(package, booklet.modified)  # pandoc's clock must not come into the hash
    files[f"EPUB/{_PACKAGE}"] = _serialize(package)
    modify(package, instant(booklet.modified, _digest(files)))
    files[f"EPUB/{_PACKAGE}"] = _serialize(package)
    return pack(files, "mimetype")


def _names(book: Mapping[str, Element]) -> dict[str, str]:
    """Name chapters for what they are, not for their number: a new one leaves the others theirs."""
    names: dict[str, str] = {}
    taken = set()
    for name in sorted(book):
        if basename(name).startswith("ch"):
            (first, *_) = book[name].xpath("//*[local-name()='section']/@id")
            # Where a file's case does not count, two ids may be one name (OCF 3.3, 4.1.2).
            new = f"text/{first}.xhtml" if first.casefold() not in taken else name
            taken.add(first.casefold())
            names[name] = new
    return names


def _rename(tree: Element, names: Mapping[str, str]) -> None:
    ids = {}
    for element in tree.iter("{*}*"):
        for key in ("href", "src"):
            name, mark, anchor = element.get(key, "").partition("#")
            if name in names:
                element.set(key, names[name] + mark + anchor)
                if element.tag == f"{OPF}item":
                    ids[element.get("id")] = basename(names[name]).removesuffix(".xhtml")
    for element in tree.iter(f"{OPF}item", f"{OPF}itemref"):
        key = "id" if element.tag == f"{OPF}item" else "idref"
        element.set(key, ids.get(element.get(key), element.get(key)))


def _say_language_twice(page: Element) -> None:
    """Give every ``lang`` its ``xml:lang``, which XHTML readers go by."""
    for element in page.iter(f"{XHTML}*"):
        if language := element.get("lang"):
            element.set(XML_LANG, language)


def _drop_empty_styles(page: Element) -> None:
    for style in page.findall(f"{XHTML}head/{XHTML}style"):
        style.getparent().remove(style)


def _link_across(name: str, page: Element, homes: Mapping[str, str]) -> None:
    """Point links into the files where their targets ended up."""
    for link in page.iter(f"{XHTML}a"):
        href = link.get("href", "")
        home = homes.get(href.removeprefix("#"))
        if href.startswith("#") and home and home != name:
            link.set("href", basename(home) + href)


def _title(page: Element) -> None:
    """Name a chapter's file for its heading, and say whether it is the body's or stands behind."""
    heading = page.find(f".//{XHTML}h1")
    title = page.find(f"{XHTML}head/{XHTML}title")
    title.text = " ".join("".join(heading.itertext()).split())
    types = {section.get(TYPE) for section in page.iter(f"{XHTML}section")}
    if types.intersection((*_BACKMATTER, "errata")):
        page.find(f"{XHTML}body").set(TYPE, "backmatter")


def _is_body(page: Element) -> bool:
    """Tell pages of Chinese text from lists, with their English, which stay horizontal."""
    return bool(page.xpath("boolean(//*[local-name()='body'][@*='bodymatter'])"))


def _describe_cover(page: Element, booklet: Booklet) -> None:
    page.find(f"{XHTML}body").set(TYPE, "cover")
    for image in page.iter(f"{SVG}svg"):
        image.set("role", "img")
        image.set("aria-label", booklet.titles.zh)


def _landmarks(nav: Element, chapters: Mapping[str, Element], script: Script) -> None:
    """Add the landmarks that pandoc leaves out; label all in the book's script."""
    (landmarks,) = nav.xpath("//*[@*[local-name()='type']='landmarks']")
    listed = landmarks.find(f"{XHTML}ol")
    homes = {"bodymatter": next(iter(chapters))}
    for name, page in chapters.items():
        for section in page.iter(f"{XHTML}section"):
            if section.get(TYPE) in _BACKMATTER:
                homes[section.get(TYPE)] = name
    for type_, name in homes.items():
        link = etree.SubElement(etree.SubElement(listed, f"{XHTML}li"), f"{XHTML}a")
        link.set("href", name)
        link.set(TYPE, type_)
    for link in listed.iter(f"{XHTML}a"):
        labels = _LANDMARKS[link.get(TYPE)]
        link.text = labels[0] if script is Script.HANS else labels[1]


def _file_name(picture: Picture) -> str:
    """Name a picture for its content: what its author called it may be no address."""
    kind = picture.media_type.partition("/")[2]
    return f"picture-{hashlib.sha256(picture.data).hexdigest()[:16]}.{kind}"


def _font_faces(fonts: Iterable[Embedded]) -> str:
    return "".join(
        f'@font-face {{ font-family: "{font.family}"; '
        f"font-weight: {'bold' if font.bold else 'normal'}; "
        f"font-style: {'italic' if font.italic else 'normal'}; "
        f'src: url("../fonts/{font.name}"); }}\n'
        for font in fonts
    )


def _serialize(tree: Element) -> bytes:
    doctype = "<!DOCTYPE html>" if tree.tag == f"{XHTML}html" else None
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", doctype=doctype)
    return written


def _digest(files: Mapping[str, bytes]) -> bytes:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return digest.digest()
