"""The difference of two texts, run by run, for people to read."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

import regex

Run = tuple[str, str]  # what stood, and what stands in its place

_WORD = regex.compile(r"[\p{Latin}\p{M}\p{N}’'-]+|.", regex.DOTALL)
_REACH = 8  # tokens that are shown around a change
# A run of equal tokens shorter than this, between changes, is shown as changed with them.
_ISLAND = 2
_KEPT = 0.3  # the share of a text below which it is written anew


def runs(before: str, after: str, *, words: bool = False) -> tuple[Run, ...]:
    """Part a text before and after into runs that are equal and changed in turn.

    Characters are compared, or with ``words`` Latin words as a whole.
    """
    pairs = _runs(_tokens(before, words=words), _tokens(after, words=words))
    return tuple(("".join(old), "".join(new)) for old, new in pairs)


def sentence_runs(
    before: Sequence[str],
    after: Sequence[str],
    shown: tuple[Sequence[str], Sequence[str]] | None = None,
    *,
    words: bool = False,
) -> tuple[Run, ...]:
    """Do the same for a text in sentences; in place of those that stayed stands an ellipsis.

    What is written anew, with little of what stood there, is one run. With ``words`` there is a
    space between sentences. ``shown`` is both in another script, as many characters: it is given
    in place of them, parted where they are.
    """
    old, new = shown or (before, after)
    between, gap = (" ", "…") if words else ("", "……")
    found: list[Run] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if found and between:
            found.append((between, between))
        if tag == "equal":
            found.append((gap, gap))
            continue
        texts = between.join(before[i:j]), between.join(after[k:m])
        parted = runs(*texts, words=words)
        kept = sum(len(old) for old, new in parted if old == new)
        whole = kept < _KEPT * max(map(len, texts))
        forms = between.join(old[i:j]), between.join(new[k:m])
        found += [forms] if whole else _parted(parted, *forms)
    return tuple(found)


def _parted(found: Iterable[Run], old: str, new: str) -> Iterator[Run]:
    """Other forms of two texts, parted as these are; what is equal there is equal here."""
    i = k = 0
    for before, after in found:
        there = new[k : k + len(after)]
        yield there if before == after else old[i : i + len(before)], there
        i, k = i + len(before), k + len(after)


def changed(before: str, after: str, *, words: bool = False) -> str:
    """Show what changed in a text: ``山[-低-]{+高+}。``, with some of what stands around it.

    The notation is that of wdiff and ``git diff --word-diff``; tokens are those of `runs`.
    """
    found = list(_runs(_tokens(before, words=words), _tokens(after, words=words)))
    pieces = [
        _around(old, first=n == 0, last=n == len(found) - 1)
        if old == new
        else _marked("[-{}-]", old) + _marked("{{+{}+}}", new)
        for n, (old, new) in enumerate(found)
    ]
    return "".join(pieces)


def _tokens(text: str, *, words: bool) -> Sequence[str]:
    return _WORD.findall(text) if words else text


def _runs(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Runs of tokens; a mere island of equal ones goes with its shores."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    old = new = 0
    for block in matcher.get_matching_blocks():
        behind = (block.a + block.size, block.b + block.size)
        outer = (block.a, block.b) == (0, 0) or behind == (len(before), len(after))
        if block.size < _ISLAND and not outer:
            continue
        if old < block.a or new < block.b:
            yield before[old : block.a], after[new : block.b]
        if block.size:
            yield before[block.a : behind[0]], after[block.b : behind[1]]
        old, new = behind


def _marked(form: str, tokens: Sequence[str]) -> str:
    return form.format("".join(tokens)) if tokens else ""


def _around(tokens: Sequence[str], *, first: bool, last: bool) -> str:
    if (first and last) or len(tokens) <= 2 * _REACH:
        return "".join(tokens)
    start, end = "".join(tokens[:_REACH]), "".join(tokens[-_REACH:])
    if first:
        return f"…{end}"
    return f"{start}…" if last else f"{start}…{end}"
