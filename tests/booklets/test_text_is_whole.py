"""Every source sentence and every gloss stands in every booklet, once and in order."""

import csv
import io
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import lxml.html
import pytest

from diglot.config import Format
from diglot.model import Script
from diglot.pairs.inline import plain, read_inline
from diglot.pipeline import Job
from diglot.project import Project
from diglot.script import convert
from tests.booklets.text import epub_chapters, missing, pdf_pages, sentences, squeeze
from tests.builder import artifacts

pytestmark = pytest.mark.booklets

WORKS = ("jingjinji-article", "jingjinji-quotations")
EDITIONS = ("parallel-hans", "parallel-hant", "interleaved-hans", "interleaved-hant")
ARTIFACTS = [
    f"{work}/{work}-{edition}.{suffix}"
    for work in WORKS
    for edition in EDITIONS
    for suffix in ("pdf", "epub")
]
CARDS = [
    f"{work}/{work}-parallel-{script}.{suffix}"
    for work in WORKS
    for script in ("hans", "hant")
    for suffix in ("apkg", "csv")
]
BOOKLETS = [
    f"{work}/{work}-parallel-{script}-booklet.pdf" for work in WORKS for script in ("hans", "hant")
]
PAGES = [f"{work}/{work}-web.html" for work in WORKS]
VERTICAL = [f"{work}/{work}-vertical-hant.epub" for work in WORKS]


def body(file: Path, job: Job) -> str:
    """The text of the body: what lies behind the contents and before the glossary."""
    pages = [
        squeeze(page) for page in (pdf_pages if file.suffix == ".pdf" else epub_chapters)(file)
    ]
    first = squeeze(job.booklet.sections[0].all[0].rows[0].zh)
    start = max(number for number, page in enumerate(pages) if first in page)
    glossary = next(
        number
        for number, page in enumerate(pages)
        if number > start and page.startswith(("词汇表Glossary", "詞彙表Glossary"))
    )
    return "".join(pages[start:glossary])


def test_every_edition_of_both_works_is_built(jobs: Mapping[str, Job], library: Project) -> None:
    assert sorted(jobs) == sorted([*ARTIFACTS, *CARDS, *BOOKLETS, *PAGES, *VERTICAL])
    assert sorted(artifacts(library.output)) == sorted(jobs)


@pytest.mark.parametrize("path", ARTIFACTS)
def test_every_sentence_and_gloss_stands_there_in_order(
    path: str, jobs: Mapping[str, Job], library: Project
) -> None:
    text = body(library.output / path, jobs[path])
    assert missing(sentences(jobs[path].booklet), text) == []


@pytest.mark.parametrize("path", ARTIFACTS)
def test_no_sentence_stands_there_more_often_than_in_the_source(
    path: str, jobs: Mapping[str, Job], library: Project
) -> None:
    text = body(library.output / path, jobs[path])
    expected = [squeeze(sentence) for sentence in sentences(jobs[path].booklet)]
    whole = "\n".join(expected)
    found = {sentence: text.count(sentence) for sentence in expected}
    assert found == {sentence: whole.count(sentence) for sentence in expected}


@pytest.mark.parametrize("path", ARTIFACTS)
def test_the_title_stands_on_the_first_page(
    path: str, jobs: Mapping[str, Job], library: Project
) -> None:
    file = library.output / path
    pages = pdf_pages(file)[:1] if file.suffix == ".pdf" else epub_chapters(file)[:3]
    titles = jobs[path].booklet.titles
    text = squeeze("".join(pages))
    assert squeeze(titles.zh) in text
    assert squeeze(plain(titles.en)) in text


@pytest.mark.parametrize("path", ARTIFACTS)
def test_the_booklet_says_what_the_paired_text_says_in_the_script_of_the_edition(
    path: str, jobs: Mapping[str, Job], library: Project
) -> None:
    booklet = jobs[path].booklet
    work = library.work(booklet.work)
    blocks = [block for section in booklet.sections for block in section.all]
    pairs = [pair for pair in work.text.pairs if pair.id != booklet.titles.pair]
    assert [block.id for block in blocks] == [pair.id for pair in pairs]
    script = Script(path.rsplit("-", 1)[1].partition(".")[0])
    words = {term.term: term.hant for term in work.terms if term.hant}
    for block, pair in zip(blocks, pairs, strict=True):
        assert block.zh == "".join(
            convert(sentence.text, script, work.info.script.script, words=words)
            for sentence in pair.source
        )
        assert [plain(row.en) for row in block.rows] == [
            plain(read_inline(gloss.text)) for gloss in pair.gloss
        ]


@pytest.mark.parametrize("path", ARTIFACTS)
def test_every_term_of_the_text_is_in_its_vocabulary_once_and_in_the_glossary(
    path: str, jobs: Mapping[str, Job], library: Project
) -> None:
    booklet = jobs[path].booklet
    listed = [e for section in booklet.sections for group in section.vocabulary for e in group]
    glossary = [entry for group in booklet.glossary for entry in group]
    assert Counter(e.key for e in listed) == Counter(e.key for e in glossary)
    file = library.output / path
    text = squeeze("".join((pdf_pages if file.suffix == ".pdf" else epub_chapters)(file)))
    for entry in glossary:
        assert text.count(squeeze(f"{entry.term}{entry.pinyin}")) >= 2, entry.term


@pytest.mark.parametrize("path", [path for path in CARDS if path.endswith(".csv")])
def test_every_term_has_a_card_with_a_sentence_in_which_it_stands(
    path: str, jobs: Mapping[str, Job], library: Project
) -> None:
    data = (library.output / path).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    glossary = [entry for group in jobs[path].booklet.glossary for entry in group]
    assert len(rows) == len({(entry.headword, entry.pinyin) for entry in glossary})
    assert [row["term"] for row in rows if row["term"] not in row["sentence"]] == []
    script = jobs[path].booklet.script
    simplified = {convert(row["term"], Script.HANS, script) for row in rows}
    assert simplified == {entry.headword for entry in glossary}
    assert [row["term"] for row in rows if not row["gloss"]] == []


def test_the_formats_are_print_e_reader_web_and_cards(jobs: Mapping[str, Job]) -> None:
    formats = {job.format for job in jobs.values()}
    assert formats == {Format.PDF, Format.BOOKLET, Format.EPUB, Format.WEB, Format.ANKI, Format.CSV}


@pytest.mark.parametrize("path", PAGES)
def test_a_web_page_has_every_sentence_and_is_small(
    path: str, jobs: Mapping[str, Job], library: Project
) -> None:
    data = (library.output / path).read_bytes()
    assert len(data) < 400_000
    main = lxml.html.document_fromstring(data.decode()).get_element_by_id("text")
    assert missing(sentences(jobs[path].booklet), squeeze(main.text_content())) == []
