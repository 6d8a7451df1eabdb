"""What CC-CEDICT says of characters and words, for the rules that need evidence."""

from functools import cache

import regex

from diglot.words.cache import default_folder
from diglot.words.lexicon import shipped_lexicon
from diglot.words.pinyin import numbered

_VARIANT = regex.compile("(?:old |archaic )?variant of ")
_LOOKALIKES = str.maketrans("ɡɑ", "ga")  # of the letters that pinyin has


@cache
def _readings() -> dict[str, set[str]]:
    readings: dict[str, set[str]] = {}
    for simplified, traditional, pinyin, _ in shipped_lexicon(default_folder()).rows():
        if len(simplified) == len(traditional) == 1 and " " not in pinyin:
            for char in (traditional, simplified):
                readings.setdefault(char, set()).add(numbered(pinyin))
    return readings


@cache
def _words() -> frozenset[str]:
    rows = shipped_lexicon(default_folder()).rows()
    return frozenset(word for _, word, _, senses in rows if not _VARIANT.match(senses))


def reads(hanzi: str, pinyin: str) -> bool:
    """Whether a syllable with its tone mark (none: neutral) is a reading of a hanzi."""
    return numbered(pinyin.translate(_LOOKALIKES)) in _readings().get(hanzi, ())


def is_traditional_word(word: str) -> bool:
    """Whether a dictionary has a word in this Traditional spelling, as more than a variant."""
    return word in _words()
