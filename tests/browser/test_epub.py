"""EPUBs in reading systems: foliate-js and epub.js in Chromium, Ace by DAISY."""

import io
import json
import os
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from lxml import etree
from playwright.sync_api import Browser

from diglot.compose.compose import compose
from diglot.config import Edition, English, Format, Layout, Spelling, Words, Writing
from diglot.model import Script
from diglot.pairs.inline import plain
from diglot.pipeline import Job, plan, run
from diglot.project import Project
from tests.browser.conftest import find_browser
from tests.browser.reading import READERS, Shelf, go_to, in_chapter, popup, served
from tests.builder import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.booklets]

PHONE, E_READER = (390, 780), (600, 800)
# Beside the editions of the project: readings above all words, in both directions.
READ = Edition(
    name="read", layout=Layout.INTERLEAVED, pinyin=Words.ALL, glosses=Words.ALL, script=Script.HANS
)
UPRIGHT = Edition(
    name="upright",
    script=Script.HANT_TW,
    pinyin=Words.ALL,
    writing=Writing.VERTICAL,
    english=English.TAP,
)
ZHUYIN = Edition(
    name="zhuyin-read",
    layout=Layout.INTERLEAVED,
    script=Script.HANT_TW,
    pinyin=Words.ALL,
    spelling=Spelling.ZHUYIN,
)
ZHUYIN_UPRIGHT = msgspec.structs.replace(
    ZHUYIN, name="zhuyin-upright", writing=Writing.VERTICAL, english=English.TAP
)
WORKS = ("jingjinji-article", "jingjinji-quotations")
EDITIONS = ("parallel-hans", "parallel-hant", "interleaved-hans", "interleaved-hant")
BOOKS = [f"{work}-{edition}" for work in WORKS for edition in (*EDITIONS, "vertical-hant")]


@pytest.fixture(scope="module")
def jobs() -> Mapping[str, Job]:
    project = Project(ROOT)
    made = {job.booklet.name: job for job in plan(project, formats=(Format.EPUB,))}
    work = project.work(WORKS[1])
    for edition in (READ, UPRIGHT, ZHUYIN, ZHUYIN_UPRIGHT):
        booklet = compose(work, edition)
        kinds = {"hans": "parallel-hans", "hant-tw": "vertical-hant"}
        like = f"{WORKS[1]}-{kinds[edition.script]}"
        made[booklet.name] = replace(made[like], booklet=booklet)
    return made


@pytest.fixture(scope="module")
def books(jobs: Mapping[str, Job]) -> Mapping[str, bytes]:
    return {name: run(job) for name, job in jobs.items()}


@pytest.fixture
def shelf(chromium: Browser, books: Mapping[str, bytes]) -> Iterator[Shelf]:
    with served(chromium, books) as shelf:
        yield shelf


def spine(book: bytes) -> list[str]:
    """The text of each file of a book, in reading order, without white space."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        package = etree.fromstring(archive.read("EPUB/content.opf"))
        hrefs = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
        names = [hrefs[item.get("idref")] for item in package.iter("{*}itemref")]
        pages = [etree.fromstring(archive.read(f"EPUB/{name}")) for name in names]
    return [squeezed("".join(page.find("{*}body").itertext())) for page in pages]


def squeezed(text: str) -> str:
    return "".join(text.split())


def place(job: Job, key: str) -> int:
    """Where a section stands in the spine: behind the cover, the contents and the title."""
    keys = [section.key for section in job.booklet.sections]
    return 2 + keys.index(key) + (job.booklet.sections[0].heading is not None)


def test_the_books_are_all_that_the_project_makes(jobs: Mapping[str, Job]) -> None:
    assert sorted(BOOKS) == sorted(name for name in jobs if "read" not in name and "up" not in name)


@pytest.mark.parametrize("name", BOOKS)
def test_every_chapter_opens_in_foliate_with_all_its_text_and_fonts(
    name: str, shelf: Shelf, books: Mapping[str, bytes]
) -> None:
    page = shelf.foliate(name, PHONE)
    for index, text in enumerate(spine(books[name])):
        go_to(page, index)
        assert squeezed(in_chapter(page, "doc => doc.body.textContent")) == text
        faces = in_chapter(
            page,
            "async doc => { await doc.fonts.ready;"
            " return [...doc.fonts].map(face => [face.family, face.status]) }",
        )
        assert all(family.strip('"').startswith("Diglot ") for family, _ in faces)
        assert "error" not in {status for _, status in faces}
        if text:
            assert "loaded" in {status for _, status in faces}


@pytest.mark.parametrize("name", [f"{WORKS[0]}-parallel-hans", f"{WORKS[1]}-vertical-hant"])
def test_every_chapter_opens_in_epub_js(
    name: str, shelf: Shelf, books: Mapping[str, bytes]
) -> None:
    page = shelf.page("/epubjs.html")
    page.evaluate(
        "async url => { globalThis.book = ePub(url); await book.ready;"
        " globalThis.shown = book.renderTo('book', { width: 600, height: 800 }) }",
        f"/books/{name}.epub",
    )
    for index, text in enumerate(spine(books[name])):
        body = page.evaluate(
            "async n => { await shown.display(n);"
            " return shown.getContents()[0].document.body.textContent }",
            index,
        )
        assert squeezed(body) == text


APART = """doc => [...doc.querySelectorAll('ruby')].map(ruby => {
  const range = doc.createRange()
  range.selectNode(ruby.firstChild)
  const [over, under] = [ruby.querySelector('rt'), range].map(each => each.getClientRects())
  if (over.length != 1 || under.length != 1) return 0  // parted by a line's end
  const [a, b] = [over[0], under[0]]
  const size = parseFloat(getComputedStyle(ruby).fontSize)
  return VERTICAL
    ? Math.max(Math.abs(a.top + a.bottom - b.top - b.bottom) / 2, b.right - a.left - size) / size
    : Math.max(Math.abs(a.left + a.right - b.left - b.right) / 2, a.bottom - b.top - size) / size
})"""


@pytest.mark.parametrize("edition", ["read", "upright"])
def test_readings_stand_over_their_words(
    edition: str, shelf: Shelf, jobs: Mapping[str, Job]
) -> None:
    name = f"{WORKS[1]}-{edition}"
    page = shelf.foliate(name, E_READER)
    go_to(page, place(jobs[name], "section-2"))
    vertical = "true" if edition == "upright" else "false"
    apart = in_chapter(page, APART.replace("VERTICAL", vertical))
    assert len(apart) > 100
    assert max(apart) < 0.1  # ems


BESIDE = """doc => [...doc.querySelectorAll('p.zh ruby')].map(ruby => {
  const range = doc.createRange()
  range.selectNode(ruby.firstChild)
  const [hanzi] = range.getClientRects()
  const [zhuyin] = ruby.querySelector('rt').getClientRects()
  const size = parseFloat(doc.defaultView.getComputedStyle(ruby).fontSize)
  const middle = box => (box.top + box.bottom) / 2
  const right = VERTICAL ? (hanzi.left + hanzi.right + size) / 2 : hanzi.left + size
  return [
    Math.abs(middle(zhuyin) - middle(hanzi)) / size,
    (zhuyin.left - right) / size,
    (zhuyin.bottom - zhuyin.top) / size,
  ]
})"""


@pytest.mark.parametrize("edition", ["zhuyin-read", "zhuyin-upright"])
def test_zhuyin_stands_at_the_right_of_its_hanzi(
    edition: str, shelf: Shelf, jobs: Mapping[str, Job]
) -> None:
    name = f"{WORKS[1]}-{edition}"
    page = shelf.foliate(name, E_READER)
    go_to(page, place(jobs[name], "section-2"))
    vertical = "true" if edition == "zhuyin-upright" else "false"
    found = in_chapter(page, BESIDE.replace("VERTICAL", vertical))
    assert len(found) > 100
    assert max(off_middle for off_middle, _, _ in found) < 0.1  # ems
    assert all(-0.05 < apart < 0.3 for _, apart, _ in found)
    assert max(height for _, _, height in found) < 1.1


@pytest.mark.parametrize("edition", ["parallel-hans", "vertical-hant"])
def test_a_tap_on_a_word_opens_its_whole_entry(
    edition: str, shelf: Shelf, jobs: Mapping[str, Job]
) -> None:
    name = f"{WORKS[1]}-{edition}"
    job = jobs[name]
    page = shelf.foliate(name, PHONE)
    section = job.booklet.sections[2]
    go_to(page, place(job, section.key))
    entries = {e.key: f"{e.term} {e.pinyin} {e.english}" for g in section.vocabulary for e in g}
    # A word that another section explained says where it stands in this one.
    here = [block.id for block in section.all]
    for e in section.met:
        places = ", ".join(id_ for id_ in e.pairs if id_ in here)
        entries[e.key] = f"{e.term} {e.pinyin} {e.english} {places}"
    links = [link for block in section.blocks for row in block.rows for link in row.links]
    assert in_chapter(page, "doc => doc.querySelectorAll('a.word').length") == len(links)
    for n in (0, 1, len(links) // 2, len(links) - 1):
        assert popup(page, "a.word", n) == entries[links[n].key]


def test_a_tap_on_a_sentence_s_number_opens_its_gloss(
    shelf: Shelf, jobs: Mapping[str, Job]
) -> None:
    job = jobs[f"{WORKS[1]}-vertical-hant"]
    page = shelf.foliate(job.booklet.name, PHONE)
    section = job.booklet.sections[2]
    go_to(page, place(job, section.key))
    rows = [
        (f"{block.id}.{n}", plain(row.en))
        for block in section.blocks
        for n, row in enumerate(block.rows, 1)
    ]
    for n in (0, len(rows) - 1):
        number, gloss = rows[n]
        text = popup(page, "a.sentence", n)
        assert text.startswith(f"{number} {gloss[:20]}")
        assert text.endswith(gloss[-20:])


def test_a_tap_on_a_note_s_number_opens_the_note(shelf: Shelf, jobs: Mapping[str, Job]) -> None:
    job = jobs[f"{WORKS[0]}-parallel-hans"]
    page = shelf.foliate(job.booklet.name, PHONE)
    section = next(section for section in job.booklet.sections[1:] if section.notes)
    go_to(page, place(job, section.key))
    note = section.notes[0]
    assert popup(page, "a.reference") == f"{note.number} {plain(note.text)}"


def test_vertical_text_runs_down_from_the_right_and_lists_stay_horizontal(
    shelf: Shelf, jobs: Mapping[str, Job], books: Mapping[str, bytes]
) -> None:
    job = jobs[f"{WORKS[1]}-vertical-hant"]
    page = shelf.foliate(job.booklet.name, E_READER)
    assert page.evaluate("reader.view.book.dir") == "rtl"
    go_to(page, place(job, "section-2"))
    assert in_chapter(page, "doc => getComputedStyle(doc.body).writingMode") == "vertical-rl"
    first, second = in_chapter(
        page,
        """doc => {
          const text = doc.createTreeWalker(doc.querySelector('p.zh'), 4).nextNode()
          return [0, 1].map(n => {
            const range = doc.createRange()
            range.setStart(text, n)
            range.setEnd(text, n + 1)
            const box = range.getBoundingClientRect()
            return [box.left, box.top, box.height]
          })
        }""",
    )
    assert abs(first[0] - second[0]) < 0.5
    assert second[1] == pytest.approx(first[1] + first[2], abs=0.5)
    upright = in_chapter(
        page,
        """doc => [...doc.querySelectorAll('.upright')].map(each => {
          const box = each.getBoundingClientRect()
          return box.height / parseFloat(getComputedStyle(each).fontSize)
        })""",
    )
    assert upright
    assert max(upright) <= 1.05  # ems: one character, however many figures
    go_to(page, len(spine(books[job.booklet.name])) - 1)
    assert in_chapter(page, "doc => getComputedStyle(doc.body).writingMode") == "horizontal-tb"


@pytest.mark.parametrize(
    "name",
    [*(BOOKS[n] for n in (0, 4, 8)), f"{WORKS[1]}-read", f"{WORKS[1]}-zhuyin-read"],
)
def test_every_letter_is_set_in_the_face_that_was_put_in_for_it(
    name: str, chromium: Browser, books: Mapping[str, bytes], tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(books[name])) as archive:
        archive.extractall(tmp_path)
    page = chromium.new_page()
    session = page.context.new_cdp_session(page)
    for file in sorted((tmp_path / "EPUB").rglob("*.xhtml")):
        page.goto(file.as_uri())
        page.evaluate("document.fonts.ready")
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument", {"depth": -1})["root"]
        for node in texts(root):
            for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
                assert font["isCustomFont"], (file.name, font)
    page.close()


def texts(node: dict[str, object]) -> Iterator[int]:
    """The elements that have text of their own."""
    children = node.get("children", [])
    assert isinstance(children, list)
    if node["nodeName"] not in ("head", "script", "style"):
        if any(child["nodeName"] == "#text" for child in children):
            assert isinstance(node["nodeId"], int)
            yield node["nodeId"]
        for child in children:
            yield from texts(child)


@pytest.mark.parametrize("name", BOOKS)
def test_ace_finds_no_violation(name: str, books: Mapping[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(books[name])
    done = subprocess.run(
        [READERS / "node_modules/.bin/ace-cli", "-s", "-f", "-E", "-o", "report", "book.epub"],
        cwd=tmp_path,
        env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": str(find_browser())},
        capture_output=True,
        check=False,
    )
    report = json.loads((tmp_path / "report/report.json").read_text(encoding="utf-8"))
    found = [
        (of["earl:testSubject"]["url"], each["earl:test"]["dct:title"])
        for of in report["assertions"]
        for each in of["assertions"]
    ]
    assert (found, done.returncode) == ([], 0)
