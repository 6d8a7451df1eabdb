"""The web: one page of HTML that needs nothing else, on which the reader chooses.

The Chinese stands there in one script, and once; a table says what a word means, another what
changes in other scripts. A script that the page carries does the rest. Without it, and in a
browser that runs none, the page is a booklet to be read as it is.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from markupsafe import Markup

from diglot.compose.booklet import Booklet, Lookup, Reading, Span, emphasized
from diglot.compose.once import by_section, first_only
from diglot.config import Edition, English, Layout, Once, Words
from diglot.publish.assets import Picture
from diglot.publish.render import fill
from diglot.publish.web_scripts import changes, chinese

# A screen has no spreads.
_UNITS = {Once.NEVER: "", Once.SPREAD: "section", Once.SECTION: "section", Once.BOOKLET: "booklet"}

_LEVELS = re.compile(r"hsk(?:3\.0)?:1-([2-6])")

Word = tuple[str, str, str, int | None, bool, str]
"""What a page knows of a word: reading, English, part of speech, level, whether known, entry."""

Parts = tuple[tuple[str, bool], ...]
"""Text, each part of it with whether it is emphasized."""

Runs = Iterator[tuple[int | None, list[tuple[Parts, str]]]]


def make_web(
    booklet: Booklet, templates: Mapping[str, str], pictures: tuple[Picture, ...], version: str
) -> bytes:
    """Make a booklet's page; the same booklet gives the same bytes on every run.

    Raises:
        DiglotError: as `fill` and `changes` do.
    """
    if booklet.edition.once is Once.SPREAD:
        booklet = first_only(booklet, by_section)
    words = _Words()
    sources = {picture.name: _data(picture) for picture in pictures}

    read = booklet.edition.read
    pinyin = read.value if read in (Words.ALL, Words.UNKNOWN) else Words.NONE.value
    english = _english(booklet.edition)
    scripts = [each.script for each in (booklet, *booklet.others)]

    def text(shown: Booklet) -> str:
        return fill(
            "web/text.html.j2",
            templates,
            booklet=shown,
            scripts=scripts,
            pinyin=pinyin,
            english=english,
            level=_level(booklet.edition.known),
            runs=words.runs,
            sources=sources,
            version=version,
        )

    body = text(booklet)
    own = chinese(body)
    data = {
        "scripts": {other.language: changes(own, chinese(text(other))) for other in booklet.others},
        "words": words.table,
    }
    parts = {
        "style": fill("web/page.css", templates, booklet=booklet),
        "early": fill("web/early.js", templates, booklet=booklet),
        "program": fill("web/page.js", templates, booklet=booklet),
    }
    page = fill(
        "web/page.html.j2",
        templates,
        booklet=booklet,
        body=Markup(body),  # noqa: S704 (a template made it, which escapes)
        data=Markup(_embedded(data)),  # noqa: S704
        hashes={name: _hash(part) for name, part in parts.items()},
        pinyin=pinyin,
        english=english,
        once=_UNITS[booklet.edition.once],
        version=version,
        **{name: Markup(part) for name, part in parts.items()},  # noqa: S704
    )
    return page.encode()


class _Words:
    """Numbers the words of a page, those alike under one number."""

    def __init__(self) -> None:
        self._numbers: dict[Word, int] = {}

    @property
    def table(self) -> list[Word]:
        """The words in the order of their numbers."""
        return list(self._numbers)

    def runs(
        self,
        text: str,
        words: Iterable[Lookup],
        readings: Iterable[Reading] = (),
        emphasis: Iterable[Span] = (),
    ) -> Runs:
        """Part a text into runs: what is no word, and words by their number.

        The parts of a word are those that its reading is written in, each with its reading where
        one stands above the word.

        >>> words = [Lookup(0, ("shān", " shuǐ"), "landscape", "noun", 1, False, "")]
        >>> list(_Words().runs("山水。", words, emphasis=[(1, 2)]))
        [(0, [((('山', False),), ''), ((('水', True),), '')]), (None, [((('。', False),), '')])]
        """
        emphasis = tuple(emphasis)

        def parts(start: int, end: int) -> Parts:
            return emphasized(text, emphasis, start, end)

        above = {reading.start for reading in readings}
        end = 0
        for word in words:
            if word.start > end:
                yield None, [(parts(end, word.start), "")]
            end = word.end
            cuts = [word.start + place for place in word.parts]
            pieces = zip(pairwise(cuts), word.reading.split(" "), strict=True)
            read = word.start in above
            yield (
                self._number(word),
                [(parts(a, b), r if read and text[a:b] != r else "") for (a, b), r in pieces],
            )
        if end < len(text):
            yield None, [(parts(end, len(text)), "")]

    def _number(self, word: Lookup) -> int:
        key = (word.reading, word.english, word.pos, word.hsk, word.known, word.entry)
        return self._numbers.setdefault(key, len(self._numbers))


def _english(edition: Edition) -> str:
    """Where the English stands when the page opens."""
    if edition.english is English.TAP:
        return "tap"
    return "below" if edition.layout in (Layout.INTERLEAVED, Layout.INTERLINEAR) else "beside"


def _level(known: tuple[str, ...]) -> int | None:
    """The level of HSK 3.0 up to which a profile knows all words, and no others."""
    match = _LEVELS.fullmatch(" ".join(known))
    return int(match[1]) if match else None if known else 0


def _data(picture: Picture) -> str:
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"


def _embedded(data: object) -> str:
    """Write JSON that may stand in a script element, whose end it cannot say (HTML, 4.12.1.3)."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return written.replace("<", "\\u003c")


def _hash(text: str) -> str:
    """Name a style or script as a Content Security Policy does."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
