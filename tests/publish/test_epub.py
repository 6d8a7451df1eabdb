"""What an EPUB makes of what people wrote: hostile titles, edits, hidden glosses, pictures."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace

import pypdfium2
import pytest
from lxml import etree
from PIL import Image

from diglot.config import Format
from diglot.pipeline import plan, run
from tests.builder import EDITIONS, WORK, TinyProject

DC = "{http://purl.org/dc/elements/1.1/}"
EDITION = EDITIONS.replace('"pdf"', '"epub"')
TEXT = """> # 山中 ^0

In the Mountains

> 山高。
> 山中有水。 ^1

The mountains are high.[^high]
There is water in them.

> ## 山 ^2

Mountains

> 山2座，水12条，共2024。 ^3

Two mountains, twelve rivers, 2024 in all.[^high]

[^high]: Very high.
"""
NEW = """> ## 头 ^0a

Head

> 水。 ^0b

Water.[^new]

"""
HOSTILE = (
    '<script>alert("1")</script> & "quoted" *stars* `code` [link](http://a) </title>',
    "山" * 300,
    "\u202eabc\u202c \u200f山\u200e mixed",
    "two\\n\\n````{=html}\\n<b>x</b>\\n````",
)


@pytest.fixture
def book(project: TinyProject) -> TinyProject:
    project.write("content/editions.toml", EDITION)
    project.write("content/w/text.md", TEXT)
    return project


def files(project: TinyProject) -> Mapping[str, bytes]:
    (job,) = plan(project.project, formats=(Format.EPUB,))
    with zipfile.ZipFile(io.BytesIO(run(job))) as archive:
        return {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}


def anchors(pages: Mapping[str, bytes]) -> set[str]:
    return {
        f"{name}#{id_}"
        for name, data in pages.items()
        if name.endswith(".xhtml")
        for id_ in etree.fromstring(data).xpath("//@id")
    }


def metas(pages: Mapping[str, bytes], name: str) -> list[str]:
    package = etree.fromstring(pages["content.opf"])
    return [meta.text for meta in package.iter("{*}meta") if meta.get("property") == name]


@pytest.mark.parametrize("title", HOSTILE, ids=["markup", "long", "right to left", "lines"])
def test_a_title_is_text_whatever_is_in_it(title: str, book: TinyProject) -> None:
    book.write("content/w/text.md", "> 山高。 ^1\n\nThe mountains are high.\n")
    written = title.replace('"', '\\"')
    given = f'[title]\nzh = "{written}"\nen = "{written.replace("[link](http://a)", "")}"\n'
    person = f'[[creator]]\nzh = "{written}"\nen = "{written}"\n'
    book.write("content/w/work.toml", f'{WORK}rights = "{written}"\n{given}{person}')
    made = files(book)
    package = etree.fromstring(made["content.opf"])
    shown = " ".join(title.replace("\\n", " ").split())
    assert package.findtext(f".//{DC}title") == shown
    assert package.findtext(f".//{DC}creator") == shown
    for name, data in made.items():
        if name.endswith(".xhtml"):
            page = etree.fromstring(data)
            assert not page.xpath("//*[local-name()='script' or local-name()='b']"), name
    nav = etree.fromstring(made["nav.xhtml"])
    assert shown in " ".join("".join(nav.itertext()).split())


def test_a_cover_that_is_no_image_is_refused(book: TinyProject) -> None:
    book.write("content/w/cover.png", b"not an image")
    book.write("content/w/work.toml", f'{WORK}cover = "cover.png"\n')
    assert "r-006" in book.build().output


def test_an_id_with_spaces_is_refused(book: TinyProject) -> None:
    book.write("content/w/text.md", TEXT.replace("^3", "^3 b"))
    done = book.build()
    assert done.exit_code == 1
    assert "content/w/text.md:15: error p-004" in done.output


def test_one_edited_pair_changes_its_own_page_and_no_anchor(book: TinyProject) -> None:
    before = files(book)
    book.write("content/w/text.md", TEXT.replace("Two mountains", "Two hills"))
    after = files(book)
    assert {name for name in before if before[name] != after[name]} == {
        "text/pair-2.xhtml",
        "text/colophon.xhtml",  # the hash of the content
        "content.opf",  # the instant of the release
    }
    assert anchors(before) == anchors(after)
    (earlier,), (later,) = (metas(each, "dcterms:modified") for each in (before, after))
    assert earlier != later
    assert earlier[:10] == later[:10]


def test_a_new_pair_word_and_note_before_all_others_move_no_anchor(book: TinyProject) -> None:
    book.write("content/w/glossary.csv", "term,pinyin,english\n山,shān,mountain\n水,shuǐ,water\n")
    before = anchors(files(book))
    book.write(
        "content/w/text.md",
        TEXT.replace(
            "> 山高。\n", "> ## 头 ^0a\n\nHead\n\n> 水。 ^0b\n\nWater.[^new]\n\n> 山高。\n"
        )
        + "\n[^new]: New.\n",
    )
    after = anchors(files(book))
    # The contents number their lines; what the new heading heads has moved to its page.
    moved = {anchor for anchor in before - after if not anchor.startswith("nav.xhtml")}
    assert {anchor.partition("#")[0] for anchor in moved} == {"text/pair-0.xhtml"}
    ids = {anchor.partition("#")[2] for anchor in after}
    assert {"pair-1", "row-1-1", "note-high", "reference-high", "term-5c71"} <= ids
    assert {anchor for anchor in before if "pair-2.xhtml" in anchor} <= after


def test_every_link_has_its_way_back(book: TinyProject) -> None:
    book.write("content/w/glossary.csv", "term,pinyin,english\n山,shān,mountain\n水,shuǐ,water\n")
    made = files(book)
    first, second = (made[f"text/pair-{n}.xhtml"].decode() for n in (0, 2))
    glossary = made["text/glossary.xhtml"].decode()
    # The section where a word is new explains it; another has its entry, too, for popups.
    assert first.count('href="#word-1-term-5c71"') == 2
    assert 'id="word-1-term-5c71"' in first
    assert second.count('href="#word-2-term-5c71"') == 1
    assert 'id="word-2-term-5c71"' in second
    for text in (first, second):
        assert 'href="glossary.xhtml#term-5c71"' in text
    assert 'href="pair-0.xhtml#word-1-term-5c71"' in glossary
    assert (
        re.findall(r'href="([^"]*)#pair-([13])"', glossary)
        == [
            ("pair-0.xhtml", "1"),
            ("pair-2.xhtml", "3"),
        ]
        * 2
    )
    assert 'href="#note-high"' in first
    assert 'href="#reference-high"' in first


def test_a_word_met_before_says_where_it_stands_in_its_section(book: TinyProject) -> None:
    second = etree.fromstring(files(book)["text/pair-2.xhtml"])
    (entry,) = second.findall(".//{*}div[@id='word-2-term-5c71']")
    assert [link.get("href") for link in entry.iter("{*}a")] == [
        "glossary.xhtml#term-5c71",
        "#pair-2",
        "#pair-3",
    ]


def test_glossary_and_index_lead_to_each_other_sense_by_sense(book: TinyProject) -> None:
    book.write(
        "content/w/glossary.csv",
        "term,pinyin,english,note\n山,shān,mountain; a hill,No *hill*\n水,shuǐ,water,\n",
    )
    book.write("content/editions.toml", EDITION + "index = true\n")
    made = files(book)
    glossary, index = (
        etree.fromstring(made[f"text/{name}.xhtml"]) for name in ("glossary", "index")
    )
    (entry,) = glossary.findall(".//{*}div[@id='term-5c71']")
    senses = [link for link in entry.iter("{*}a") if "index" in link.get("href")]
    assert [sense.text for sense in senses] == ["mountain", "a hill"]
    for sense in senses:
        (line,) = index.findall(f".//{{*}}p[@id='{sense.get('href').partition('#')[2]}']")
        assert line.text.strip() == sense.text
        assert [link.get("href") for link in line.iter("{*}a")] == ["glossary.xhtml#term-5c71"]
    assert "mountain; a hill. No hill" in " ".join("".join(entry.itertext()).split())


def test_a_hidden_gloss_stands_behind_its_sentence_s_number(book: TinyProject) -> None:
    book.write("content/editions.toml", EDITION + 'english = "tap"\n')
    page = etree.fromstring(files(book)["text/pair-0.xhtml"])
    pair = page.find(".//{*}div[@id='pair-1']")
    assert "".join("".join(pair.itertext()).split()) == "1山高。1山中有水。2"
    (gloss,) = page.xpath("//*[@id='gloss-1-1']")
    assert "".join(gloss.itertext()) == "1.2 There is water in them."
    (back,) = page.xpath("//*[@id='gloss-1-1']//@href")
    assert page.xpath("//*[@id=$id]", id=back.removeprefix("#"))


def test_a_vertical_book_turns_to_the_left_and_sets_short_numbers_upright(
    book: TinyProject,
) -> None:
    book.write("content/editions.toml", EDITION + 'writing = "vertical"\n')
    made = files(book)
    package = etree.fromstring(made["content.opf"])
    assert package.find("{*}spine").get("page-progression-direction") == "rtl"
    page = etree.fromstring(made["text/pair-2.xhtml"])
    assert page.get("class") == "vertical"
    assert page.xpath("//*[@class='upright']/text()") == ["2", "12"]
    assert etree.fromstring(made["text/colophon.xhtml"]).get("class") is None


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("gloss", "modes", "features", "summary"),
    [
        ("High.", ["textual"], [], "All text"),
        ("![A hill](a.png)", ["textual", "visual"], ["alternativeText"], "Every picture has"),
        ("![](a.png)", ["textual", "visual"], [], "Some pictures have no"),
    ],
    ids=["no picture", "described", "not described"],
)
def test_what_is_said_of_accessibility_is_true(
    gloss: str, modes: list[str], features: list[str], summary: str, book: TinyProject
) -> None:
    book.write("content/w/a.png", picture())
    book.write("content/w/text.md", TEXT.replace("The mountains are high.", gloss))
    made = files(book)
    assert metas(made, "schema:accessMode") == modes
    assert metas(made, "schema:accessModeSufficient") == ["textual"] * (summary[0] != "S")
    named = metas(made, "schema:accessibilityFeature")
    assert [name for name in named if name == "alternativeText"] == features
    assert not [name for name in named if "uby" in name]
    assert summary in metas(made, "schema:accessibilitySummary")[0]
    assert "conformsTo" not in made["content.opf"].decode()


@pytest.mark.parametrize(
    ("keys", "feature"),
    [
        ('pinyin = "all"', "fullRubyAnnotations"),
        ('pinyin = "all"\nonce = "section"', "rubyAnnotations"),
        ('pinyin = "unknown"', "rubyAnnotations"),
    ],
)
def test_readings_are_named_as_far_as_they_go(keys: str, feature: str, book: TinyProject) -> None:
    book.write("content/editions.toml", f"{EDITION}{keys}\n")
    made = files(book)
    assert feature in metas(made, "schema:accessibilityFeature")
    page = etree.fromstring(made["text/pair-2.xhtml"])
    for ruby in page.iter("{*}ruby"):
        assert [child.tag.rpartition("}")[2] for child in ruby] == ["rp", "rt", "rp"]


def test_without_embedded_fonts_there_are_none(book: TinyProject) -> None:
    assert any(name.startswith("fonts/") for name in files(book))
    book.write("content/editions.toml", EDITION + "embed = false\n")
    made = files(book)
    assert not any(name.startswith("fonts/") for name in made)
    assert b"@font-face" not in made["styles/stylesheet1.css"]


def test_no_font_is_obfuscated(book: TinyProject) -> None:
    made = files(book)
    assert "META-INF/encryption.xml" not in made
    for name, data in made.items():
        if name.startswith("fonts/"):
            assert data[:4] in (b"OTTO", b"\0\1\0\0")


def test_people_stand_in_both_scripts_with_their_roles(book: TinyProject) -> None:
    people = '[[creator]]\nzh = "李"\nen = "Li"\nrole = "trl"\n[[creator]]\nen = "A. Lee"\n'
    book.write("content/w/work.toml", WORK + people)
    made = files(book)
    package = etree.fromstring(made["content.opf"])
    assert package.findtext(f".//{DC}creator") == "A. Lee"
    assert package.findtext(f".//{DC}contributor") == "李"
    assert metas(made, "alternate-script") == ["In the Mountains", "Li"]
    assert metas(made, "role") == ["aut", "trl"]


def test_the_same_book_is_made_twice(book: TinyProject) -> None:
    (job,) = plan(book.project, formats=(Format.EPUB,))
    assert run(job) == run(replace(job))


def test_a_page_list_leads_to_where_the_pages_of_print_begin(book: TinyProject) -> None:
    pairs = "".join(f"> 山{n}高。 ^{n}\n\nMountain {n} is high.\n\n" for n in range(10, 60))
    book.write("content/w/text.md", TEXT.replace("[^high]: Very", f"{pairs}[^high]: Very"))
    book.write("content/editions.toml", EDITION + "page_list = true\n")
    (job,) = plan(book.project, formats=(Format.EPUB,))
    with pypdfium2.PdfDocument(run(replace(job, format=Format.PDF))) as pdf:
        printed = [page.get_textpage().get_text_range() for page in pdf]
    made = files(book)
    nav = etree.fromstring(made["nav.xhtml"])
    listed = {
        int(link.text): link.get("href")
        for link in nav.xpath("//*[@role='doc-pagelist']//*[@href]")
    }
    assert len(listed) > 3
    for number, href in listed.items():
        file, _, anchor = href.partition("#")
        (mark,) = etree.fromstring(made[file]).xpath("//*[@id=$id]", id=anchor)
        assert mark.get("role") == "doc-pagebreak"
        *_, begins = mark.xpath("ancestor::*[starts-with(@id, 'pair-')]//*[@lang='en']/text()")
        assert begins in printed[number - 1], number
    assert "pageNavigation" in metas(made, "schema:accessibilityFeature")
    assert metas(made, "pageBreakSource") == ["w-study.pdf"]


@pytest.mark.parametrize("writing", ["horizontal", "vertical"])
def test_zhuyin_is_ruby_by_character_with_its_tone_apart(book: TinyProject, writing: str) -> None:
    keys = f'pinyin = "all"\nspelling = "zhuyin"\nwriting = "{writing}"\n'
    book.write("content/editions.toml", EDITION + keys)
    made = files(book)
    page = next(data.decode() for data in made.values() if b'id="pair-1"' in data)
    rubies = re.findall(r"<ruby>.*?</ruby>", page)
    lang = 'lang="zh-Bopo" xml:lang="zh-Bopo"'
    tone = '<span class="tone">ˇ</span>'
    assert f"<ruby>山<rp>(</rp><rt {lang}>ㄕㄢ</rt><rp>)</rp></ruby>" in rubies
    assert f"<ruby>水<rp>(</rp><rt {lang}>ㄕㄨㄟ{tone}</rt><rp>)</rp></ruby>" in rubies
    assert f'<span class="zhuyin" {lang}>ㄕㄢ</span>' in made["text/glossary.xhtml"].decode()
    style = next(data for name, data in made.items() if name.endswith(".css")).decode()
    assert ("position: absolute" in style) == (writing == "horizontal")
