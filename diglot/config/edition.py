"""``editions.toml``: what every work is made into, unless it names its own editions."""

from enum import StrEnum
from typing import Annotated

import msgspec
import regex

from diglot.config.strict import Table, line_of, read_toml
from diglot.errors import DiglotError, Place, Problem
from diglot.model import Script


class Layout(StrEnum):
    """How the two languages stand to each other on a page."""

    PARALLEL = "parallel"  # two columns, a row a sentence
    INTERLEAVED = "interleaved"  # each sentence above its gloss
    FACING = "facing"  # Chinese on the left page, English on the right one
    INTERLINEAR = "interlinear"  # below each word its pinyin and sense


class Format(StrEnum):
    """What is made of an edition."""

    PDF = "pdf"
    EPUB = "epub"
    BOOKLET = "booklet"  # the PDF's pages on sheets to be folded
    COVER = "cover"  # of the printed booklet: back, spine and front
    ANKI = "anki"  # the vocabulary as cards
    CSV = "csv"  # the vocabulary as a sheet
    AZW3 = "azw3"  # the EPUB converted for Kindles
    KEPUB = "kepub"  # the EPUB converted for Kobos
    WEB = "web"  # a page on which the reader chooses

    @property
    def ending(self) -> str:
        """What follows the edition's name in its file's name."""
        return _ENDINGS.get(self.value, f".{self.value}")

    @property
    def base(self) -> "Format":
        """The format that it is made of: itself, or the one that it is converted from."""
        if self in (Format.AZW3, Format.KEPUB):
            return Format.EPUB
        return Format.PDF if self in (Format.BOOKLET, Format.COVER) else self


_ENDINGS = {
    "booklet": "-booklet.pdf",
    "cover": "-cover.pdf",
    "anki": ".apkg",
    "kepub": ".kepub.epub",
    "web": ".html",
}


class Paper(StrEnum):
    """Paper sizes that the print templates are laid out for: ISO 216 and ANSI Y14.1."""

    A6 = "A6"
    B6 = "B6"
    A5 = "A5"
    HALF_LETTER = "half-letter"
    B5 = "B5"
    A4 = "A4"
    LETTER = "letter"

    @property
    def size(self) -> tuple[float, float]:
        """Its width and its height, in millimetres."""
        return _SIZES[self]


class Sheet(StrEnum):
    """What booklets are printed on and folded once; see also ISO 216 and ANSI Y14.1."""

    A5 = "A5"
    B5 = "B5"
    A4 = "A4"
    B4 = "B4"
    A3 = "A3"
    LETTER = "letter"
    TABLOID = "tabloid"

    @property
    def size(self) -> tuple[float, float]:
        """Its shorter and its longer side, in millimetres."""
        return _SIZES[self]


_SIZES = {
    "A6": (105.0, 148.0),
    "B6": (125.0, 176.0),
    "A5": (148.0, 210.0),
    "half-letter": (139.7, 215.9),
    "B5": (176.0, 250.0),
    "A4": (210.0, 297.0),
    "B4": (250.0, 353.0),
    "A3": (297.0, 420.0),
    "letter": (215.9, 279.4),
    "tabloid": (279.4, 431.8),
}
_TWICE = {
    Paper.A6: Sheet.A5,
    Paper.B6: Sheet.B5,
    Paper.HALF_LETTER: Sheet.LETTER,
    Paper.A5: Sheet.A4,
    Paper.B5: Sheet.B4,
    Paper.A4: Sheet.A3,
    Paper.LETTER: Sheet.TABLOID,
}
_LEAST = 0.8  # of a page's size on its sheet: notes of 7.5 points stay readable


class Front(StrEnum):
    """What stands before the text."""

    SHORT = "short"  # title page and contents
    FULL = "full"  # half title, title page, copyright page and contents, as a publisher has them


class Binding(StrEnum):
    """How the leaves of a booklet are held together."""

    STAPLED = "stapled"  # through the fold
    GLUED = "glued"  # to a spine


class Conforms(StrEnum):
    """Which standard a PDF declares to follow."""

    NONE = ""
    UA_1 = "pdf/ua-1"  # accessibility, ISO 14289-1
    A_2A = "pdf/a-2a"  # archives, ISO 19005-2, with the structure
    A_2U = "pdf/a-2u"  # with the text only


class Starts(StrEnum):
    """Where sections begin."""

    RUN = "run"  # below the section before
    PAGE = "page"
    RECTO = "recto"  # a right-hand page


class Words(StrEnum):
    """Which words a help is given for."""

    NONE = "none"
    TERMS = "terms"  # those of the glossary
    UNKNOWN = "unknown"  # those that the reader does not know
    ALL = "all"


class GlossesAt(StrEnum):
    """Where words are explained in print."""

    BACK = "back"  # in lists, behind each section
    FOOT = "foot"  # of their page
    MARGIN = "margin"  # beside their sentence, on the outer side


class Once(StrEnum):
    """Where a word gets its reading only the first time."""

    NEVER = ""
    SPREAD = "spread"  # two pages that face each other; on a screen, a section
    SECTION = "section"
    BOOKLET = "booklet"


class Spelling(StrEnum):
    """How readings are spelled."""

    MARKS = "marks"  # pinyin with tone marks
    NUMBERS = "numbers"  # pinyin with tone numbers
    ZHUYIN = "zhuyin"  # beside each character


class English(StrEnum):
    """Where an e-reader has the English."""

    SHOWN = "shown"
    TAP = "tap"  # behind the number of its sentence


class Writing(StrEnum):
    """Which way an e-reader's lines run."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"  # from right to left


class Stale(StrEnum):
    """What an edition does with a gloss that is outdated or missing."""

    MARK = "mark"
    OMIT = "omit"
    FAIL = "fail"


class Edition(Table, frozen=True, kw_only=True):
    """One way to publish a work."""

    name: str
    script: Script = Script.SOURCE
    layout: Layout = Layout.PARALLEL
    formats: tuple[Format, ...] = (Format.PDF, Format.EPUB)
    paper: Paper = Paper.A5
    stale: Stale = Stale.MARK
    pinyin: Words = Words.NONE
    glosses: Words = Words.TERMS
    known: tuple[str, ...] = ()
    once: Once = Once.NEVER
    spelling: Spelling = Spelling.MARKS
    sandhi: bool = False
    hanging: bool = False
    sheet: Sheet | None = None
    signature: Annotated[int, msgspec.Meta(ge=0, multiple_of=4)] = 0
    changes: str = ""
    index: bool = False
    english: English = English.SHOWN
    writing: Writing = Writing.HORIZONTAL
    embed: bool = True
    page_list: bool = False
    front: Front = Front.SHORT
    starts: Starts = Starts.PAGE
    bleed: Annotated[float, msgspec.Meta(ge=0, le=10)] = 0
    marks: bool = False
    glosses_at: GlossesAt = GlossesAt.BACK
    exercises: bool = False
    binding: Binding = Binding.STAPLED
    conforms: Conforms = Conforms.NONE
    thickness: Annotated[float, msgspec.Meta(gt=0, le=1)] = 0.1

    @property
    def read(self) -> Words:
        """Which words get a reading: between lines all, if it names none."""
        unsaid = self.layout is Layout.INTERLINEAR and self.pinyin is Words.NONE
        return Words.ALL if unsaid else self.pinyin

    @property
    def zhuyin(self) -> bool:
        """Whether zhuyin stands beside characters of the text."""
        return self.spelling is Spelling.ZHUYIN and self.read in (Words.ALL, Words.UNKNOWN)

    @property
    def booklet_sheet(self) -> Sheet:
        """What its booklet is printed on: twice the paper, if it names no other."""
        return self.sheet or _TWICE[self.paper]


class Shelf(Table, frozen=True, kw_only=True):
    """``[shelf]``: where the output folder will be served; empty if that is not known."""

    url: Annotated[
        str,
        msgspec.Meta(
            pattern=r"^(https?://[^\s<>\"{}|\\^`?#]+)?$",
            description="an address that begins http:// or https://, without ? and #",
        ),
    ] = ""


class _Editions(Table, frozen=True, kw_only=True):
    shelf: Shelf = Shelf()
    edition: tuple[Edition, ...] = ()


_NAME = regex.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def read_editions(data: bytes, path: str) -> tuple[Edition, ...]:
    """Read the ``[[edition]]`` tables of a file.

    Raises:
        DiglotError: ``c-001`` … ``c-003`` as for any TOML, ``c-004`` for a name that cannot be a
            file's name or stands twice, ``c-005`` for a sheet that is too small,
            ``c-006`` for glosses where the layout has no place for them.
    """
    editions = read_toml(data, path, _Editions).edition
    check_editions(editions, data, path)
    return editions


def read_shelf(data: bytes, path: str) -> Shelf:
    """Read the table ``[shelf]`` of the same file.

    Raises:
        DiglotError: ``c-001`` … ``c-003`` as for any TOML.
    """
    return read_toml(data, path, _Editions).shelf


def check_editions(editions: tuple[Edition, ...], data: bytes, path: str) -> None:
    """Refuse names that cannot tell editions apart, and sheets that hold no two pages.

    Raises:
        DiglotError: ``c-004`` … ``c-006``.
    """
    text = data.decode("utf-8-sig")

    def place(nth: int, key: str) -> Place:
        return Place(path, line_of(text, ["edition", key], ["edition", f"[{nth}]", key]))

    taken: dict[str, str] = {}
    for nth, edition in enumerate(editions):
        _check_name(edition, taken, place(nth, "name"))
        _check_sheet(edition, place(nth, "sheet"))
        _check_glosses(edition, place(nth, "glosses_at"))


def _check_name(edition: Edition, taken: dict[str, str], place: Place) -> None:
    name = edition.name
    if not _NAME.fullmatch(name):
        message = f"“{name}” cannot be the name of an edition"
        hint = "It becomes part of a file name: use letters, digits, hyphens and underscores."
        raise DiglotError(Problem("c-004", message, hint, place))
    # Where a file's case does not count; the booklet of “a” is the file “a-booklet”.
    own = name.casefold()
    apart = (Format.BOOKLET, Format.COVER)
    stems = [own, *(f"{own}-{each}" for each in apart if each in edition.formats)]
    for other in [taken[stem] for stem in stems if stem in taken]:
        message = f"an edition before this one is called “{name}” too"
        if other.casefold() != own:
            message = f"“{name}” and the edition “{other}” before it would be written to one file"
        raise DiglotError(Problem("c-004", message, "Rename one of them.", place))
    taken.update(dict.fromkeys(stems, name))


def _check_glosses(edition: Edition, place: Place) -> None:
    own = (Layout.PARALLEL, Layout.INTERLEAVED)
    if edition.layout not in own and edition.glosses_at is not GlossesAt.BACK:
        where = {GlossesAt.FOOT: "at the foot", GlossesAt.MARGIN: "in the margin"}
        message = f"the layout {edition.layout} explains no words {where[edition.glosses_at]}"
        hint = 'Leave glosses_at out, or choose layout = "parallel" or "interleaved".'
        raise DiglotError(Problem("c-006", message, hint, place))


def _check_sheet(edition: Edition, place: Place) -> None:
    sheet, usual = edition.booklet_sheet, _TWICE[edition.paper]
    (short, long), (width, height) = sheet.size, edition.paper.size
    scale = min(long / 2 / width, short / height)
    if scale < _LEAST:
        message = f"a page of {edition.paper} is too large for half a sheet of {sheet}"
        hint = f"Leave the sheet out: it is then {usual}. Or name a smaller paper."
        raise DiglotError(Problem("c-005", message, hint, place))
