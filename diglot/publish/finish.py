"""Finishing pandoc's EPUB: what its writer cannot say, and a deterministic archive.

pandoc writes one language, no landmark for the body, anonymous chapter titles, and leaves links
inside raw HTML pointing into their own file; EPUB 3.3 and readers want better.
"""

import io
import zipfile
from collections.abc import Mapping
from posixpath import basename
from typing import Any

from lxml import etree

from diglot.compose.booklet import Booklet
from diglot.model import Script
from diglot.pairs.inline import plain
from diglot.publish.archive import pack

Element = Any  # lxml has no types of its own
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
EPUB = "{http://www.idpf.org/2007/ops}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_LANDMARKS = {  # epub:type to labels in Simplified, Traditional
    "cover": ("封面", "封面"),
    "toc": ("目录", "目錄"),
    "bodymatter": ("正文", "正文"),
    "glossary": ("词汇表", "詞彙表"),
    "colophon": ("版本说明", "版本說明"),
}


def finish(data: bytes, booklet: Booklet) -> bytes:
    """Complete an EPUB that pandoc wrote for a booklet; returns the finished EPUB."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in sorted(archive.namelist())}
    pages = {
        name: etree.fromstring(content)
        for name, content in files.items()
        if name.endswith(".xhtml")
    }
    chapters = {name: page for name, page in pages.items() if basename(name).startswith("ch")}
    homes = {id_: name for name, page in chapters.items() for id_ in page.xpath("//@id")}
    for name, page in pages.items():
        page.set("lang", booklet.language)
        _say_language_twice(page)
        _drop_empty_styles(page)
        if name in chapters:
            _link_across(name, page, homes)
            _title(page)
    _landmarks(pages["EPUB/nav.xhtml"], chapters, booklet.script)
    package = etree.fromstring(files["EPUB/content.opf"])
    _complete_package(package, booklet)
    trees = {**pages, "EPUB/content.opf": package}
    return pack({name: _serialize(trees.get(name), files[name]) for name in files}, "mimetype")


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
    """Name a chapter's file for its heading."""
    heading = page.find(f".//{XHTML}h1")
    title = page.find(f"{XHTML}head/{XHTML}title")
    if heading is not None and title is not None:
        title.text = " ".join("".join(heading.itertext()).split())


def _landmarks(nav: Element, chapters: Mapping[str, Element], script: Script) -> None:
    """Add the landmarks that pandoc leaves out; label all in the book's script."""
    (landmarks,) = nav.xpath("//*[@*[local-name()='type']='landmarks']")
    listed = landmarks.find(f"{XHTML}ol")
    homes = {"bodymatter": min(chapters)}
    for name, page in chapters.items():
        for section in page.iter(f"{XHTML}section"):
            if section.get(f"{EPUB}type") in ("glossary", "colophon"):
                homes[section.get(f"{EPUB}type")] = name
    for type_, name in homes.items():
        link = etree.SubElement(etree.SubElement(listed, f"{XHTML}li"), f"{XHTML}a")
        link.set("href", f"text/{basename(name)}")
        link.set(f"{EPUB}type", type_)
    for link in listed.iter(f"{XHTML}a"):
        labels = _LANDMARKS[link.get(f"{EPUB}type")]
        link.text = labels[0] if script is Script.HANS else labels[1]


def _complete_package(package: Element, booklet: Booklet) -> None:
    """Declare both languages, the title in English, and a date that follows the content."""
    package.set(XML_LANG, booklet.language)
    metadata = package.find(f"{OPF}metadata")
    language = etree.Element(f"{DC}language")
    language.text = "en"
    chinese = metadata.find(f"{DC}language")
    chinese.text = booklet.language
    chinese.addnext(language)
    title = metadata.find(f"{DC}title")
    title.set(XML_LANG, booklet.language)
    if english := plain(booklet.titles.en):
        alternate = etree.SubElement(metadata, f"{OPF}meta")
        alternate.set("property", "alternate-script")
        alternate.set("refines", f"#{title.get('id')}")
        alternate.set(XML_LANG, "en")
        alternate.text = english
    for meta in metadata.iter(f"{OPF}meta"):
        if meta.get("property") == "dcterms:modified":
            meta.text = booklet.modified


def _serialize(tree: Element | None, data: bytes) -> bytes:
    if tree is None:
        return data
    doctype = "<!DOCTYPE html>" if tree.tag == f"{XHTML}html" else None
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", doctype=doctype)
    return written
