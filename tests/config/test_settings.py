"""What ``editions.toml`` and ``work.toml`` say, and what holds where they say nothing."""

import pytest

from diglot.config import (
    Creator,
    Edition,
    Fonts,
    Format,
    Front,
    Layout,
    Paper,
    Sheet,
    Source,
    Stale,
    Starts,
    Title,
    read_editions,
    read_work_info,
)
from diglot.model import Script

WORK = 'script = "hant"\nidentifier = "urn:uuid:8c0f9a52-5d0e-4d0b-9b1c-2f3f6f0c7a11"\n'


def test_an_edition_needs_only_a_name() -> None:
    assert read_editions(b'[[edition]]\nname = "study"', "e.toml") == (
        Edition(
            name="study",
            script=Script.SOURCE,
            layout=Layout.PARALLEL,
            formats=(Format.PDF, Format.EPUB),
            paper=Paper.A5,
            stale=Stale.MARK,
            sheet=None,
            signature=0,
        ),
    )


def test_an_edition_says_how_it_is_published() -> None:
    text = """[[edition]]
name = "hk"
script = "hant-hk"
layout = "interleaved"
formats = ["epub", "booklet"]
paper = "letter"
stale = "omit"
sheet = "A3"
signature = 16
front = "full"
starts = "recto"
bleed = 3
marks = true
"""
    assert read_editions(text.encode(), "e.toml") == (
        Edition(
            name="hk",
            script=Script.HANT_HK,
            layout=Layout.INTERLEAVED,
            formats=(Format.EPUB, Format.BOOKLET),
            paper=Paper.LETTER,
            stale=Stale.OMIT,
            sheet=Sheet.A3,
            signature=16,
            front=Front.FULL,
            starts=Starts.RECTO,
            bleed=3,
            marks=True,
        ),
    )


@pytest.mark.parametrize(
    ("said", "sheet"),
    [
        ("", Sheet.A4),
        ('paper = "A5"', Sheet.A4),
        ('paper = "A6"', Sheet.A5),
        ('paper = "B6"', Sheet.B5),
        ('paper = "half-letter"', Sheet.LETTER),
        ('paper = "B5"', Sheet.B4),
        ('paper = "A4"', Sheet.A3),
        ('paper = "letter"', Sheet.TABLOID),
        ('paper = "A5"\nsheet = "letter"', Sheet.LETTER),
        ('paper = "B5"\nsheet = "A4"', Sheet.A4),
    ],
)
def test_a_booklet_is_printed_on_twice_its_paper_unless_the_edition_names_a_sheet(
    said: str, sheet: Sheet
) -> None:
    (edition,) = read_editions(f'[[edition]]\nname = "a"\n{said}'.encode(), "e.toml")
    assert edition.booklet_sheet is sheet


def test_there_may_be_no_edition() -> None:
    assert read_editions(b"# none yet\n", "e.toml") == ()


def test_a_work_needs_only_its_script_and_identifier() -> None:
    info = read_work_info(WORK.encode(), "w.toml")
    assert info.script.script is Script.HANT
    assert (info.title, info.date, info.revised, info.creator, info.source) == (
        None,
        "",
        "",
        (),
        (),
    )
    assert (info.rights, info.cover, info.fonts, info.edition) == ("", "", Fonts(), ())
    assert (info.normalize.off, info.normalize.residue) == ((), "auto")


def test_a_work_says_what_it_is() -> None:
    text = """date = 2024-05-31
revised = "2024-06"
rights = "CC BY-SA 4.0"
cover = "cover.png"
title = { zh = "山", en = "Hills", editorial = true, short_en = "H" }
fonts = { hant = "Noto Serif TC" }
normalize = { off = ["quotes"], residue = "keep" }
[[creator]]
zh = "杜甫"
en = "Du Fu"
[[creator]]
en = "A. Lee"
role = "trl"
[[source]]
text = "A book"
licence = "public domain"
url = "https://example.org/a"
[[edition]]
name = "own"
"""
    info = read_work_info((WORK + text).encode(), "w.toml")
    assert (info.date, info.revised) == ("2024-05-31", "2024-06")
    assert info.title == Title(zh="山", en="Hills", editorial=True, short_en="H")
    assert info.creator == (Creator(zh="杜甫", en="Du Fu"), Creator(en="A. Lee", role="trl"))
    assert info.source == (
        Source(text="A book", licence="public domain", url="https://example.org/a"),
    )
    assert (info.rights, info.cover) == ("CC BY-SA 4.0", "cover.png")
    assert info.fonts == Fonts(hant="Noto Serif TC")
    assert (info.normalize.off, info.normalize.residue) == (("quotes",), "keep")
    assert [edition.name for edition in info.edition] == ["own"]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ('"2024"', "2024"),
        ('"2024-05"', "2024-05"),
        ('"2024-05-31"', "2024-05-31"),
        ("2024-05-31", "2024-05-31"),
    ],
)
def test_a_date_is_a_year_a_month_or_a_day(written: str, date: str) -> None:
    assert read_work_info(f"{WORK}date = {written}".encode(), "w.toml").date == date
