"""Help with words: which get a reading and which an entry, by what the reader knows."""

from collections.abc import Iterable, Iterator

from diglot.compose.booklet import Reading
from diglot.compose.terms import Occurrence
from diglot.config import Edition, Once, Source, Words
from diglot.errors import Place
from diglot.model import Pair, Sentence, Term
from diglot.project import Work
from diglot.words import Word, annotate, known

_DICTIONARY = Source(
    text="Senses of words outside the glossary: CC-CEDICT",
    licence="CC BY-SA 4.0",
    url="https://www.mdbg.net/chinese/dictionary?page=cc-cedict",
)


class Helps:
    """What an edition tells its reader about the words of a work.

    Readings are asked for in the order of the text, since a word may get one only the first time.
    """

    def __init__(self, work: Work, edition: Edition) -> None:
        place = Place(f"content/{work.name}")
        self._work = work
        self._edition = edition
        self._knows = known(edition.known, work.folder, place)
        self._words: dict[Sentence, tuple[Word, ...]] = {}
        self._read: set[tuple[str, str]] = set()

    def begin_section(self) -> None:
        """Forget which words have had their reading, if every section gives it again."""
        if self._edition.once is Once.SECTION:
            self._read.clear()

    def readings(self, sentence: Sentence) -> tuple[Reading, ...]:
        """Give the readings that stand above a sentence, in its characters."""
        return tuple(
            Reading(word.start, _pieces(word))
            for word in self._chosen(sentence, self._edition.pinyin)
            if word.reading and self._is_due(word)
        )

    def occurrences(self, pairs: Iterable[Pair]) -> Iterator[Occurrence]:
        """Find the words that get an entry in the vocabulary: terms, and by the dictionary."""
        for pair in pairs:
            for sentence in pair.source:
                for word in self._chosen(sentence, self._edition.glosses):
                    if word.reading and word.english:
                        term = Term(word.headword, word.reading, word.english, pair.place, word.pos)
                        yield Occurrence(term, pair.id, word.start, word.end)

    def sources(self) -> tuple[Source, ...]:
        """Name the data that the edition prints."""
        return (_DICTIONARY,) if self._edition.glosses in (Words.ALL, Words.UNKNOWN) else ()

    def _chosen(self, sentence: Sentence, which: Words) -> Iterator[Word]:
        if which in (Words.ALL, Words.UNKNOWN):
            for word in self._annotated(sentence):
                if which is Words.ALL or not self._knows(word):
                    yield word

    def _annotated(self, sentence: Sentence) -> tuple[Word, ...]:
        if sentence not in self._words:
            self._words[sentence] = annotate(
                sentence.text,
                terms=self._work.terms,
                marks=sentence.marks,
                source=self._work.info.script.script,
                place=sentence.place,
            )
        return self._words[sentence]

    def _is_due(self, word: Word) -> bool:
        """Whether a word has not had this reading yet where it is given once."""
        key = (word.headword, word.reading)
        due = self._edition.once is Once.NEVER or key not in self._read
        self._read.add(key)
        return due


def _pieces(word: Word) -> tuple[str, ...]:
    """Part a word's reading over its characters, with what joins them: Xī and 'ān for 西安."""
    pieces: list[str] = []
    rest = word.reading
    for syllable in word.pinyin:
        if syllable is None:
            pieces.append("")
            continue
        end = rest.casefold().index(syllable.casefold()) + len(syllable)
        pieces.append(rest[:end])
        rest = rest[end:]
    pieces[-1] += rest
    return tuple(pieces)
