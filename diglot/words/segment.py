"""Where words begin and end.

rjieba (jieba's frequencies and algorithm in Rust, without its guessing of new words, which
crosses word boundaries) cuts the text with CC-CEDICT's words added; what it keeps together but
no dictionary explains (跑得快, 三十岁) is cut further into words that one does.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, cast

import regex

from diglot.words.cache import derived, digest
from diglot.words.lexicon import Lexicon
from diglot.words.tables import splits

if TYPE_CHECKING:
    from rjieba import Jieba

_NUMBER = regex.compile("第?[〇零一二三四五六七八九十百千万亿两]+")
ORDINAL = regex.compile("第[〇零一二三四五六七八九十百千万亿两]+")
_HAN = regex.compile(r"\p{Han}")
_RUN = regex.compile(r"[\p{Han}A-Za-z0-9]{2,}")  # what jieba can have as one word
PEOPLE = ("nr", "nrfg")
_NAMES = ("nr", "ns")  # what jieba's tags of people and places begin with
_FORMAT = "3"  # of the derived table
_TITLES = frozenset(
    regex.findall(
        "..",
        "先生女士小姐老师教授医生大夫师傅经理局长主任书记校长部长市长县长省长处长院长律师警官队长老板"
        "太太夫人阿姨叔叔同学同志博士将军司令总统总理主席",
    )
)
_ADJECTIVES = frozenset("高新老好多大小")  # 高水平 is no Mr Gao
_SUFFIXES = frozenset("化性者们率")
_TOTAL = 60_000_000  # the sum of jieba's frequencies
_NUMBER_FREQUENCY = 100_000  # of a number: as common as a common word
_INNER = frozenset(".+-%/:&'")  # signs inside what is one: 21.6, 1+N, 48%
_LONGEST = 12  # characters of a word cut out of an unknown one

Token = tuple[str, str]  # a word and jieba's tag, which is empty where there is none
Span = tuple[int, int]


def is_number(word: str) -> bool:
    """Whether a word is a number in hanzi, perhaps an ordinal."""
    return _NUMBER.fullmatch(word) is not None


class Segmenter:
    """Cuts Simplified text into words."""

    def __init__(self, lexicon: Lexicon, cache: Path) -> None:
        self._lexicon = lexicon
        self._cache = cache
        self._parts: dict[str, tuple[str, ...]] = {}
        self._tags: dict[str, str] = {}

    @cached_property
    def _jieba(self) -> "Jieba":
        import rjieba

        # The module's own instance saves 0.1 s and 60 MB; another dictionary must not share it.
        jieba = cast("Jieba", rjieba) if self._lexicon.shipped else rjieba.Jieba()
        for word in splits():
            jieba.add_word(word, 0, None)  # a frequency of nothing: never a word
        return jieba

    @cached_property
    def _lacking(self) -> dict[str, int]:
        """The dictionary's words that jieba lacks, and how frequent to call them."""
        key = digest(_FORMAT, self._lexicon.key)
        table = derived(self._cache, "words", key, self._compare).decode()
        words, _, frequencies = table.partition("\n")
        lacking = dict(zip(words.split(), map(int, frequencies.split()), strict=True))
        for word in splits():
            lacking.pop(word, None)
        return lacking

    def _compare(self) -> bytes:
        jieba = self._jieba
        wanted = (w for w in self._lexicon.words if _RUN.fullmatch(w) and _HAN.search(w))
        words = [word for word in wanted if not jieba.has_word(word)]
        frequencies = [str(jieba.suggest_freq(word)) for word in words]
        return f"{' '.join(words)}\n{' '.join(frequencies)}".encode()

    def _teach(self, text: str) -> None:
        """Give jieba the words that a text needs: all 30,000 would cost more than most texts."""
        for run in _RUN.findall(text):
            for start in range(len(run) - 1):
                for end in range(start + 2, min(len(run), start + _LONGEST) + 1):
                    word = run[start:end]
                    if word in self._lacking:
                        self._jieba.add_word(word, self._lacking.pop(word), None)

    def __call__(self, text: str, fixed: Sequence[Span] = ()) -> Iterator[tuple[int, str, str]]:
        """Cut a text.

        Args:
            text: Simplified text.
            fixed: spans in order that are one word each, whatever the dictionaries say.

        Yields:
            Each word's offset, text and tag; together the words are the text.
        """
        at = 0
        for start, end in (*fixed, (len(text), len(text))):
            for word, tag in self._free(text[at:start]):
                yield at, word, tag
                at += len(word)
            if end > start:
                yield start, text[start:end], ""
            at = end

    def _free(self, text: str) -> list[Token]:
        self._teach(text)
        words: list[Token] = []
        for word, tag in self._jieba.tag(text, hmm=False):
            words += self._pieces(word, tag)
        return list(_merged(words))

    def _pieces(self, word: str, tag: str) -> Iterable[Token]:
        if len(word) == 1 or word in self._lexicon:
            return ((word, tag),)
        if tag.startswith(_NAMES) and not self._is_phrase(word):
            return ((word, tag),)
        parts = self.parts(word)
        return ((word, tag),) if len(parts) == 1 else ((part, self._tag(part)) for part in parts)

    def _tag(self, word: str) -> str:
        found = self._tags.get(word)
        if found is None:
            found = self._tags[word] = self._jieba.tag(word, hmm=False)[0][1]
        return found

    def parts(self, word: str) -> tuple[str, ...]:
        """The shorter dictionary words that make up a long one."""
        parts = self._parts.get(word)
        if parts is None:
            parts = self._parts[word] = self._cut(word)
        return parts

    def _is_phrase(self, name: str) -> bool:
        """Whether what jieba calls a name is a name with its title, or two words (爸爸妈妈)."""
        if name[1:] in _TITLES or name[-1] in _SUFFIXES or name[0] in _ADJECTIVES:
            return name[1:] in self._lexicon or name[:-1] in self._lexicon or name[1:] in _TITLES
        halves = (name[:2], name[2:])
        return len(name) == 4 and all(half in self._lexicon for half in halves)

    def _cut(self, word: str) -> tuple[str, ...]:
        """The likeliest row of dictionary words and numbers that makes up a word."""
        if not _HAN.search(word):
            return (word,)
        best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
        for end in range(1, len(word) + 1):
            # A word that is asked for is itself no part.
            options = (
                (best[start][0] + self._weight(word[start:end]), (*best[start][1], word[start:end]))
                for start in range(max(0, end - _LONGEST), end)
                if end - start < len(word)
            )
            best.append(max(options, key=lambda option: option[0]))
        return best[-1][1]

    def _weight(self, piece: str) -> float:
        if is_number(piece):
            return log(_NUMBER_FREQUENCY / _TOTAL)
        if len(piece) == 1 or (piece in self._lexicon and piece not in splits()):
            return log(self._jieba.suggest_freq(piece) / _TOTAL)
        return -1000.0


def _merged(words: Iterable[Token]) -> Iterator[Token]:
    """Join what stands side by side and is one: 二 · 〇 · 二三 and 21 · . · 6 and PM2 · . · 5."""
    held: Token | None = None
    for token in words:
        if held and _joins(held[0], token[0]):
            held = (held[0] + token[0], held[1])
            continue
        if held:
            yield from _released(held)
        held = token
    if held:
        yield from _released(held)


def _joins(before: str, after: str) -> bool:
    if is_number(after) and (is_number(before) or before == "第"):
        return not after.startswith("第")
    if not before.isascii() or not before[0].isalnum():
        return False
    return after in _INNER or (after.isascii() and after.isalnum() and before[-1] in _INNER)


def _released(token: Token) -> Iterator[Token]:
    """A joined token; a sign that was held for what did not follow stands alone."""
    text, tag = token
    kept = text if len(text) == 1 or not text.isascii() else text.rstrip("".join(_INNER - {"%"}))
    yield kept, tag
    if kept != text:
        yield text[len(kept) :], ""
