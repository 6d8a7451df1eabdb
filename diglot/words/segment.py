"""Where words begin and end.

rjieba (jieba's frequencies and algorithm in Rust, without its guessing of new words, which
crosses word boundaries) cuts the text with CC-CEDICT's words added; what it keeps together but
no dictionary explains (跑得快, 三十岁) is cut further into words that one does.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

import regex

from diglot.words.cache import derived, digest
from diglot.words.lexicon import Lexicon
from diglot.words.tables import splits

if TYPE_CHECKING:
    from rjieba import Jieba

_NUMBER = regex.compile("第?[〇零一二三四五六七八九十百千万亿两]+")
_HANZI = regex.compile(r"\p{Han}{2,}")
PERSON = "nr"
_NAMES = (PERSON, "ns")  # jieba's tags of people and places
_FORMAT = "1"  # of the derived table
_TITLES = frozenset(
    "先生 女士 小姐 老师 教授 医生 大夫 师傅 经理 局长 主任 书记 校长 部长 市长 县长 省长 处长 院长 律师 警官 "
    "队长 老板 太太 夫人 阿姨 叔叔 同学 同志 博士 将军 司令 总统 总理 主席".split()
)
_TOTAL = 60_000_000  # the sum of jieba's frequencies
_NUMBER_FREQUENCY = 100_000  # of a number: as common as a common word
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

    @cached_property
    def _jieba(self) -> "Jieba":
        import rjieba

        jieba = rjieba.Jieba()
        key = digest(_FORMAT, self._lexicon.key)
        lacking = derived(self._cache, "words", key, lambda: self._lacking(jieba)).decode()
        for word in filter(None, lacking.split("\n")):
            jieba.add_word(word, None, None)
        for word in splits():
            jieba.add_word(word, 0, None)  # a frequency of nothing: never a word
        return jieba

    def _lacking(self, jieba: "Jieba") -> bytes:
        lacking = (w for w in self._lexicon.words if _HANZI.fullmatch(w) and not jieba.has_word(w))
        return "\n".join(lacking).encode()

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
        words: list[Token] = []
        for word, tag in self._jieba.tag(text, hmm=False):
            words += self._pieces(word, tag)
        return list(_merged_numbers(words))

    def _pieces(self, word: str, tag: str) -> Iterable[Token]:
        if len(word) == 1 or word in self._lexicon:
            return ((word, tag),)
        if tag.startswith(_NAMES) and not self._is_phrase(word):
            return ((word, tag),)
        parts = self._parts.get(word)
        if parts is None:
            parts = self._parts[word] = self._cut(word)
        return ((part, tag if len(parts) == 1 else "") for part in parts)

    def _is_phrase(self, name: str) -> bool:
        """Whether what jieba calls a name is a name with its title, or two words (爸爸妈妈)."""
        if name[1:] in _TITLES:
            return True
        halves = (name[:2], name[2:])
        return len(name) == 4 and all(half in self._lexicon for half in halves)

    def _cut(self, word: str) -> tuple[str, ...]:
        """The likeliest row of dictionary words and numbers that makes up a word."""
        if not _HANZI.search(word):
            return (word,)
        best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
        for end in range(1, len(word) + 1):
            options = (
                (best[start][0] + self._weight(word[start:end]), (*best[start][1], word[start:end]))
                for start in range(max(0, end - _LONGEST), end)
            )
            best.append(max(options, key=lambda option: option[0]))
        return best[-1][1]

    def _weight(self, piece: str) -> float:
        if is_number(piece):
            return log(_NUMBER_FREQUENCY / _TOTAL)
        if piece in self._lexicon or len(piece) == 1:
            return log(self._jieba.suggest_freq(piece) / _TOTAL)
        return -1000.0


def _merged_numbers(words: Iterable[Token]) -> Iterator[Token]:
    """Join numbers that stand side by side: 二 · 〇 · 二三 -> 二〇二三."""
    number = ""
    for word, tag in words:
        if is_number(word) and not (number and word.startswith("第")):
            number += word
            last = tag
            continue
        if number:
            yield number, last
        number = ""
        if is_number(word):
            number, last = word, tag
        else:
            yield word, tag
    if number:
        yield number, last
