"""The choices made in a conversion, for an editor to review."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from diglot.model import Mark, Script
from diglot.script import engine, tables
from diglot.script.convert import convert, overridden


@dataclass(frozen=True, slots=True)
class Choice:
    """One character of Simplified that could have become another one in Traditional.

    ``backed``: a phrase of OpenCC's or the project's decided, and not the mere default.
    ``doubtful``: nothing backs it, and the other forms do stand outside of listed phrases.
    """

    offset: int
    character: str
    chosen: str
    others: tuple[str, ...]
    backed: bool
    doubtful: bool


def ambiguous(
    text: str,
    source: Script,
    to: Script,
    *,
    words: Mapping[str, str] | None = None,
    marks: Sequence[Mark] = (),
) -> tuple[Choice, ...]:
    """Every one-to-many choice that ``convert`` makes, but for what overrides settle.

    Only from Simplified to Traditional: the other way OpenCC's phrases leave nothing to choose.
    """
    if source is not Script.HANS or to in (Script.HANS, Script.SOURCE):
        return ()
    converted = convert(text, to, source, words=words, marks=marks)
    uncovered = engine.convert("uncovered", text)
    settled = overridden(text, to, source, words or {}, marks)
    known = _forms(to)
    choices = []
    for offset, character in enumerate(text):
        forms = known.get(character)
        if not forms or offset in settled:
            continue
        chosen = converted[offset]
        backed = uncovered[offset] != engine.UNCOVERED or chosen != forms[0]
        doubtful = not backed and tables.ambiguities()[character].alone
        others = tuple(form for form in forms if form != chosen)
        choices.append(Choice(offset, character, chosen, others, backed, doubtful))
    return tuple(choices)


@cache
def _forms(to: Script) -> dict[str, tuple[str, ...]]:
    """The forms of each ambiguous character as the region prints them, where two are left."""
    region = "t2hk" if to is Script.HANT_HK else "t2tw"
    forms = {
        character: tuple(dict.fromkeys(engine.convert(region, form) for form in entry.forms))
        for character, entry in tables.ambiguities().items()
    }
    return {character: some for character, some in forms.items() if len(some) > 1}
