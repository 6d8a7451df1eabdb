"""Catalogues that e-readers read: OPDS 1.2 (Atom) and OPDS 2.0 (JSON), as files.

Addresses are relative, so that any server serves them under any name; but a catalogue's own is
absolute if the project says where it will stand, as OPDS 2.0 wants it (Readium Web Publication
Manifest, 2.3) and feed validators advise (RFC 4287, 4.2.7.2). Titles are plain strings:
readers join them.
"""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from diglot.compose.booklet import Booklet
from diglot.config import Creator
from diglot.pairs.inline import plain
from diglot.publish.labels import edition_label, kind_label
from diglot.shelf.collect import Picture, Shelf, Shelved
from diglot.shelf.media import ATOM, OPDS

Element = Any  # lxml has no types of its own

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/terms/"
_ACQUIRE = "http://opds-spec.org/acquisition/open-access"
_IMAGE = "http://opds-spec.org/image"
_NAME = "双语书架 · Bilingual bookshelf"
_ALL = "全部 · All editions"
_MAKER = "Diglot"


@dataclass(frozen=True, slots=True)
class _Feed:
    """A catalogue, below the output folder: a list of others, or of editions."""

    path: str  # without its ending
    id: str
    title: str
    updated: str
    address: str  # of the shelf; may be empty
    feeds: tuple["_Feed", ...] = ()
    editions: tuple[Shelved, ...] = ()

    @property
    def kind(self) -> str:
        return "navigation" if self.feeds else "acquisition"

    def own(self, ending: str) -> str:
        """Give its own address, absolute if the shelf has one."""
        return (
            f"{self.address}{self.path}{ending}" if self.address else self.away(self.path + ending)
        )

    def away(self, path: str) -> str:
        """Give the address of a file, as seen from this catalogue."""
        return "../" * self.path.count("/") + path


def catalogues(shelf: Shelf) -> Mapping[str, bytes]:
    """Write all catalogues, by their paths below the output folder; ``opds`` is the root."""
    root = _root(shelf)
    files = {}
    for feed in (root, *root.feeds):
        files[f"{feed.path}.xml"] = _atom(feed)
        files[f"{feed.path}.json"] = _json(feed)
    return files


def _root(shelf: Shelf) -> _Feed:
    works = [tuple(edition for edition in work if edition.readable) for work in shelf.works]
    works = [work for work in works if work]
    every = tuple(edition for work in works for edition in work)
    base = shelf.address
    feeds = [_Feed("opds-all", _urn("all"), _ALL, shelf.updated, base, editions=every)]
    for work in works:
        about = work[0].about
        updated = max(edition.updated for edition in work)
        path = f"{about.work}/opds"
        identifier = about.work_identifier
        feeds.append(_Feed(path, identifier, _both(about), updated, base, editions=work))
    return _Feed("opds", _urn("root"), _NAME, shelf.updated, base, feeds=tuple(feeds))


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"diglot:shelf:{name}").urn


def _both(about: Booklet) -> str:
    return f"{about.titles.short_zh} · {about.titles.short_en}"


def _title(about: Booklet) -> str:
    """Name an edition so that it is told from the others of its work."""
    return f"{about.titles.short_zh} · {edition_label(about)}"


def _summary(about: Booklet) -> str:
    kind = f"{kind_label(about)[1]} ({about.edition.name}): English glosses, vocabulary, notes."
    return " ".join(part for part in (about.titles.zh, plain(about.titles.en), kind) if part)


def _name(creator: Creator) -> str:
    return f"{creator.zh} {creator.en}".strip()


def _languages(about: Booklet) -> list[str]:
    return [about.language, "en"]


def _atom(feed: _Feed) -> bytes:
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM, "dcterms": _DC})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", feed.updated)
    _text(_element(root, "author"), "name", _MAKER)
    _link(root, "self", feed.own(".xml"), ATOM + feed.kind)
    _link(root, "start", feed.away("opds.xml"), f"{ATOM}navigation")
    if not feed.feeds:
        _link(root, "up", feed.away("opds.xml"), f"{ATOM}navigation")
    _link(root, "alternate", feed.away(f"{feed.path}.json"), OPDS)
    for other in feed.feeds:
        entry = _element(root, "entry")
        _text(entry, "id", other.id)
        _text(entry, "title", other.title)
        _text(entry, "updated", other.updated)
        count = len(other.editions)
        _text(entry, "content", f"{count} edition{'s' * (count != 1)}", type="text")
        _link(entry, "subsection", feed.away(f"{other.path}.xml"), ATOM + other.kind)
    for edition in feed.editions:
        _entry(root, feed, edition)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _entry(root: Element, feed: _Feed, edition: Shelved) -> None:
    about = edition.about
    entry = _element(root, "entry")
    _text(entry, "id", about.identifier)
    _text(entry, f"{{{_DC}}}identifier", about.identifier)
    _text(entry, "title", _title(about))
    _text(entry, "updated", edition.updated)
    for creator in about.creators:
        role = "author" if creator.role == "aut" else "contributor"
        _text(_element(entry, role), "name", _name(creator))
    for language in _languages(about):
        _text(entry, f"{{{_DC}}}language", language)
    if about.date:
        _text(entry, f"{{{_DC}}}issued", about.date)
    _text(entry, "summary", _summary(about), type="text")
    if rights := plain(about.rights):
        _text(entry, "rights", rights)
    for relation, picture in _pictures(edition):
        _link(entry, relation, feed.away(picture.path), picture.image.media_type)
    for artifact in edition.readable:
        link = _link(entry, _ACQUIRE, feed.away(artifact.path), artifact.medium.type)
        link.set("length", str(artifact.size))
        link.set("title", artifact.medium.label)


def _pictures(edition: Shelved) -> Iterator[tuple[str, Picture]]:
    if edition.cover and edition.thumbnail:
        yield _IMAGE, edition.cover
        yield f"{_IMAGE}/thumbnail", edition.thumbnail


def _element(parent: Element, name: str) -> Element:
    return etree.SubElement(parent, name if name.startswith("{") else f"{{{_ATOM}}}{name}")


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    element = _element(parent, name)
    element.text = text
    element.attrib.update(attributes)


def _link(parent: Element, relation: str, address: str, media_type: str) -> Element:
    link = _element(parent, "link")
    link.attrib.update({"rel": relation, "href": address, "type": media_type})
    return link


def _json(feed: _Feed) -> bytes:
    links = [
        {"rel": "self", "href": feed.own(".json"), "type": OPDS},
        {"rel": "start", "href": feed.away("opds.json"), "type": OPDS},
        {"rel": "alternate", "href": feed.away(f"{feed.path}.xml"), "type": ATOM + feed.kind},
    ]
    catalogue: dict[str, object] = {
        "metadata": {"title": feed.title, "modified": feed.updated},
        "links": links,
    }
    if feed.feeds:
        catalogue["navigation"] = [
            {"title": other.title, "href": feed.away(f"{other.path}.json"), "type": OPDS}
            for other in feed.feeds
        ]
    else:
        catalogue["publications"] = [_publication(feed, edition) for edition in feed.editions]
    return json.dumps(catalogue, ensure_ascii=False, indent=1).encode()


def _publication(feed: _Feed, edition: Shelved) -> dict[str, object]:
    about = edition.about
    metadata: dict[str, object] = {
        "@type": "http://schema.org/Book",
        "identifier": about.identifier,
        "title": _title(about),
        "subtitle": plain(about.titles.en),
        "author": _people(about, "aut"),
        "translator": _people(about, "trl"),
        "editor": _people(about, "edt"),
        "language": _languages(about),
        "modified": edition.updated,
        "published": about.date if about.date.count("-") == 2 else "",  # a day, not a year
        "description": _summary(about),
    }
    links = [
        {
            "rel": _ACQUIRE,
            "href": feed.away(artifact.path),
            "type": artifact.medium.type,
            "title": artifact.medium.label,
        }
        for artifact in edition.readable
    ]
    publication: dict[str, object] = {
        "metadata": {key: value for key, value in metadata.items() if value},
        "links": links,
    }
    if images := [_image(feed, picture) for _, picture in _pictures(edition)]:
        publication["images"] = images
    return publication


def _people(about: Booklet, role: str) -> list[dict[str, str]]:
    return [
        {"name": _name(creator), "sortAs": creator.en}
        for creator in about.creators
        if creator.role == role
    ]


def _image(feed: _Feed, picture: Picture) -> dict[str, object]:
    image = picture.image
    return {
        "href": feed.away(picture.path),
        "type": image.media_type,
        "width": image.width,
        "height": image.height,
    }
