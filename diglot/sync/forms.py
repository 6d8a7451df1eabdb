"""What of a source text counts when two are compared."""

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

import regex

from diglot.model import Kind, Pair, Segment
from diglot.script.engine import plain
from diglot.script.tables import ambiguities

# Punctuation that changes what is said is not dropped: inside numbers, a sign before one, percent.
_SLIGHT = regex.compile(
    r"(?<!\d)[\p{P}--[%‰\-]](?=\d)|[\p{P}--[%‰]](?!\d)|(?<=[^\d\s\p{P}])-(?=\d)|[\p{Z}\p{C}]",
    regex.VERSION1,
)


def content(text: str) -> str:
    """What a text says: without punctuation and white space, the same in both scripts."""
    simple = "".join(map(fold, text))
    return _SLIGHT.sub("", unicodedata.normalize("NFKC", simple)).casefold()


@cache
def fold(char: str) -> str:
    """The character that stands for all forms of one, whatever the word: 乾 and 干 are the same.

    Without words there is nothing to misread where two of them meet, and no harm: two texts that
    differ only so are the same text in other scripts.
    """
    return plain("t2s", plain("hk2t", _simplified().get(char, char)))


@cache
def _simplified() -> dict[str, str]:
    """Characters that are at home in both scripts, and what they become in some words."""
    choices = ambiguities().items()
    return {form: char for char, choice in choices for form in choice.forms} | {"著": "着"}


@dataclass(frozen=True, slots=True)
class Form:
    """A block of source as it is compared.

    ``markup`` is what it is apart from its text: heading and level, verse or prose.
    """

    sentences: tuple[str, ...]
    markup: tuple[str, int]
    text: str = field(init=False, compare=False)
    content: str = field(init=False, compare=False)
    grams: Counter[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        set_ = object.__setattr__  # frozen
        set_(self, "text", "".join(self.sentences))
        set_(self, "content", content(self.text))
        set_(self, "grams", _grams(self.content))


def of_pair(pair: Pair) -> Form:
    """The form of a pair's quote, without marks."""
    return Form(tuple(sentence.text for sentence in pair.source), _markup(pair.kind, pair.level))


def of_segment(segment: Segment) -> Form:
    """The form of a segment of a source text."""
    return Form(segment.sentences, _markup(segment.kind, segment.level))


def _markup(kind: Kind, level: int) -> tuple[str, int]:
    """Quotations and attributions are told from paragraphs by the text alone."""
    return ("verse" if kind is Kind.VERSE else "", level)


def _grams(text: str) -> Counter[str]:
    """Each two neighbouring characters, and how often: what is the same wherever it stands."""
    return Counter(text[at : at + 2] for at in range(max(1, len(text) - 1)))
