"""Words explained on their page: which row gets which."""

import pytest

from diglot.compose.booklet import Booklet
from diglot.compose.compose import compose
from tests.builder import TinyProject

TEXT = """> # 山中 ^0

In the Mountains

> 山高。
> 水长，山水长。 ^1

The mountains are high.
The rivers are long.

> ## 水边 ^2

By the Water

> 水清。
> 山高。 ^3

The mountains are high and the water is clear.
"""
GLOSSARY = "term,pinyin,english\n山,shān,mountain\n水,shuǐ,water\n"


def composed(project: TinyProject, settings: str) -> Booklet:
    project.write("content/w/text.md", TEXT)
    project.write("content/w/glossary.csv", GLOSSARY)
    project.write("content/editions.toml", f'[[edition]]\nname = "study"\n{settings}\n')
    (edition,) = project.project.editions()
    return compose(project.work(), edition)


def explained(booklet: Booklet) -> list[str]:
    """The words that are explained beside each row."""
    rows = [row for section in booklet.sections for block in section.blocks for row in block.rows]
    return ["".join(gloss.term for gloss in row.glosses) for row in rows]


@pytest.mark.parametrize("place", ["foot", "margin"])
@pytest.mark.parametrize(
    ("once", "expected"),
    [
        ("", ["山", "水", ""]),
        ('once = "booklet"', ["山", "水", ""]),
        ('once = "section"', ["山", "水", "水山"]),
        ('once = "spread"', ["山", "水山", "水山"]),
    ],
    ids=["the first time", "a booklet", "a section", "a spread, as the typesetter will see"],
)
def test_a_word_is_explained_where_it_first_stands(
    project: TinyProject, place: str, once: str, expected: list[str]
) -> None:
    made = composed(project, f'glosses_at = "{place}"\n{once}')
    assert explained(made) == expected


def test_a_row_explains_what_its_reader_does_not_know(project: TinyProject) -> None:
    settings = 'glosses_at = "foot"\nglosses = "unknown"\nknown = ["hsk:1"]\nonce = "section"'
    assert explained(composed(project, settings)) == ["", "长", "清"]


def test_lists_behind_sections_leave_rows_alone(project: TinyProject) -> None:
    assert explained(composed(project, "")) == ["", "", ""]


def test_e_readers_have_their_vocabularies_all_the_same(project: TinyProject) -> None:
    made = composed(project, 'glosses_at = "margin"')
    terms = [e.term for section in made.sections for group in section.vocabulary for e in group]
    assert terms == ["山", "水"]
