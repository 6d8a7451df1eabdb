"""TOML is read strictly: what is not known or does not fit is told with its line and a hint."""

import pytest

from diglot.config import Edition, read_editions, read_work_info
from diglot.errors import DiglotError

EDITION = '[[edition]]\nname = "a"\n'
WORK = 'script = "hans"\nidentifier = "urn:uuid:8c0f9a52-5d0e-4d0b-9b1c-2f3f6f0c7a11"\n'
SEE = "docs/format.md describes every key and its values."


def edition(text: str | bytes) -> str:
    """Why ``editions.toml`` is refused, without the file's name."""
    with pytest.raises(DiglotError) as caught:
        read_editions(text.encode() if isinstance(text, str) else text, "e.toml")
    return str(caught.value).removeprefix("e.toml:")


def work(text: str) -> str:
    """Why a ``work.toml`` that goes on like this below its first two lines is refused."""
    with pytest.raises(DiglotError) as caught:
        read_work_info((WORK + text).encode(), "w.toml")
    return str(caught.value).removeprefix("w.toml:")


@pytest.mark.parametrize(
    ("text", "line", "what", "hint"),
    [
        (b'\xef\xbb\xbfname = "\xff"', 1, "this is not UTF-8", "Save the file as UTF-8."),
        ("# \x0c", 1, "the control character U+000C cannot be printed", "Delete it."),
        (
            "\nname = = 1",
            2,
            "this is not well-formed TOML: Invalid value",
            'A line is key = "value"; a table is [name].',
        ),
        (
            f"{EDITION}{EDITION}name = 'b'\n",
            5,
            "this is not well-formed TOML: Cannot overwrite a value",
            'A line is key = "value"; a table is [name].',
        ),
        (
            'name = """a\n\n',
            3,
            "this is not well-formed TOML: Unterminated string",
            'A line is key = "value"; a table is [name].',
        ),
        (
            f"name = {'[' * 5000}",
            1,
            "this is not well-formed TOML: maximum recursion depth exceeded",
            'A line is key = "value"; a table is [name].',
        ),
    ],
    ids=["bytes", "control character", "syntax", "twice", "end of file", "too deep"],
)
def test_c_001_what_is_no_toml(text: str | bytes, line: int, what: str, hint: str) -> None:
    said = edition(text)
    assert said.startswith(f"{line}: error c-001: {what}")
    assert said.endswith(f"\n  Hint: {hint}")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (edition, (EDITION + 'scrpt = "hans"', "3", "scrpt", "Did you mean “script”?")),
        (
            edition,
            (
                EDITION + "x = 1",
                "3",
                "x",
                f"Known keys: {', '.join(Edition.__struct_fields__)}.",
            ),
        ),
        (edition, ("[[editions]]\n", "1", "editions", "Did you mean “edition”?")),
        (
            edition,
            (
                EDITION + '\n# papr\n[[edition]]\nname = "b"\npapr = 1',
                "7",
                "papr",
                "Did you mean “paper”?",
            ),
        ),
        (work, ('datum = "2019"', "3", "datum", "Did you mean “date”?")),
        (work, ('[title]\nzh = "a"\nenn = "b"', "5", "enn", "Did you mean “en”?")),
        (
            work,
            ('[[creator]]\nen = "a"\n[[creator]]\nrol = 1', "6", "rol", "Did you mean “role”?"),
        ),
        (work, ('title.zhh = "a"', "3", "zhh", "Did you mean “zh”?")),
        (work, ('"dat e" = 1', "3", "dat e", "Did you mean “date”?")),
    ],
)
def test_c_002_a_key_that_is_not_known(said: object, expected: tuple[str, str, str, str]) -> None:
    text, line, key, hint = expected
    assert callable(said)
    assert said(text) == f"{line}: error c-002: the key “{key}” is not known here\n  Hint: {hint}"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            EDITION + 'script = "han"',
            "3: error c-003: edition.script: invalid enum value 'han'",
            "It is one of source, hans, hant, hant-tw, hant-hk.",
        ),
        (
            EDITION + 'layout = "sideways"',
            "3: error c-003: edition.layout: invalid enum value 'sideways'",
            "It is one of parallel, interleaved, facing, interlinear.",
        ),
        (
            EDITION + 'formats = ["pdf", "mobi"]',
            "3: error c-003: edition.formats: invalid enum value 'mobi'",
            "It is one of pdf, epub, booklet, cover, anki, csv, azw3, kepub, web.",
        ),
        (
            EDITION + 'paper = "a5"',
            "3: error c-003: edition.paper: invalid enum value 'a5'",
            "It is one of A6, B6, A5, half-letter, B5, A4, letter.",
        ),
        (
            EDITION + '\n[[edition]]\nname = "b"\nstale = "skip"',
            "6: error c-003: edition.stale: invalid enum value 'skip'",
            "It is one of mark, omit, fail.",
        ),
        (
            EDITION + 'formats = "pdf"',
            "3: error c-003: edition.formats: expected a list, got a text in quotes",
            SEE,
        ),
        (
            EDITION + 'sheet = "A6"',
            "3: error c-003: edition.sheet: invalid enum value 'A6'",
            "It is one of A5, B5, A4, B4, A3, letter, tabloid.",
        ),
        (
            EDITION + "signature = 6",
            "3: error c-003: edition.signature: expected a whole number that's a multiple of 4",
            SEE,
        ),
        (
            EDITION + "signature = -4",
            "3: error c-003: edition.signature: expected a whole number >= 0",
            SEE,
        ),
        (
            '[edition]\nname = "a"',
            "1: error c-003: edition: expected a list, got a table",
            "Write [[edition]] with two brackets: there may be several.",
        ),
        (
            EDITION + '[[edition]]\nscript = "hans"',
            "3: error c-003: the key “name” is missing in [edition]",
            "Add name = …; docs/format.md describes every key.",
        ),
        (
            EDITION.replace('"a"', "1"),
            "2: error c-003: edition.name: expected a text in quotes, got a whole number",
            SEE,
        ),
    ],
)
def test_c_003_a_value_that_does_not_fit_an_edition(text: str, message: str, hint: str) -> None:
    assert edition(text) == f"{message}\n  Hint: {hint}"


DATE = 'a year, a month or a day: "2024", "2024-05" or "2024-05-31"'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("date = 2024", "3: error c-003: date: expected a text in quotes, got a whole number"),
        ('date = "2024-5"', f"3: error c-003: date: expected {DATE}"),
        ('date = "2024-13"', f"3: error c-003: date: expected {DATE}"),
        ("revised = 2024-05-31T10:00:00", f"3: error c-003: revised: expected {DATE}"),
        (
            '[title]\nzh = "a"\nen = "b"\neditorial = "yes"',
            "6: error c-003: title.editorial: expected true or false, got a text in quotes",
        ),
        (
            '[[creator]]\nen = "a"\nrole = "author"',
            "5: error c-003: creator.role: expected three letters, such as aut (author), "
            "trl (translator) or edt (editor)",
        ),
        (
            '[[source]]\ntext = "a"\nurl = "javascript:x"',
            "5: error c-003: source.url: expected an address that begins http:// or https://",
        ),
        (
            '[[source]]\ntext = "a"\nurl = "https://example.org/<b>"',
            "5: error c-003: source.url: expected an address that begins http:// or https://",
        ),
        (
            "[fonts]\nhans = 1",
            "4: error c-003: fonts.hans: expected a text in quotes, got a whole number",
        ),
    ],
)
def test_c_003_a_value_that_does_not_fit_a_work(text: str, message: str) -> None:
    assert work(text) == f"{message}\n  Hint: {SEE}"


def test_c_003_an_identifier_is_a_uuid() -> None:
    with pytest.raises(DiglotError) as caught:
        read_work_info(b'script = "hans"\nidentifier = "978-7"', "w.toml")
    assert str(caught.value) == (
        "w.toml:2: error c-003: identifier: expected urn:uuid: and a UUID, as diglot new makes one"
        f"\n  Hint: {SEE}"
    )


def test_c_003_a_required_key_of_the_file_itself() -> None:
    with pytest.raises(DiglotError) as caught:
        read_work_info(b"", "w.toml")
    assert str(caught.value) == (
        "w.toml: error c-003: the key “script” is missing\n"
        "  Hint: Add script = …; docs/format.md describes every key."
    )


def test_c_003_no_escape_brings_in_a_control_character() -> None:
    assert work('rights = "\\u0001"') == (
        "w.toml: error c-003: the control character U+0001 cannot be printed\n"
        "  Hint: Delete its escape."
    ).removeprefix("w.toml:")


@pytest.mark.parametrize("name", ["", "a/b", "..", "山", "a b", "-a"])
def test_c_004_a_name_that_cannot_be_a_file_s(name: str) -> None:
    assert edition(f'{EDITION}\n[[edition]]\nname = "{name}"') == (
        f"5: error c-004: “{name}” cannot be the name of an edition\n"
        "  Hint: It becomes part of a file name: use letters, digits, hyphens and underscores."
    )


@pytest.mark.parametrize("name", ["a", "A"])
def test_c_004_a_name_that_another_edition_has(name: str) -> None:
    assert edition(f'{EDITION}\n[[edition]]\nname = "{name}"') == (
        f"5: error c-004: an edition before this one is called “{name}” too\n"
        "  Hint: Rename one of them."
    )


@pytest.mark.parametrize(
    ("before", "name"), [("a", "A-booklet"), ("A-booklet", "a")], ids=["after", "before"]
)
def test_c_004_a_name_that_another_edition_s_booklet_has(before: str, name: str) -> None:
    text = "".join(
        f'[[edition]]\nname = "{each}"\nformats = ["pdf", "booklet"]\n' for each in (before, name)
    )
    assert edition(text) == (
        f"5: error c-004: “{name}” and the edition “{before}” before it would be written to one "
        "file\n  Hint: Rename one of them."
    )


def test_c_004_names_of_booklets_do_not_count_where_none_is_made() -> None:
    text = '[[edition]]\nname = "a"\n[[edition]]\nname = "a-booklet"\n'
    assert [each.name for each in read_editions(text.encode(), "e.toml")] == ["a", "a-booklet"]


@pytest.mark.parametrize(
    ("paper", "sheet", "usual"),
    [
        ("A5", "A5", "A4"),
        ("A4", "A4", "A3"),
        ("B5", "A5", "B4"),
        ("letter", "letter", "tabloid"),
        ("A4", "letter", "A3"),
    ],
)
def test_c_005_a_sheet_on_which_pages_would_be_less_than_four_fifths_of_their_size(
    paper: str, sheet: str, usual: str
) -> None:
    assert edition(f'{EDITION}paper = "{paper}"\nsheet = "{sheet}"') == (
        f"4: error c-005: a page of {paper} is too large for half a sheet of {sheet}\n"
        f"  Hint: Leave the sheet out: it is then {usual}. Or name a smaller paper."
    )


def test_c_004_holds_for_a_work_s_own_editions() -> None:
    assert work(EDITION + EDITION) == (
        "6: error c-004: an edition before this one is called “a” too\n  Hint: Rename one of them."
    )


@pytest.mark.parametrize("mark", ["<<<<<<< ours", ">>>>>>> theirs", "||||||| base"])
def test_c_007_a_file_that_git_could_not_merge(mark: str) -> None:
    assert work(f"{mark}\n") == (
        "3: error c-007: there is an unresolved merge conflict here\n"
        "  Hint: Choose between the two versions and delete the lines <<<<<<<, =======, >>>>>>>; "
        "lines that both added may both stay."
    )


@pytest.mark.parametrize("layout", ["facing", "interlinear"])
@pytest.mark.parametrize(("place", "where"), [("foot", "at the foot"), ("margin", "in the margin")])
def test_c_006_words_explained_where_the_layout_has_no_place_for_them(
    layout: str, place: str, where: str
) -> None:
    assert edition(EDITION + f'layout = "{layout}"\nglosses_at = "{place}"\n') == (
        f"4: error c-006: the layout {layout} explains no words {where}\n"
        '  Hint: Leave glosses_at out, or choose layout = "parallel" or "interleaved".'
    )
