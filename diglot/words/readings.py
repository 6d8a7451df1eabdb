"""Which reading each character has in its context.

In order of trust: the project's own rules; numbers; the dictionary, where a word of two or more
characters has one reading; the context model for what is left. The weights were measured on the
development split of the Chinese Polyphones with Pinyin set (``docs/accuracy.md``): a dictionary
word beats the model except in names, where a model that is all but certain is right more often.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, product
from math import log
from typing import TYPE_CHECKING

import regex

from diglot.words.lexicon import Entry, Lexicon
from diglot.words.segment import PEOPLE, is_number
from diglot.words.tables import OPEN, rules

if TYPE_CHECKING:
    from diglot.words.context import ContextModel

Pinyin = tuple[str | None, ...]
Weights = dict[int, dict[str, float]]  # of each reading, by offset

HANZI = regex.compile(r"[\p{Han}--[々〆〡-〩〸-〻]]|〇", flags=regex.VERSION1)
_SENTENCE = regex.compile(r"[^。！？!?\n]{0,199}(?:[。！？!?]+|[^。！？!?\n]|(?=\n)|$)")
_DIGITS = {
    "〇": "ling2", "零": "ling2", "一": "yi1", "二": "er4", "三": "san1", "四": "si4", "五": "wu3",
    "六": "liu4", "七": "qi1", "八": "ba1", "九": "jiu3", "十": "shi2", "百": "bai3", "千": "qian1",
    "万": "wan4", "亿": "yi4", "两": "liang3", "第": "di4",
}  # fmt: skip

_RULED = 0.99
_AGREED = 0.995  # dictionary and model say the same, or the model has nothing to say
_DISPUTED = 0.9  # the dictionary against the model
_CERTAIN = 0.999  # of the model: from here on it beats the dictionary in a name
_MOST = 12  # readings of a word that no dictionary has
_FLOOR = 0.002  # of the probability of a reading that the model does not know
# How often the model was right where it gave its best reading at least this probability.
_CALIBRATION = ((0.9999, 0.99), (0.999, 0.95), (0.99, 0.91), (0.95, 0.87), (0.7, 0.78), (0, 0.6))


@dataclass(frozen=True, slots=True)
class Reading:
    """The numbered syllables of a word, None for what is no hanzi or has no known reading.

    ``name`` says that a rule found a surname.
    """

    pinyin: Pinyin
    confidence: float
    name: bool = False


def is_hanzi(char: str) -> bool:
    """Whether a character is a Chinese character that has a reading."""
    return HANZI.match(char) is not None


class Reader:
    """Reads the words of a text."""

    def __init__(self, lexicon: Lexicon, model: "ContextModel") -> None:
        self._lexicon = lexicon
        self._model = model

    def read(
        self, text: str, words: Sequence[tuple[int, str, str]], given: dict[int, Pinyin]
    ) -> list[Reading]:
        """Read words.

        Args:
            text: the Simplified text.
            words: offset, text and tag of each word.
            given: readings that people gave, by offset of the word.
        """
        settled: list[Reading | None] = []
        wanted: list[int] = []
        for start, word, _ in words:
            reading = self._settled(text, start, word, given.get(start))
            settled.append(reading)
            if reading is None:
                wanted += [
                    start + i for i, char in enumerate(word) if len(self._model.readings(char)) > 1
                ]
        weights = self._weigh(text, wanted)
        readings = [
            found or self._weighed(start, word, tag in PEOPLE and 1 < len(word) < 4, weights)
            for found, (start, word, tag) in zip(settled, words, strict=True)
        ]
        for i in _echoes(words):
            readings[i] = replace(readings[i], pinyin=_neutral(readings[i].pinyin))
        return readings

    def options(self, word: str) -> tuple[Pinyin, ...]:
        """The readings that the dictionary knows of a word, or else of its characters, crossed."""
        entries = self._lexicon.entries(word)
        if len(word) > 1 and entries:
            return tuple(tuple(s.lower() for s in entry.pinyin) for entry in entries)
        choices = (self._model.readings(char) or (self._only(char),) for char in word)
        return tuple(islice(product(*choices), _MOST))

    def _settled(self, text: str, start: int, word: str, given: Pinyin | None) -> Reading | None:
        if given:
            return Reading(given, 1.0)
        if not HANZI.search(word):
            return Reading((None,) * len(word), 1.0)
        for rule in rules().get(word, ()):
            if rule.fits(text, start, start + len(word)):
                return Reading(self._filled(word, rule.pinyin), _RULED, rule.name)
        if is_number(word) and len(word) > 1:
            return Reading(tuple(_DIGITS[char] for char in word), _RULED)
        return None

    def _filled(self, word: str, pinyin: tuple[str, ...]) -> Pinyin:
        """A rule's reading, with the dictionary's syllables where the rule leaves them open."""
        entries = self._lexicon.entries(word)
        known = [s.lower() for s in entries[0].pinyin] if entries else [None] * len(word)
        # A rule that names only the last syllables leaves the first ones open.
        open_, rest = len(word) - len(pinyin), pinyin
        if pinyin[0] == OPEN:
            open_, rest = len(word) - len(pinyin) + 1, pinyin[1:]
        if pinyin[-1] == OPEN:
            open_, rest = 0, pinyin[:-1]
        found = [*known[:open_], *rest, *known[open_ + len(rest) :]]
        return tuple(s or self._only(char) for s, char in zip(found, word, strict=True))

    def _weigh(self, text: str, wanted: Sequence[int]) -> Weights:
        if not wanted:
            return {}
        spans = list(_spans(text))
        groups: list[list[int]] = [[] for _ in spans]
        at = 0
        for offset in wanted:
            while offset >= spans[at][1]:
                at += 1
            groups[at].append(offset - spans[at][0])
        found = self._model([text[start:end] for start, end in spans], groups)
        return {
            span[0] + offset: shares
            for span, group, row in zip(spans, groups, found, strict=True)
            for offset, shares in zip(group, row, strict=True)
        }

    def _weighed(self, start: int, word: str, name: bool, weights: Weights) -> Reading:
        entries = self._lexicon.entries(word) if len(word) > 1 else ()
        if entries:
            return self._by_dictionary(start, entries, weights)
        pinyin: list[str | None] = []
        confidence = _AGREED
        for offset, char in enumerate(word, start):
            shares = weights.get(offset)
            surname = self._surname(char) if name and offset == start else None
            if surname:
                pinyin.append(surname)
            elif shares:
                best = max(shares, key=shares.__getitem__)
                pinyin.append(best)
                confidence = min(confidence, _calibrated(shares[best]))
            else:
                pinyin.append(self._only(char))
                if pinyin[-1] is None and is_hanzi(char):
                    confidence = 0.0
        return Reading(tuple(pinyin), confidence)

    def _surname(self, char: str) -> str | None:
        """The reading of a character as a surname, if it has just one."""
        entries = [e for e in self._lexicon.entries(char) if e.senses[0].startswith("surname ")]
        return entries[0].pinyin[0] if len(entries) == 1 else None

    def _only(self, char: str) -> str | None:
        """The reading of a character that the model has nothing to say about."""
        if not is_hanzi(char):
            return None
        known = self._model.readings(char)
        entries = [e.pinyin[0] for e in self._lexicon.entries(char)]
        return next(iter((*known, *entries)), None)

    def _by_dictionary(self, start: int, entries: Sequence[Entry], weights: Weights) -> Reading:
        options = {tuple(s.lower() for s in entry.pinyin): entry for entry in reversed(entries)}
        scores = {pinyin: _score(start, pinyin, weights) for pinyin in options}
        best = max(reversed(options), key=scores.__getitem__)
        if len(options) > 1:
            lead = sum(2.718281828 ** (scores[other] - scores[best]) for other in options)
            return self._finished(options[best], best, _calibrated(1 / lead))
        pinyin, disputed = list(best), False
        for i, syllable in enumerate(best):
            shares = weights.get(start + i)
            if not shares or syllable.endswith("5") or max(shares, key=shares.get) == syllable:  # type: ignore[arg-type]  # a key of its own
                continue
            rival = max(shares, key=shares.__getitem__)
            if options[best].proper and shares[rival] >= _CERTAIN:
                pinyin[i] = rival
            disputed = True
        return self._finished(options[best], tuple(pinyin), _DISPUTED if disputed else _AGREED)

    @staticmethod
    def _finished(entry: Entry, pinyin: tuple[str, ...], confidence: float) -> Reading:
        # What is no syllable in the dictionary (the OK of 卡拉OK) has no reading here.
        return Reading(tuple(s if s[-1].isdigit() else None for s in pinyin), confidence)


def _echoes(words: Sequence[tuple[int, str, str]]) -> Iterator[int]:
    """Verbs of one character said twice: the second is neutral (走走 zǒuzou; not 走走停停)."""
    for i, ((_, before, _), (_, word, tag)) in enumerate(pairwise(words), 1):
        if word == before and len(word) == 1 and tag.startswith("v"):
            around = [w for _, w, _ in (*words[max(0, i - 3) : i - 1], *words[i + 1 : i + 3])]
            doubled = any(len(w) == 2 and w[0] == w[1] for w in around)
            if not doubled and not any(a == b for a, b in pairwise(around)):
                yield i


def _neutral(pinyin: Pinyin) -> Pinyin:
    return tuple(s and s[:-1] + "5" for s in pinyin)


def _score(start: int, pinyin: Sequence[str], weights: Weights) -> float:
    total = 0.0
    for offset, syllable in enumerate(pinyin, start):
        shares = weights.get(offset)
        if shares:
            total += log(max(shares.get(syllable, 0.0), _FLOOR))
    return total


def _calibrated(share: float) -> float:
    return next(right for least, right in _CALIBRATION if share >= least)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, the long ones cut: what the model was trained on."""
    for match in _SENTENCE.finditer(text):
        if match.end() > match.start():
            yield match.span()
