"""What stands at the head of a page and behind a word: short enough for its place."""

import re

import pypdfium2
import pytest

from diglot.compose.booklet import Entry
from diglot.compose.compose import compose
from diglot.config import Edition
from diglot.publish.render import fill, short
from tests.builder import ROOT, TinyProject

LONG = (
    "京津冀作为引领全国高质量发展的三大重要动力源之一，要在实现高水平科技自立自强中发挥示范带动作用"
)


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (60, LONG),
        (44, "京津冀作为引领全国高质量发展的三大重要动力源之一……"),
        (12, "京津冀作为引领全国高……"),
    ],
)
def test_a_long_heading_is_cut_after_a_clause(most: int, expected: str) -> None:
    assert short(LONG, most) == expected
    assert len(short(LONG, most)) <= most


@pytest.mark.parametrize(
    ("level", "shown"), [(0, ""), (3, "\xa0·\xa0HSK\xa03"), (7, "\xa0·\xa0HSK\xa07+")]
)
def test_a_word_s_level_does_not_look_like_a_note(
    level: int, shown: str, project: TinyProject
) -> None:
    entry = Entry("a", "山", "山", "shān", "hill", "", (), ("1",), 0, level=level)
    source = '{% import "macros.html.j2" as set with context %}{{ set.grade(entry) }}'
    macros = (ROOT / "templates/macros.html.j2").read_text("utf-8")
    booklet = compose(project.work(), Edition(name="study"))
    templates = {"print/x.j2": source, "macros.html.j2": macros}
    page = fill("print/x.j2", templates, booklet=booklet, entry=entry)
    assert page.replace("&nbsp;", "\xa0") == shown


@pytest.mark.parametrize("size", [9.5, 11, 12.5, 14])
def test_no_heading_parts_a_name_at_its_dash(size: float, project: TinyProject) -> None:
    region = "the Beijing–Tianjin–Hebei Region"
    headings = [f"Study {'and ' * n}of {region} (2016–2020)" for n in range(24)]
    blocks = "".join(f"> ## 第{n}节 ^{n}\n\n{heading}\n\n" for n, heading in enumerate(headings, 1))
    project.write("content/w/text.md", f"> # 山 ^0\n\nHills & {region}\n\n{blocks}")
    style = f".title-page .title.en, .section > h2 > .en {{ font-size: {size}pt }}"
    project.add("templates/print/parallel.css", style)
    project.write("content/editions.toml", '[[edition]]\nname = "study"\nstarts = "run"\n')
    assert project.build("--format", "pdf").exit_code == 0
    with pypdfium2.PdfDocument(project.root / "output/w/w-study.pdf") as pdf:
        text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    assert re.findall(r".*–(?=\r?$)", text, re.MULTILINE) == []
    assert "&" in text
    assert "&amp;" not in text


@pytest.mark.parametrize("before", [1, 2, 3])
def test_no_entry_of_the_contents_is_parted_by_a_page(before: int, project: TinyProject) -> None:
    first = "Hills and rivers " * 4 * before
    blocks = (f"> ## 第{n}节 ^{n}\n\n{first if n < 2 else 'Part'}\n\n" for n in range(1, 25))
    project.write("content/w/text.md", "> # 山 ^0\n\nHills\n\n" + "".join(blocks))
    edition = '[[edition]]\nname = "study"\npaper = "A6"\nstarts = "run"\n'
    project.write("content/editions.toml", edition)
    assert project.build("--format", "pdf").exit_code == 0
    with pypdfium2.PdfDocument(project.root / "output/w/w-study.pdf") as pdf:
        pages = [page.get_textpage().get_text_range().splitlines() for page in pdf]
    contents = [page for page in pages if sum(". . ." in line for line in page) > 3]
    assert len(contents) > 1
    assert all(page[0].startswith("第") for page in contents[1:])


@pytest.mark.parametrize("count", [83, 84])
def test_no_entry_or_two_of_the_glossary_stand_alone(count: int, project: TinyProject) -> None:
    terms = [chr(ord("万") + n) for n in range(count)]
    rows = "".join(f"{term},shān,hill,noun,," + "\n" for term in terms)
    project.write("content/w/glossary.csv", f"term,pinyin,english,pos,note,hant\n{rows}")
    text = "、".join(terms)
    project.write("content/w/text.md", f"> # 山 ^0\n\nHills\n\n> {text}。 ^1\n\nAll.\n")
    project.write("content/editions.toml", '[[edition]]\nname = "study"\npaper = "A6"\n')
    assert project.build("--format", "pdf").exit_code == 0
    with pypdfium2.PdfDocument(project.root / "output/w/w-study.pdf") as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    counts = [page.count("(noun)") for page in pages if "(noun)" in page]
    assert sum(counts) == count
    assert min(counts) > 2
