"""``docs/format.md``: its examples are right, and no key or column is left out."""

import re
from pathlib import Path

import pytest

from diglot.config import (
    Creator,
    Edition,
    Fonts,
    Source,
    Title,
    WorkInfo,
    read_editions,
    read_work_info,
)
from diglot.config.strict import Table
from diglot.config.work import Normalize
from diglot.pairs.glossary import COLUMNS, read_glossary
from diglot.pairs.parse import parse

TEXT = (Path(__file__).parents[1] / "docs" / "format.md").read_text(encoding="utf-8")


def examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.M | re.S)


@pytest.mark.parametrize("example", examples("markdown"))
def test_an_example_of_a_text_has_no_problems(example: str) -> None:
    parsed = parse((example, "text.md"))
    assert parsed.text.pairs
    assert parsed.problems == ()
    assert all(pair.aligned for pair in parsed.text.pairs)


def test_the_example_of_a_glossary_has_no_problems() -> None:
    (example,) = examples("csv")
    terms, problems = read_glossary(example.encode(), "glossary.csv")
    assert (len(terms), problems) == (3, ())


def test_the_examples_of_settings_are_read() -> None:
    work, editions = examples("toml")
    assert read_work_info(work.encode(), "work.toml").title
    assert len(read_editions(editions.encode(), "editions.toml")) == 2


@pytest.mark.parametrize("table", [WorkInfo, Title, Creator, Source, Fonts, Normalize, Edition])
def test_every_key_is_described(table: type[Table]) -> None:
    described = set(re.findall(r"`\[*([a-z_]+)\]*`", TEXT))
    assert set(table.__struct_fields__) - described == set()


def test_every_column_is_described() -> None:
    assert set(COLUMNS) <= set(re.findall(r"`([a-z]+)`", TEXT))
