"""Which script a character belongs to, and which one a text is written in."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from diglot.model import Script
from diglot.script.engine import plain
from diglot.source.chars import HANZI

MIXED = 0.1  # the minority's share of the telling characters above which a text is half-converted


@cache
def form(char: str) -> Script | None:
    """HANS or HANT for a hanzi that only Simplified or only Traditional text has, else None.

    Traditional alone is what OpenCC simplifies and GB 2312 lacks; Simplified alone what it turns
    into another character, for Hong Kong too (温, 户), and Big5 lacks. So 后, 干, 著 and 乾, which
    are at home in both, tell nothing.
    """
    if plain("t2s", char) != char:
        return None if _encodes(char, "gb2312") else Script.HANT
    if all(plain(config, char) != char for config in ("s2t", "s2hk")):
        return None if _encodes(char, "big5") else Script.HANS
    return None


def _encodes(char: str, charset: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Census:
    """How often each telling character of either script occurs in a text."""

    hans: Counter[str]
    hant: Counter[str]

    @property
    def minority(self) -> Counter[str]:
        """The characters of the script that fewer of the telling characters belong to."""
        return min(self.hans, self.hant, key=lambda counts: counts.total())

    @property
    def script(self) -> Script | None:
        """The script of the text; None if no character tells it or both are there in force."""
        hans, hant = self.hans.total(), self.hant.total()
        if min(hans, hant) > MIXED * (hans + hant) or hans == hant:
            return None
        return Script.HANS if hans > hant else Script.HANT


def census(text: str) -> Census:
    """Count the characters that tell a text's script."""
    counts = Counter(HANZI.findall(text))
    by_form: dict[Script | None, Counter[str]] = {Script.HANS: Counter(), Script.HANT: Counter()}
    for char, count in counts.items():
        by_form.setdefault(form(char), Counter())[char] = count
    return Census(by_form[Script.HANS], by_form[Script.HANT])
