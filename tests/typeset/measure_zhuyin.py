"""Measures the zhuyin beside hanzi in a tagged PDF, set in the bold of Noto Serif CJK.

found = measure_zhuyin(Path("booklet.pdf"))
assert [beside.syllable for beside in found] == ["ㄒㄧㄝˊ", "ㄊㄨㄥˊ"]
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pdfplumber
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTCollection

from diglot.publish.fonts import installed
from diglot.typeset.chinese import OPENING

TONES = "˙ˊˇˋ"
_SIGN = re.compile(f"[\u3105-\u312f{TONES}]")
Box = tuple[float, float, float, float]
"""Left, bottom, right and top in em of the hanzi, from the lower left of its square."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A hanzi and its zhuyin, on a page (from 1).

    ``room`` is how far the next character of the line is from it, in em (None: it is the last);
    ``signs`` have the ink of each sign.
    """

    page: int
    hanzi: str
    syllable: str
    room: float | None
    signs: tuple[tuple[str, Box], ...]

    @property
    def faults(self) -> list[str]:
        """What is wrong: ink outside its half em or on other ink, too little room."""
        found = []
        if self.room is not None and self.room < 0.49:
            found.append(f"too little room: {self.room}")
        for sign, (left, bottom, right, top) in self.signs:
            # HarfBuzz, by which tones are centred, knows the ink of a glyph but roughly.
            if left < 1 or right > 1.51 or bottom < -0.02 or top > 1.02:
                found.append(f"{sign} is out of its place")
        for (one, a), (other, b) in combinations(self.signs, 2):
            across = min(a[2], b[2]) - max(a[0], b[0])
            if across > 0.01 and min(a[3], b[3]) - max(a[1], b[1]) > 0.01:
                found.append(f"{one} touches {other}")
        return [f"page {self.page}: {self.hanzi} {self.syllable}: {fault}" for fault in found]


def measure_zhuyin(path: Path) -> list[Beside]:
    """Find every hanzi that has zhuyin beside it, in order.

    Raises:
        AssertionError: a sign stands beside no hanzi.
    """
    found = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            signs = [c for c in page.chars if c["mcid"] is None and _SIGN.match(c["text"])]
            chars = [c for c in page.chars if c["mcid"] is not None and c["text"].strip()]
            place = 0
            for char, after in pairwise([*chars, None]):
                start = place
                while place < len(signs) and _is_beside(signs[place], char):
                    place += 1
                if place > start:
                    found.append(_beside(page.page_number, char, after, signs[start:place]))
            assert place == len(signs), f"page {page.page_number}: a sign stands beside no hanzi"
    return found


def _is_beside(sign: Any, char: Any) -> bool:
    left, bottom, right, _ = _ink(sign, char)
    return 0.9 < (left + right) / 2 < 1.6 and -0.1 < bottom < 1


def _beside(page: int, char: Any, after: Any, signs: list[Any]) -> Beside:
    follows = after and abs(after["matrix"][5] - char["matrix"][5]) < 1 and after["x0"] > char["x0"]
    # An opening mark has a blank at its left, of which a quarter of an em may be squeezed away.
    blank = 0.25 if after and after["text"] in OPENING else 0
    return Beside(
        page,
        char["text"],
        "".join(sign["text"] for sign in signs),
        (after["x0"] - char["x1"]) / char["size"] + blank if follows else None,
        tuple((sign["text"], _ink(sign, char)) for sign in signs),
    )


def _ink(sign: Any, char: Any) -> Box:
    size = char["size"]
    x = (sign["matrix"][4] - char["x0"]) / size
    y = (sign["matrix"][5] - char["matrix"][5]) / size + 0.12
    bounds = _bounds()[sign["text"]]
    left, bottom, right, top = (each / 1000 * sign["size"] / size for each in bounds)
    return x + left, y + bottom, x + right, y + top


@cache
def _bounds() -> dict[str, Box]:
    """Return the ink of each sign, in thousandths of its own em; it is the same in every region."""
    name = "Noto Serif CJK TC"
    (face,) = [face for face in installed() if (face.family, face.style) == (name, "bold")]
    font = TTCollection(face.file).fonts[face.index]
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    found: dict[str, Box] = {}
    for sign in map(chr, (*range(0x3105, 0x312A), *map(ord, TONES))):
        pen = BoundsPen(glyphs)
        glyphs[names[ord(sign)]].draw(pen)
        found[sign] = pen.bounds
    return found
