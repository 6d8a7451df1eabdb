"""Which of a word's senses is meant.

CC-CEDICT lists senses one after the other, surnames and variants among them. A sense is taken
that belongs to the reading (and to the Traditional form, where the text has one), is no mere
reference, fits the word's part of speech, and is not marked as rare; references are followed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from diglot.words.lexicon import Entry, Lexicon
from diglot.words.pinyin import spelled
from diglot.words.readings import Reading
from diglot.words.tables import function_words

_REFERENCE = regex.compile(
    r"(?:\w+ )?(?:variant of|see(?: also)?|also written|abbr\. (?:for|of|to)|equivalent to|same as"
    r"|short (?:for|form of)|contraction of)\s+"
    r"(?:\p{Han}[^\s|\[,;]*\|)?(?P<word>\p{Han}[^\s|\[,;)]*)(?:\[[^\]]*\])?[,;:]?\s*(?P<rest>.*)"
)
_NO_SENSE = regex.compile(
    r"CL:|surname |Taiwan pr\.|also pr\.|used in |\(?used in |(?:Kangxi )?radical |see also "
    r"|\(?onom\.\)|old variant|Japanese variant|Korean variant|two-character surname"
)
_RARE = regex.compile(
    r"\((?:[^)]*\b)?(?:archaic|old|literary|dialect|Tw|slang|Internet|coll\.|Cantonese|vulgar"
    r"|classical|Buddhism|chemistry|math|mathematics|geology|astronomy|computing|physics|sport"
    r"|sports|botany|zoology|music|linguistics|derog\.|neologism|Taiwan|mahjong|chess|finance"
    r"|law|TCM|anatomy|fig\.|euphemism|in former times|polite|loanword)\b[^)]*\)"
)
_CITED = regex.compile(r"(?:\p{Han}[^\s|]*\|)?(\p{Han}[^\s|\[]*)\[[^\]]*\]")
_NOTE = regex.compile(r"\s*\([^()]*\)\s*")
_SHORT = 28  # characters of a gloss that further senses may fill
_LONGEST = 40  # characters of an English gloss made of several near-synonyms

_POS = {
    "n": "noun", "t": "noun", "s": "noun", "f": "noun", "v": "verb", "a": "adjective",
    "b": "adjective", "z": "adjective", "d": "adverb", "p": "preposition", "c": "conjunction",
    "r": "pronoun", "m": "number", "q": "measure word", "u": "particle", "y": "particle",
    "e": "interjection", "o": "onomatopoeia", "i": "idiom", "l": "phrase",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word means and its part of speech; empty where nothing is known."""

    english: str
    pos: str


NOTHING = Meaning("", "")


def meaning(lexicon: Lexicon, word: str, reading: Reading, tag: str, printed: str = "") -> Meaning:
    """Choose a sense.

    Args:
        lexicon: the dictionary.
        word: the word in Simplified characters.
        reading: its reading.
        tag: jieba's tag, or nothing.
        printed: the word as it was printed, if in Traditional characters.
    """
    pinyin = reading.pinyin
    if reading.name and len(word) == 1:
        surname = spelled(pinyin[0] or "").capitalize()
        return Meaning(f"{surname} (surname)", "name")
    for listed in function_words().get(word, ()):
        if not listed.pinyin or listed.pinyin == tuple(pinyin):
            return Meaning(listed.english, listed.pos)
    entries = _fitting(lexicon.entries(word), pinyin, printed)
    ranked = sorted(_ranked(entries, tag), key=lambda option: option[0])
    if ranked:
        _, sense, entry = ranked[0]
        return Meaning(
            _glossed(entry, [sense for _, sense, e in ranked if e == entry]),
            _pos(sense, entry, tag),
        )
    return _referred(lexicon, word, entries, tag)


def _fitting(
    entries: Sequence[Entry], pinyin: Sequence[str | None], printed: str
) -> Sequence[Entry]:
    wanted = [s for s in pinyin if s]
    read = [e for e in entries if [s.lower() for s in e.pinyin if s[-1].isdigit()] == wanted]
    # A reading that people or rules gave may differ from the dictionary's in a neutral tone.
    bare = [s[:-1] for s in wanted]
    near = [e for e in entries if [s.lower()[:-1] for s in e.pinyin if s[-1].isdigit()] == bare]
    found = read or near or list(entries)
    return [e for e in found if e.traditional == printed] or found


def _ranked(entries: Sequence[Entry], tag: str) -> Iterator[tuple[int, str, Entry]]:
    place = 0
    for entry in sorted(entries, key=lambda e: e.proper):
        for sense in entry.senses:
            if _NO_SENSE.match(sense) or _REFERENCE.match(_NOTE.sub("", sense, count=1)):
                continue
            place += 1
            if sense.startswith("lit. ") and any(s.startswith("fig. ") for s in entry.senses):
                continue  # what it means comes next
            rare = 6 if _RARE.match(sense) or not _cleaned(sense) else 0
            yield place + rare + _mismatch(sense, tag), sense, entry


def _mismatch(sense: str, tag: str) -> int:
    """How badly a sense fits a part of speech, in places of rank."""
    verbal = _NOTE.sub("", sense, count=1).startswith("to ")
    if tag[:1] == "v" and tag != "vn":
        return 0 if verbal else 3
    if tag[:1] in ("n", "a", "d", "q", "r", "p", "c", "f", "t", "b") and tag:
        return 3 if verbal else 0
    return 0


def _glossed(entry: Entry, senses: Sequence[str]) -> str:
    """The best sense, with further ones of its kind while they are short; a name's first part."""
    best = _cleaned(senses[0])
    if entry.proper:
        return regex.split(r"[,;]", best)[0].strip()
    kept = [best]
    for sense in senses[1:]:
        more = _cleaned(sense)
        alike = more.startswith("to ") == best.startswith("to ") and not _RARE.search(sense)
        if more in kept or best.endswith(more):
            continue
        if not alike or not more or len("; ".join((*kept, more))) > _SHORT:
            break
        kept.append(more)
    return "; ".join(kept)


def _cleaned(sense: str) -> str:
    """A sense as it is printed: no citations, no notes, as many synonyms as fit."""
    text = _CITED.sub(r"\1", sense)
    text = _NOTE.sub(" ", text).strip(" ,;").removeprefix("lit. ").removeprefix("fig. ")
    parts = [part.strip() for part in text.split(";") if part.strip()]
    kept = parts[:1]
    for part in parts[1:]:
        if len("; ".join((*kept, part))) > _LONGEST:
            break
        kept.append(part)
    return "; ".join(kept)


def _pos(sense: str, entry: Entry, tag: str) -> str:
    if "(idiom)" in sense:
        return "idiom"
    if entry.proper or tag[:2] in ("nr", "ns", "nt", "nz"):
        return "name" if entry.proper else "noun"
    if _NOTE.sub("", sense, count=1).startswith("to "):
        return "verb"
    return _POS.get(tag[:1], "")


def _referred(lexicon: Lexicon, word: str, entries: Sequence[Entry], tag: str) -> Meaning:
    """The sense of a word that the dictionary only refers from, or a surname."""
    for entry in entries:
        for sense in entry.senses:
            match = _REFERENCE.match(_NOTE.sub("", sense, count=1))
            if match is None:
                continue
            rest = _cleaned(match["rest"])
            if rest and rest[0].isalpha():
                return Meaning(rest, _pos(rest, entry, tag))
            target = [e for e in lexicon.entries(match["word"]) if match["word"] != word]
            ranked = sorted(_ranked(target, tag), key=lambda option: option[0])
            if ranked:
                return Meaning(_cleaned(ranked[0][1]), _pos(ranked[0][1], ranked[0][2], tag))
    for entry in entries:
        if entry.senses[0].startswith("surname "):
            return Meaning(f"{_cleaned(entry.senses[0][8:])} (surname)", "name")
    return NOTHING
