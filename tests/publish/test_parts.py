"""Booklets set part by part and put together: the same book, and only what changed is set again."""

import io
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pytest

from diglot.config import Conforms, Fonts
from diglot.errors import DiglotError
from diglot.memory import Memo, remembering
from diglot.model import Script
from diglot.publish.fonts import Typefaces, find_typefaces
from diglot.publish.parts import Press, numbered, split
from tests.builder import ROOT

HEAD = """<!DOCTYPE html><html lang="zh-Hans"><head><title>t</title><style>
@page {{ size: 60mm 60mm; margin: 10mm; @bottom-center {{ content: counter(page); }} }}
@page :blank {{ @bottom-center {{ content: none; }} }}
html {{ font: 10pt "{family}", serif; }} h2 {{ bookmark-level: 1; font-size: 10pt; }}
p {{ margin: 0; }} .long {{ break-before: page; }}
nav a::after {{ content: " " attr(data-page); }}
</style></head><body>"""
TAIL = "</body></html>"


@pytest.fixture(scope="module")
def typefaces() -> Typefaces:
    return find_typefaces(Script.HANS, Fonts(), ROOT)


class Printer:
    """Sets pages of HTML, and counts the parts that it had to set."""

    def __init__(self, typefaces: Typefaces) -> None:
        self.typefaces = typefaces
        self.known: dict[str, bytes] = {}
        self.fresh = 0

    def print(self, body: str) -> bytes:
        press = Press((), self.typefaces, 1, Conforms.NONE)
        head = HEAD.format(family=self.typefaces.chinese[0].family)
        memo = Memo(self.known)
        with remembering(memo):
            sheets = press.set(head + body + TAIL)
            self.fresh = len(memo.kept.keys() - self.known.keys())
            self.known = memo.kept
            return press.join(sheets)


@pytest.fixture
def printer(typefaces: Typefaces) -> Printer:
    return Printer(typefaces)


def pages(data: bytes) -> list[str]:
    """The text of each page, in a line."""
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_bounded().split() for page in document]
    document.close()
    return list(map(" ".join, texts))


CHAPTERS = """
<nav><a href="#one" data-page="<!-- pages one -->">一</a> <a href="#two" data-page="<!-- pages two -->">二</a></nav>
<!-- part recto -->
<h2 id="one">山高</h2><p id="a">山</p><p class="long">高</p><p><a href="#two">二</a></p>
<!-- part -->
<h2 id="two">水长</h2><p id="b">水</p>
<!-- part -->
<p>山 → <!-- pages a b --></p><p><a href="#one">一</a></p>
"""  # noqa: E501


def test_what_sets_pages_is_loaded_only_when_a_page_is_set() -> None:
    # So that a native library that lacks is told of as n-021.
    loaded = "import sys, diglot.publish.pdf; print('weasyprint' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", loaded], check=True, capture_output=True, text=True
    )
    assert done.stdout == "False\n"


def test_a_template_says_where_parts_begin_and_on_which_side() -> None:
    parts = split("<html><body class='x'>a<!-- part -->b<!-- part verso --> c</body></html>")
    assert [part.side for part in parts] == ["", "", "verso"]
    assert [part.page for part in parts] == [
        f"<html><body class='x'>{text}</body></html>" for text in ("a", "b", " c")
    ]


def test_an_empty_part_is_none() -> None:
    assert len(split("<body>a<!-- part -->\n<!-- part -->b</body>")) == 2


def test_numbers_are_those_of_pages_and_unknown_ones_are_held_a_place() -> None:
    text = '<a data-page="<!-- pages a -->"> <!-- pages a b c --> <!-- pages d -->'
    assert numbered(text, {"a": 4, "b": 5, "c": 6}, "?") == '<a data-page="4"> 4–6 ?'


def test_the_book_is_whole(printer: Printer) -> None:
    assert pages(printer.print(CHAPTERS)) == [
        "一 3 二 5 1",
        "",
        "山高 山 3",
        "高 二 4",
        "水长 水 5",
        "山 → 3, 5 一 6",
    ]


def test_pages_before_a_right_hand_page_are_blank_but_as_large(printer: Printer) -> None:
    with pikepdf.open(io.BytesIO(printer.print(CHAPTERS))) as pdf:
        boxes = [page.obj.MediaBox for page in pdf.pages]
        assert all(box == boxes[0] for box in boxes)


def test_nothing_is_set_again_where_nothing_changed(printer: Printer) -> None:
    once = printer.print(CHAPTERS)
    assert printer.fresh == 5  # the contents twice: first without their numbers
    assert printer.print(CHAPTERS) == once
    assert printer.fresh == 0


def test_only_what_changed_is_set_again_and_the_bytes_are_those_of_a_new_setting(
    printer: Printer, typefaces: Typefaces
) -> None:
    printer.print(CHAPTERS)
    edited = CHAPTERS.replace("水</p>", "水水</p>")
    again = printer.print(edited)
    assert printer.fresh == 1
    assert again == Printer(typefaces).print(edited)


def test_a_page_more_numbers_all_that_follows_anew(printer: Printer) -> None:
    printer.print(CHAPTERS)
    longer = CHAPTERS.replace('<p class="long">', '<p class="long">又</p><p class="long">')
    assert pages(printer.print(longer))[4:] == ["高 二 5", "水长 水 6", "山 → 3, 6 一 7"]
    assert "一 3 二 6" in pages(printer.print(longer))[0]


def test_links_and_bookmarks_lead_to_other_parts(printer: Printer) -> None:
    with pikepdf.open(io.BytesIO(printer.print(CHAPTERS))) as pdf:
        numbers: dict[Any, int] = {page.objgen: n for n, page in enumerate(pdf.pages, 1)}
        names = list(pdf.Root.Names.Dests.Names)
        assert list(map(str, names[::2])) == ["a", "b", "one", "two"]
        where = {str(k): numbers[v[0].objgen] for k, v in zip(names[::2], names[1::2], strict=True)}
        assert where == {"a": 3, "b": 5, "one": 3, "two": 5}
        links = [
            (n, str(link.Dest))
            for n, page in enumerate(pdf.pages, 1)
            for link in page.obj.get("/Annots", ())
        ]
        assert sorted(set(links)) == [(1, "one"), (1, "two"), (4, "two"), (6, "one")]
        with pdf.open_outline() as outline:
            items: list[Any] = list(outline.root)
        marks = [(item.title, numbers[item.destination[0].objgen]) for item in items]
        assert marks == [("山高", 3), ("水长", 5)]
        assert int(pdf.Root.Outlines.Count) == 2


def test_r_007_a_link_that_leads_nowhere_is_refused(printer: Printer) -> None:
    with pytest.raises(DiglotError) as caught:
        printer.print(CHAPTERS.replace('href="#one">一</a></p>', 'href="#three">三</a></p>'))
    assert [problem.code for problem in caught.value.problems] == ["r-007"]
    assert "#three" in caught.value.problems[0].message


class TestTags:
    """ISO 32000-1, 14.7: every mark on a page belongs to an element, in reading order."""

    @pytest.fixture
    def pdf(self, printer: Printer) -> Iterator[pikepdf.Pdf]:
        with pikepdf.open(io.BytesIO(printer.print(CHAPTERS))) as pdf:
            yield pdf

    def test_all_elements_hang_below_one_document(self, pdf: pikepdf.Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        (document,) = list(root.K)
        assert document.S == "/Document"
        assert all(kid.P.objgen == document.objgen for kid in document.K)
        order: list[Any] = [page.objgen for page in pdf.pages]
        places = [order.index(kid.Pg.objgen) for kid in document.K]
        assert places == sorted(places)
        assert set(places) == {0, 2, 3, 4, 5}

    def test_every_number_leads_to_what_stands_on_that_page(self, pdf: pikepdf.Pdf) -> None:
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        keys = list(map(int, numbers[::2]))
        assert keys == list(range(len(keys)))
        known = dict(zip(keys, numbers[1::2], strict=True))
        for page in pdf.pages:
            if "/StructParents" not in page.obj:  # a blank one
                continue
            for element in known[int(page.obj.StructParents)]:
                assert element.Pg.objgen == page.objgen
            for annotation in page.obj.get("/Annots", ()):
                element = known[int(annotation.StructParent)]
                assert element.S == "/Link"
                assert element.Pg.objgen == page.objgen


class TestFonts:
    def test_each_is_there_once_with_all_that_is_shown(self, printer: Printer) -> None:
        with pikepdf.open(io.BytesIO(printer.print(CHAPTERS))) as pdf:
            used = [font for page in pdf.pages for font in _fonts(page)]
            names = {str(font.BaseFont): font for font in used}
            assert len({font.objgen for font in used}) == len(names) == 2  # regular and bold
            (regular,) = (font for name, font in names.items() if "Bold" not in name)
            texts = regular.ToUnicode.read_bytes().decode()
            assert all(f"<{ord(hanzi):04x}>" in texts for hanzi in "山高水一二")

    def test_a_face_is_cut_down(self, printer: Printer) -> None:
        whole = printer.typefaces.chinese[0].file.stat().st_size
        assert len(printer.print(CHAPTERS)) < whole / 50

    def test_glyphs_are_drawn_as_in_one_document(self, printer: Printer) -> None:
        from diglot.publish.setting import write_pdf

        body = "<h2>山高</h2><p>水长</p>"
        head = HEAD.format(family=printer.typefaces.chinese[0].family)
        alone = write_pdf(head + body + TAIL, (), printer.typefaces.files)
        assert _drawn(printer.print(body)) == _drawn(alone)


def _fonts(page: Any) -> Iterator[Any]:
    if "/Font" in page.obj.Resources:
        yield from page.obj.Resources.Font.values()


def _drawn(data: bytes) -> bytes:
    document = pypdfium2.PdfDocument(data)
    picture: bytes = document[0].render(scale=2).to_pil().convert("L").tobytes()
    document.close()
    return picture
