"""Help with words: which get a reading and which an entry, by what the reader knows."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from diglot.compose.booklet import Lookup, Reading
from diglot.compose.brief import brief
from diglot.compose.terms import Occurrence, placed
from diglot.config import Edition, Layout, Source, Spelling, Words
from diglot.errors import DiglotError, Place, Problem
from diglot.model import Pair, Sentence, Term
from diglot.project import Work
from diglot.words import (
    Annotator,
    Style,
    Word,
    default,
    known,
    restyled,
    sandhi,
    spaced_zhuyin,
)

DICTIONARY = Source(
    text="Senses of words outside the glossary: CC-CEDICT",
    licence="CC BY-SA 4.0",
    url="https://www.mdbg.net/chinese/dictionary?page=cc-cedict",
)
_JOINERS = " '’-"  # what GB/T 16159 writes between syllables


_FEWEST = 22  # letters of a sense below a word
_LETTERS = 8  # for each hanzi of a longer word: two lines of about its width


class Helps:
    """What an edition tells its reader about the words of a work."""

    def __init__(self, work: Work, edition: Edition) -> None:
        place = Place(f"content/{work.name}")
        self._work = work
        self._edition = edition
        self._knows = known(edition.known, work.folder, place)
        self._annotator = Annotator(_dictionary(work)) if work.info.dictionary else default()
        self._words: dict[Sentence, tuple[Word, ...]] = {}

    def readings(self, sentence: Sentence) -> tuple[Reading, ...]:
        """Give the readings that stand above a sentence, in its characters."""
        return tuple(
            Reading(
                word.start,
                _pieces(word, self._edition.spelling),
                self._sense(word),
                self._zhuyin(word),
            )
            for word in self._chosen(sentence, self._edition.read)
            if word.reading
        )

    def _zhuyin(self, word: Word) -> tuple[str, ...]:
        if self._edition.spelling is not Spelling.ZHUYIN:
            return ()
        return tuple(syllable or "" for syllable in restyled(word, Style.ZHUYIN))

    def _sense(self, word: Word) -> str | None:
        if self._edition.layout is not Layout.INTERLINEAR:
            return None
        return brief(word.english, max(_FEWEST, _LETTERS * len(word.text)))

    def occurrences(self, pairs: Iterable[Pair]) -> Iterator[Occurrence]:
        """Find the words that get an entry in the vocabulary: terms, and by the dictionary."""
        for pair in pairs:
            for row, before, sentence in placed(pair):
                for word in self._chosen(sentence, self._edition.glosses):
                    if word.reading and word.english:
                        term = Term(word.headword, word.reading, word.english, pair.place, word.pos)
                        place = pair.id, row, before, sentence
                        yield Occurrence(term, *place, word.start, word.end)

    def lookups(
        self, sentences: Iterable[Sentence], entries: Mapping[tuple[str, str], str]
    ) -> Iterator[Lookup]:
        """Say of each word what a reader may look up, in sentences that stand without a gap.

        ``entries`` are the keys of glossary entries by headword and English.
        """
        zhuyin = self._edition.spelling is Spelling.ZHUYIN
        before = 0
        for sentence in sentences:
            for word in self._annotated(sentence):
                if word.reading:
                    spelled = _pieces(word, self._edition.spelling)
                    yield Lookup(
                        before + word.start,
                        spaced_zhuyin(word.text, word.pinyin) if zhuyin else spelled,
                        word.english,
                        word.pos,
                        word.hsk,
                        self._knows(word),
                        entries.get((word.headword, word.english), ""),
                    )
            before += len(sentence.text)

    def sources(self) -> tuple[Source, ...]:
        """Name the data that the edition prints."""
        edition = self._edition
        below = edition.layout is Layout.INTERLINEAR
        return (DICTIONARY,) if below or edition.glosses in (Words.ALL, Words.UNKNOWN) else ()

    def _chosen(self, sentence: Sentence, which: Words) -> Iterator[Word]:
        if which in (Words.ALL, Words.UNKNOWN):
            for word in self._annotated(sentence):
                if which is Words.ALL or not self._knows(word):
                    yield word

    def _annotated(self, sentence: Sentence) -> tuple[Word, ...]:
        if sentence not in self._words:
            words = self._annotator.annotate(
                sentence.text,
                terms=self._work.terms,
                marks=sentence.overrides,
                source=self._work.info.script.script,
                place=sentence.place,
            )
            self._words[sentence] = sandhi(words) if self._edition.sandhi else words
        return self._words[sentence]


def _dictionary(work: Work) -> Path:
    """Find a work's own dictionary; content names no file outside its folder."""
    file = (work.folder / work.info.dictionary).resolve()
    if not file.is_relative_to(work.folder.resolve()):
        message = "The dictionary cannot be read: it leads out of the work's folder"
        hint = "Put a CC-CEDICT file, plain or gzip, into the folder."
        place = Place(f"content/{work.name}/work.toml")
        raise DiglotError(Problem("a-010", message, hint, place))
    return file


def _pieces(word: Word, spelling: Spelling) -> tuple[str, ...]:
    """Part a word's pinyin over its characters, with what joins them: Xī and 'ān for 西安."""
    pieces: list[str] = []
    rest = word.reading
    for syllable in word.pinyin:
        if syllable is None:
            pieces.append("")
            continue
        end = rest.casefold().index(syllable.casefold()) + len(syllable)
        pieces.append(rest[:end])
        rest = rest[end:]
    if spelling is not Spelling.NUMBERS:
        return tuple(pieces)
    spelled = restyled(word, Style.NUMBERS)
    return tuple(_respelled(*pair) for pair in zip(pieces, spelled, strict=True))


def _respelled(piece: str, syllable: str | None) -> str:
    """Write a piece with a tone number, which needs no apostrophe before it."""
    if not syllable:
        return ""
    letters = piece.lstrip(_JOINERS)
    joiner = piece[: len(piece) - len(letters)].replace("'", "")
    return joiner + (syllable.capitalize() if letters[:1].isupper() else syllable)
