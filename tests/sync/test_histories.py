"""Whatever happens to a source text, no gloss is lost and untouched pairs stay as they are.

Seeded histories: a text is reworded, moved, split, merged, cut, restored, reordered and imported
in the other script, several times each, and synced after every step.
"""

from dataclasses import replace

import pytest

from diglot.model import Gloss, PairedText
from diglot.pairs.layout import read_layout
from diglot.pairs.parse import parse
from diglot.pairs.write import pairs_of, write
from diglot.sync.edit import Edited, edit
from diglot.sync.forms import of_pair, of_segment
from diglot.sync.merge import merge
from tests.sync.histories import History, Text


def glossed(text: Text) -> str:
    """The paired text of a source, each sentence with a gloss of its own."""
    pairs = [
        replace(
            pair,
            gloss=tuple(
                Gloss(f"Gloss {pair.id}.{n} of {len(sentence.text)} characters.", pair.place)
                for n, sentence in enumerate(pair.source)
            ),
        )
        for pair in pairs_of(text.segments, "text.md")
    ]
    return write(PairedText(tuple(pairs)))


def read(text: str) -> PairedText:
    parsed = parse((text, "text.md"))
    assert parsed.problems == ()
    return parsed.text


def synced(text: str, base: Text, theirs: Text) -> Edited:
    paired = read(text)
    return edit([text], paired, merge(paired, base.segments, theirs.segments))


def gloss_lines(text: PairedText) -> set[str]:
    return {gloss.text for pair in (*text.pairs, *text.obsolete) for gloss in pair.gloss}


def quotes(text: PairedText) -> list[tuple[str, ...]]:
    return [tuple(sentence.text for sentence in pair.source) for pair in text.pairs]


def chunks(text: str) -> dict[str, tuple[str, ...]]:
    """The bytes of each pair that is printed, by its id, without the blank lines behind it."""
    parts = read_layout(text).main.chunks
    pairs = read(text).pairs
    return {p.id: (*c.above, *c.quote, *c.below) for p, c in zip(pairs, parts, strict=True)}


@pytest.mark.parametrize("seed", range(300))
def test_a_history(seed: int) -> None:
    history = History(seed)
    text = glossed(history.text)
    for _ in range(history.random.randint(1, 5)):
        base = history.text
        step = history.step()
        theirs = history.text
        before, edited = read(text), synced(text, base, theirs)
        (after_text,) = edited.files
        after = read(after_text)
        # Nothing is lost, and the text is the new source.
        assert gloss_lines(before) <= gloss_lines(after)
        assert quotes(after) == [segment.sentences for segment in theirs.segments]
        # Pairs whose source is the same are the same, to the byte, and current.
        old, new = chunks(text), chunks(after_text)
        forms = {of_segment(segment) for segment in theirs.segments}
        for pair in before.pairs:
            if of_pair(pair) in forms:
                assert new[pair.id] == old[pair.id], step
        # A change of script alone makes nothing stale.
        if step in ("rewrite", "punctuate", "move", "reorder", "delete", "insert"):
            stale = {pair.id for pair in before.pairs if pair.former is not None}
            assert {pair.id for pair in after.pairs if pair.former is not None} <= stale | {
                pair.id for pair in before.obsolete
            }
        # Ids are given once.
        ids = {pair.id for pair in (*before.pairs, *before.obsolete)}
        assert ids <= {pair.id for pair in (*after.pairs, *after.obsolete)}
        # Doing it again does nothing, also after a kill between the two files.
        assert synced(after_text, theirs, theirs).files == (after_text,)
        assert synced(after_text, base, theirs).files == (after_text,)
        text = after_text
