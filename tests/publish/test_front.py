"""What stands before the text, and where sections begin."""

import re

import pytest

from tests.builder import TEXT, TinyProject

PARTS = "half-title", "title-page", "imprint", "contents", "section", "back"


@pytest.fixture
def project(project: TinyProject, unset: None) -> TinyProject:
    return project


def page(project: TinyProject, settings: str) -> str:
    """The page of an edition, as it goes to the typesetter."""
    project.write(
        "content/editions.toml", f'[[edition]]\nname = "study"\nformats = ["pdf"]\n{settings}\n'
    )
    assert project.build().exit_code == 0
    return (project.root / "output/w/w-study.pdf").read_text("utf-8")


def parts(text: str) -> list[str]:
    body = text[text.index("<body") :]
    found = re.findall(r'<(?:section|nav) class="([\w-]+)', body)
    return [name for name in found if name in PARTS]


def test_a_booklet_to_print_at_home_begins_with_title_and_contents(project: TinyProject) -> None:
    assert parts(page(project, "")) == ["title-page", "contents", "section", "back", "back"]


def test_a_book_has_a_half_title_and_a_copyright_page(project: TinyProject) -> None:
    text = page(project, 'front = "full"')
    assert parts(text)[:4] == ["half-title", "title-page", "imprint", "contents"]
    assert ".contents { break-before: right; }" in text
    assert "<!-- part recto -->\n<main>" in text
    imprint = text[text.index('class="imprint"') : text.index('class="contents"')]
    assert re.findall(r'<dt>.*?"en" lang="en">([^<]*)', imprint) == [
        "Title",
        "Edition",
        "Date of the source",
        "Text revised",
        "Identifier",
    ]


def test_what_the_copyright_page_says_the_colophon_does_not_say_again(project: TinyProject) -> None:
    def colophon(settings: str) -> list[str]:
        text = page(project, settings)
        last = text[text.rindex('id="colophon"') :]
        return re.findall(r'<dt>.*?"en" lang="en">([^<]*)', last)

    assert colophon('front = "full"') == ["Content hash", "Fonts", "Made with"]
    assert {"Title", "Edition", "Identifier", "Fonts"} <= set(colophon(""))


@pytest.mark.parametrize(
    ("settings", "between"),
    [
        ("", "<!-- part -->"),
        ('starts = "page"', "<!-- part -->"),
        ('starts = "recto"', "<!-- part recto -->"),
        ('starts = "run"', ""),
    ],
)
def test_sections_begin_where_the_edition_says(
    project: TinyProject, settings: str, between: str
) -> None:
    project.write("content/w/text.md", TEXT + "\n> ## 水 ^2\n\nWater\n")
    sections = page(project, settings).partition("<main>")[2].rpartition("</main>")[0]
    assert re.findall("<!-- part.* -->", sections) == [between] * bool(between)
