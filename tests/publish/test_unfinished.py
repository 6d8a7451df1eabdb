"""What a reader sees of a gloss that is outdated or missing, in print and on e-readers."""

import re

import pytest

from tests.builder import TinyProject

TEXT = """> # 山中 ^0

In the Mountains

<!-- was: 山低。 -->
> 山高。 ^1

The mountains are low.

> 水长。 ^2

<!-- was: 火。 -->
> ## 天 ^3

The Fire

> 路远。 ^4

The road is long.
"""
STALE, MISSING = "[translated from an earlier source]", "[not yet translated]"


@pytest.fixture(params=["pdf", "epub"])
def format_(request: pytest.FixtureRequest, unset: None) -> str:
    """A format whose page is written as it is."""
    return str(request.param)


def page(project: TinyProject, format_: str, stale: str) -> str:
    """The body of the page that an edition is made from."""
    project.write("content/w/text.md", TEXT)
    edition = f'[[edition]]\nname = "study"\nformats = ["{format_}"]\nstale = "{stale}"\n'
    project.write("content/editions.toml", edition)
    assert project.build().exit_code == 0
    text = (project.project.output / f"w/w-study.{format_}").read_text("utf-8")
    return text.partition("</head>")[2] or text


def pairs(text: str) -> dict[str, str]:
    """What stands from the anchor of each pair to the next one's."""
    _, *parts = re.split(r"(?:id=\"|\{#)pair-(\d)", text)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_marked_beside_the_gloss_or_in_its_place(format_: str, project: TinyProject) -> None:
    text = page(project, format_, "mark")
    shown = pairs(text)
    assert [id_ for id_, text in shown.items() if STALE in text] == ["1", "3"]
    assert [id_ for id_, text in shown.items() if MISSING in text] == ["2"]
    assert "The mountains are low." in shown["1"]
    assert "The Fire" in text


def test_left_out_with_the_source_in_its_place(format_: str, project: TinyProject) -> None:
    text = page(project, format_, "omit")
    assert STALE not in text
    assert MISSING not in text
    assert "The mountains are low." not in text
    assert "The Fire" not in text
    for source in ("山高。", "水长。", "天", "路远。", "The road is long."):
        assert source in re.sub(r"<[^>]+>", "", text)


def test_e_002_refused_without_touching_what_was_built(project: TinyProject, unset: None) -> None:
    page(project, "pdf", "mark")
    built = (project.project.output / "w/w-study.pdf").read_bytes()
    project.write("content/editions.toml", '[[edition]]\nname = "study"\nstale = "fail"\n')
    result = project.build()
    assert result.exit_code == 1
    assert re.findall(r"e-002: the pair \^(\d) has (\w+)", result.stderr) == [
        ("1", "an"),
        ("2", "no"),
        ("3", "an"),
    ]
    assert (project.project.output / "w/w-study.pdf").read_bytes() == built
