"""The sense of a word in a few letters, as it stands below the word."""

import regex

from diglot.compose.booklet import senses

_ASIDE = regex.compile(r"\s*\([^()]*\)")
_ENDING = " ,.:;-–—"


def brief(english: str, most: int) -> str:
    """Shorten the English of a word to at most so many characters.

    Its first sense counts. What stands in brackets goes first, then near-synonyms from the last
    on, then words, for which an ellipsis stands. An explanation, all in brackets, is given whole or
    not at all: “(marks what modifies …” tells nothing.
    """
    sense = next(iter(senses(english)), "")
    if not _ASIDE.sub("", sense).strip():
        explanation = sense.removeprefix("(").removesuffix(")")
        return explanation if len(explanation) <= most else ""
    if len(sense) > most:
        sense = _ASIDE.sub("", sense).strip()
    while len(sense) > most and ", " in sense:
        sense, _, last = sense.rpartition(", ")
        if last.startswith(("and ", "or ")):  # an enumeration
            sense = f"{sense}…"
    if len(sense) <= most:
        return sense
    words = sense[:most].rpartition(" ")[0] or sense[: most - 1]
    return words.rstrip(_ENDING) + "…"
