"""Words of a text with their readings, senses and levels: the package's front."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path

from diglot.errors import Place
from diglot.memory import recall
from diglot.model import Mark, Script, Term
from diglot.words import levels
from diglot.words.cache import default_folder, digest
from diglot.words.given import Given, given_syllables, given_words
from diglot.words.lexicon import Entry, Lexicon, load_lexicon
from diglot.words.orthography import joined, number_breaks
from diglot.words.pinyin import spelled
from diglot.words.readings import Pinyin, Reader, Reading
from diglot.words.segment import ORDINAL, PEOPLE, Segmenter, is_number
from diglot.words.senses import NOTHING, meaning
from diglot.words.word import Word, packed, unpacked

_SURE = 0.9  # below this a reading is listed for review
_DIVISIONS = frozenset("省市县区镇乡")
_FUNCTION = frozenset("为与和及在对于的之而")  # words of their own inside a phrase


@dataclass(frozen=True, slots=True)
class _Look:
    pinyin: tuple[str | None, ...]
    reading: str
    english: str
    pos: str
    hsk: int | None


class Annotator:
    """Annotates texts with one dictionary; make it once."""

    def __init__(self, dictionary: Path | None = None, cache_folder: Path | None = None) -> None:
        self._dictionary = dictionary
        self._cache = cache_folder or default_folder()
        self._looks: dict[tuple[str, Pinyin, bool, str, str, str], _Look] = {}

    @cached_property
    def _named(self) -> str:
        """Name the dictionary; the shipped one is part of Diglot."""
        if not self._dictionary:
            return ""
        with suppress(OSError):  # whoever looks up a word says so
            return digest(self._dictionary.read_bytes())
        return "none"

    @cached_property
    def _lexicon(self) -> Lexicon:
        return load_lexicon(self._dictionary, self._cache)

    @cached_property
    def _segmenter(self) -> Segmenter:
        return Segmenter(self._lexicon, self._cache)

    @cached_property
    def _reader(self) -> Reader:
        from diglot.words.context import ContextModel  # here, because numpy loads slowly

        return Reader(self._lexicon, ContextModel())

    def annotate(
        self,
        text: str,
        *,
        terms: Sequence[Term] = (),
        marks: Sequence[Mark] = (),
        source: Script = Script.HANS,
        place: Place | None = None,
    ) -> tuple[Word, ...]:
        """See ``annotate``."""
        plain = _projected(text, source)
        terms = [term for term in terms if term.term in plain]
        said = [(term.term, term.pinyin, term.english, term.pos) for term in terms]
        name = digest("words", self._named, text, plain, repr(said), repr(marks))
        return unpacked(
            recall(name, lambda: packed(self._annotated(text, plain, terms, marks, place)))
        )

    def _annotated(
        self,
        text: str,
        plain: str,
        terms: Sequence[Term],
        marks: Sequence[Mark],
        place: Place | None,
    ) -> tuple[Word, ...]:
        given = given_words(plain, terms, marks, place)
        fixed = [(g.start, g.end) for g in given.values()]
        tokens = list(self._segmenter(plain, fixed))
        spoken = {start: given_syllables(plain, g) for start, g in given.items() if g.pinyin}
        readings = self._reader.read(plain, tokens, spoken)
        return tuple(
            self._word(text, token, reading, given.get(token[0]))
            for token, reading in zip(tokens, readings, strict=True)
        )

    def alternatives(self, word: Word) -> tuple[str, ...]:
        """The other readings that dictionary and model know of a word, spelled as words."""
        options = (joined(word.headword, option) for option in self._reader.options(word.headword))
        known = {word.reading.lower(), "".join(s or "" for s in word.pinyin), word.headword}
        return tuple(option for option in dict.fromkeys(options) if option not in known)

    def _word(
        self, text: str, token: tuple[int, str, str], reading: Reading, given: Given | None
    ) -> Word:
        start, plain, tag = token
        end = start + len(plain)
        printed = text[start:end] if text[start:end] != plain else plain
        look = self._look(plain, reading, tag, printed, given)
        return Word(
            text=printed,
            start=start,
            end=end,
            pinyin=look.pinyin,
            reading=look.reading,
            english=(given and given.english) or look.english,
            pos=(given and given.pos) or look.pos,
            hsk=look.hsk,
            sure=reading.confidence >= _SURE,
            confidence=reading.confidence,
            headword=plain,
        )

    def _look(
        self, word: str, reading: Reading, tag: str, printed: str, given: Given | None
    ) -> "_Look":
        """What is the same for every such word, made once."""
        spelling = given.pinyin if given else ""
        key = (word, reading.pinyin, reading.name, tag, printed, spelling)
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._looked_up(word, reading, tag, printed, given)
        return look

    def _looked_up(
        self, word: str, reading: Reading, tag: str, printed: str, given: Given | None
    ) -> "_Look":
        sense = NOTHING
        if any(reading.pinyin):
            traditional = printed if printed != word else ""
            sense = meaning(self._lexicon, word, reading, tag, traditional)
        return _Look(
            pinyin=tuple(s and spelled(s) for s in reading.pinyin),
            reading=self._reading(word, reading, tag, given),
            english=sense.english,
            pos=sense.pos,
            hsk=levels.level(word),
        )

    def _reading(self, word: str, reading: Reading, tag: str, given: Given | None) -> str:
        pinyin, name = reading.pinyin, reading.name
        if not any(pinyin):
            return ""
        if given and given.pinyin and not any(map(str.isdigit, given.pinyin)):
            return given.pinyin
        if ordinal := ORDINAL.match(word):
            return joined(word, pinyin, (*number_breaks(ordinal[0]), ordinal.end()), hyphen=1)
        if is_number(word) and word not in self._lexicon:
            return joined(word, pinyin, number_breaks(word))
        entry = self._entry(word, pinyin)
        if entry and entry.proper and (len(word) > 1 or name):
            return self._name(word, pinyin, entry.capital)
        if tag.startswith(("nr", "ns")) and not entry and len(word) > 1:
            surname = 1 if tag in PEOPLE and len(word) < 4 else 0
            return self._name(word, pinyin, [i in (0, surname) for i in range(len(word))])
        if len(word) < 4:
            return joined(word, pinyin)
        if entry and len(word) == 4 and any("(idiom)" in sense for sense in entry.senses):
            return joined(word, pinyin, hyphen=2)
        return joined(word, pinyin, self._phrase_breaks(word))

    def _name(self, word: str, pinyin: Pinyin, capital: Sequence[bool]) -> str:
        """A name: each capital begins a word; a district or county is a word of its own (6.2.2)."""
        big = list(capital)
        if len(word) > 2 and word[-1] in _DIVISIONS:
            big[-1] = True
        breaks = [i for i in range(1, len(word)) if big[i] and pinyin[i] and pinyin[i - 1]]
        if not breaks and len(word) > 4:
            breaks = list(self._phrase_breaks(word, names=False))
        cased = (
            s and (s.capitalize() if upper else s) for s, upper in zip(pinyin, big, strict=True)
        )
        return joined(word, tuple(cased), breaks)

    def _entry(self, word: str, pinyin: Pinyin) -> Entry | None:
        """The entry of a reading; a name only if nothing else is read so."""
        entries = sorted(self._lexicon.entries(word), key=lambda e: e.proper)
        read = [e for e in entries if tuple(s.lower() for s in e.pinyin) == pinyin]
        return next(iter((*read, *entries)), None)

    def _phrase_breaks(self, word: str, *, names: bool = True) -> tuple[int, ...]:
        """Where the words of a long term begin, if it is made of whole words (6.1.1.4)."""
        parts = self._segmenter.parts(word)
        whole = [len(part) > 1 or part in _FUNCTION or len(word) > 4 for part in parts]
        if not names:
            whole = [len(part) > 1 and self._is_common(part) for part in parts[1:]]
        return tuple(accumulate(map(len, parts[:-1]))) if all(whole) else ()

    def _is_common(self, word: str) -> bool:
        return any(not entry.proper for entry in self._lexicon.entries(word))


def _projected(text: str, source: Script) -> str:
    if source is Script.HANS:
        return text
    from diglot.script import project

    return project(text, source)


@cache
def default() -> Annotator:
    """The annotator with the shipped dictionary, made once."""
    return Annotator()


def annotate(
    text: str,
    *,
    terms: Sequence[Term] = (),
    marks: Sequence[Mark] = (),
    source: Script = Script.HANS,
    place: Place | None = None,
) -> tuple[Word, ...]:
    """Find the words of a text, their readings, senses and levels.

    Args:
        text: a sentence or any other text.
        terms: the work's glossary, which wins over the dictionaries.
        marks: overrides of single occurrences, which win over all.
        source: the script the text is printed in.
        place: where the text stands, for messages.

    Returns:
        Words whose texts together are the text.

    Raises:
        DiglotError: a-001 a given reading has the wrong number of syllables, a-002 marks overlap
            or lie outside the text.
    """
    return default().annotate(text, terms=terms, marks=marks, source=source, place=place)


def alternatives(word: Word) -> tuple[str, ...]:
    """The other readings that dictionary and model know of a word, spelled as words."""
    return default().alternatives(word)
