"""Writing ``text.md``: the inverse of `diglot.pairs.parse`."""

from collections.abc import Iterable, Iterator

from diglot.errors import Place
from diglot.model import Kind, Pair, PairedText, Segment, Sentence
from diglot.pairs.syntax import escape_start, write_former, write_sentence

OBSOLETE = "# Obsolete"  # the heading of the pairs that are kept unprinted


def write(text: PairedText) -> str:
    """Write a paired text in its canonical form, which `parse` reads back to the same pairs."""
    blocks = [block for pair in text.pairs for block in _pair(pair)]
    notes = (f"[^{note.key}]: {note.text}" for note in text.notes)
    obsolete = [block for pair in text.obsolete for block in _pair(pair)]
    kept = [OBSOLETE, *obsolete] if obsolete else []
    return "\n\n".join([*blocks, *notes, *kept]) + "\n"


def pairs_of(segments: Iterable[Segment], path: str) -> tuple[Pair, ...]:
    """Make pairs with empty glosses from segments; ids count up, the title's is 0."""
    pairs: list[Pair] = []
    for segment in segments:
        title = segment.kind is Kind.TITLE and not pairs
        number = 0 if title else int(pairs[-1].id) + 1 if pairs else 1
        place = Place(path)
        sentences = tuple(Sentence(text, place) for text in segment.sentences)
        pairs.append(Pair(str(number), segment.kind, sentences, (), place, segment.level))
    return tuple(pairs)


def write_quote(pair: Pair) -> list[str]:
    """Write the lines of a pair's quote, its id at the end of the last."""
    *lines, last = (f"> {line}" for line in _source(pair))
    return [*lines, f"{last} ^{pair.id}"]


def _pair(pair: Pair) -> Iterator[str]:
    if pair.former is not None:
        yield write_former(pair.former)
    yield "\n".join(write_quote(pair))
    if pair.gloss:
        yield "\n".join(gloss.text for gloss in pair.gloss)


def _source(pair: Pair) -> list[str]:
    first, *rest = map(write_sentence, pair.source)
    match pair.kind:
        case Kind.VERSE:
            return [f"| {line}" for line in (first, *rest)]
        case Kind.TITLE | Kind.HEADING:
            first = f"{'#' * pair.level} {first}"
        case Kind.PARAGRAPH | Kind.QUOTATION:
            first = escape_start(first)
    return [first, *map(escape_start, rest)]
