"""Zhuyin beside a hanzi: where its symbols and its tone stand.

Rules on plain values. Source: clreq, "Positioning of Bopomofo Interlinear Annotations", whose
figures have a hanzi 30 units wide and what stands beside it 15, tone or no tone: a blank of one
unit, symbols of 9 and tones of 5. The sizes hold for horizontal lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

UNIT = 1 / 30  # em of the hanzi
WIDTH = 0.5  # em of the hanzi, added to it
SIZE = 0.4  # em: symbols fill seven tenths of their own em, and so the 9 units
SYLLABLE = re.compile("˙?[\u3105-\u312f]{1,3}[ˊˇˋ]?")
_TOPS = {1: (11,), 2: (6, 17), 3: (2, 11, 20)}  # of symbols, in units from the hanzi's top
_COLUMN, _TONES = 1 + 9 / 2, 1 + 9 + 5 / 2  # the middles of both columns


@dataclass(frozen=True, slots=True)
class Sign:
    """A symbol or a tone: its middle, in em from the right and the top of the hanzi's square.

    Of a ``tone``, that is the middle of its ink; symbols stand as high as they do side by side.
    """

    text: str
    x: float
    y: float
    tone: bool = False


def signs(syllable: str) -> Iterator[Sign]:
    """Yield what a syllable is written with: ``˙ㄇㄚ``, ``ㄒㄧㄝˊ``."""
    neutral = syllable.startswith("˙")
    symbols = syllable.strip("˙ˊˇˋ")
    # Under a dot, three symbols move down to make room.
    first, *_ = tops = [top + (neutral and len(symbols) == 3) for top in _TOPS[len(symbols)]]
    if neutral:
        yield Sign("˙", _COLUMN * UNIT, (first - 2) * UNIT, tone=True)
    for symbol, top in zip(symbols, tops, strict=True):
        yield Sign(symbol, _COLUMN * UNIT, (top + 9 / 2) * UNIT)
    if syllable[-1] in "ˊˇˋ":
        # Nearly half of it above the last symbol.
        yield Sign(syllable[-1], _TONES * UNIT, (tops[-1] - 2 + 5 / 2) * UNIT, tone=True)
