"""Scripts: Simplified and Traditional, by OpenCC behind one function.

Every function here keeps the number of characters, so that offsets into a text hold in all of
its scripts.
"""

from diglot.script.choices import Choice, ambiguous
from diglot.script.convert import convert, convert_label, project
from diglot.script.detect import Stray, detect, half_converted, region
from diglot.script.quotes import regional_quotes

__all__ = [
    "Choice",
    "Stray",
    "ambiguous",
    "convert",
    "convert_label",
    "detect",
    "half_converted",
    "project",
    "region",
    "regional_quotes",
]
