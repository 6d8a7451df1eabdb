"""Words of a Chinese text: segmentation, readings, senses, levels.

Everything heavy is imported and loaded when a text is first annotated.
"""

from diglot.words.annotate import Annotator, alternatives, annotate, default
from diglot.words.given import zhuyin_of
from diglot.words.levels import known, level
from diglot.words.orthography import (
    respelled,
    restyled,
    sandhi,
    spaced_zhuyin,
    transcribed,
)
from diglot.words.pinyin import Style
from diglot.words.report import annotated, to_json, to_table
from diglot.words.word import Word

__all__ = [
    "Annotator",
    "Style",
    "Word",
    "alternatives",
    "annotate",
    "annotated",
    "default",
    "known",
    "level",
    "respelled",
    "restyled",
    "sandhi",
    "spaced_zhuyin",
    "to_json",
    "to_table",
    "transcribed",
    "zhuyin_of",
]
