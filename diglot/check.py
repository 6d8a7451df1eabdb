"""What a person should look at in a work: finished pairs, consistent terms, clean source."""

from collections.abc import Iterable, Iterator
from functools import partial

import regex

from diglot.changes.compare import Change
from diglot.compose.terms import occurrences
from diglot.config.work import Residue
from diglot.diff import changed
from diglot.errors import Place, Problem, Severity, did_you_mean
from diglot.model import Pair, Script, Sentence, Term
from diglot.pairs.inline import plain, read_inline
from diglot.project import Work
from diglot.script import half_converted, project
from diglot.source.normalize import RULE_NAMES, normalize
from diglot.sync.quote import glossed_source

_Warning = partial(Problem, severity=Severity.WARNING)
_WORD = regex.compile(r"[\p{L}\p{N}]+")
# Words that say nothing about which term a gloss uses.
_SLIGHT = frozenset(
    [
        *("a", "an", "the", "of", "to", "in", "on", "for", "and", "or", "with", "by", "as", "at"),
        *("from", "be", "is", "are", "its", "it", "that", "this", "not", "into"),
        *("one", "something", "someone", "sth", "sb", "etc"),
    ]
)
# A rule of normalization that x-101 covers.
_ASKED_ANYWAY = frozenset(["under-converted"])
_STEM = 4  # characters in which the forms of an English word agree


def check_work(work: Work, edited: Iterable[Change] = ()) -> tuple[Problem, ...]:
    """List everything that is wrong in a work or doubtful, in the order of its files.

    Codes: those of reading it (``p-…``, ``g-…``) and ``c-101``, ``p-101`` … ``p-106``, ``g-101``,
    ``g-102``, ``x-101``, ``s-101``.

    Args:
        work: The work.
        edited: Pairs whose source was edited while nobody looked at the gloss (``p-106``).
    """
    script = work.info.script.script
    problems = [
        *work.problems,
        *_unknown_rules(work),
        *_unfinished(work),
        *_edited(edited),
        *_glossed_twice(work.text.pairs),
        *_unused_notes(work),
        *_terms(work.text.pairs, work.terms, script),
        *_unfindable(work.terms),
        *_source(work),
    ]
    return tuple(sorted(problems, key=lambda problem: problem.place or Place("")))


def _unknown_rules(work: Work) -> Iterator[Problem]:
    for name in work.info.normalize.off:
        if name not in RULE_NAMES:
            rules = sorted(RULE_NAMES)
            hint = did_you_mean(name, rules, f"Rules are {', '.join(rules)}.")
            place = Place(f"content/{work.name}/work.toml")
            yield Problem("c-101", f"there is no rule “{name}” to switch off", hint, place)


def _unfinished(work: Work) -> Iterator[Problem]:
    for pair in work.text.pairs:
        if not pair.gloss:
            message = f"the pair ^{pair.id} has no gloss"
            yield _Warning("p-101", message, "Write one below its source.", pair.place)
        elif not pair.aligned:
            message = (
                f"the pair ^{pair.id} has {len(pair.source)} sentences of source "
                f"and {len(pair.gloss)} of gloss"
            )
            hint = "Put one sentence on a line, as many on both sides where the sense allows."
            yield _Warning("p-102", message, hint, pair.place)
        if pair.former is not None:
            present = "".join(sentence.text for sentence in pair.source)
            shown = changed(glossed_source(pair.former), present)
            message = f"the source of ^{pair.id} has changed since it was glossed: {shown}"
            hint = (
                "Mend the gloss, then delete the comment <!-- was: … --> above the pair "
                f"(diglot accept {work.name} {pair.id})."
            )
            yield _Warning("p-103", message, hint, pair.place)


def _edited(changes: Iterable[Change]) -> Iterator[Problem]:
    for change in changes:
        if change.before and change.after:
            shown = changed(change.before.source, change.after.source)
            message = f"the source of ^{change.id} was edited, its gloss was not: {shown}"
            hint = "Mend the gloss; if it still fits, there is nothing to do."
            yield _Warning("p-106", message, hint, change.after.pair.place)


def _glossed_twice(pairs: Iterable[Pair]) -> Iterator[Problem]:
    """Find sentences that occur again with another gloss."""
    seen: dict[str, tuple[str, Place]] = {}
    for pair in pairs:
        if not pair.aligned:
            continue
        for sentence, gloss in zip(pair.source, pair.gloss, strict=True):
            text = plain(read_inline(gloss.text))
            earlier, place = seen.setdefault(sentence.text, (text, gloss.place))
            if earlier != text:
                message = f"this sentence is glossed otherwise at {place}"
                hint = "Use one gloss for both, unless the context calls for two."
                yield _Warning("p-104", message, hint, gloss.place)


def _unused_notes(work: Work) -> Iterator[Problem]:
    pairs = (*work.text.pairs, *work.text.obsolete)
    glosses = [gloss.text for pair in pairs for gloss in pair.gloss]
    for note in work.text.notes:
        if not any(f"[^{note.key}]" in gloss for gloss in glosses):
            message = f"nothing refers to the note [^{note.key}]"
            hint = f"Put [^{note.key}] into a gloss, or delete the note."
            yield _Warning("p-105", message, hint, note.place)


def _terms(pairs: tuple[Pair, ...], terms: Iterable[Term], script: Script) -> Iterator[Problem]:
    """Find glosses that do without the English that the glossary gives a term."""
    by_id = {pair.id: pair for pair in pairs}
    seen: set[tuple[str, str]] = set()
    for found in occurrences(pairs, terms, script):
        pair = by_id[found.pair]
        key = (found.term.term, pair.id)
        if key in seen or not pair.gloss:
            continue
        seen.add(key)
        gloss = " ".join(plain(read_inline(gloss.text)) for gloss in pair.gloss)
        if not _uses(gloss, found.term.english):
            message = f"{found.term.term} is “{found.term.english}” in the glossary, not here"
            hint = (
                "Use the glossary's English, add this sense to it after a semicolon, or mark "
                f'the occurrence: [{found.term.term}]{{en="…"}}.'
            )
            yield _Warning("g-101", message, hint, pair.gloss[0].place)


def _unfindable(terms: Iterable[Term]) -> Iterator[Problem]:
    """Find terms that are not written in Simplified, the script in which terms are sought."""
    for term in terms:
        if half_converted(term.term, Script.HANS):
            message = f"the term {term.term} is not in Simplified, and so is never found"
            hint = f"Write {project(term.term, Script.HANT)}; the column hant is for {term.term}."
            yield _Warning("g-102", message, hint, term.place)


def _uses(gloss: str, english: str) -> bool:
    """Whether a gloss has most weighty words of one of a term's senses, in whatever form."""
    stems = _stems(gloss)
    senses = [_stems(sense) for sense in regex.split(r"[;/]", regex.sub(r"\([^)]*\)", "", english))]
    return any(2 * len(sense - stems) <= len(sense) for sense in senses)


def _stems(text: str) -> frozenset[str]:
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(word[:_STEM] for word in words if word not in _SLIGHT)


def _source(work: Work) -> Iterator[Problem]:
    """Find what normalization would still mend, and characters of the other script."""
    script = work.info.script.script
    rules = work.info.normalize
    for sentence in (sentence for pair in work.text.pairs for sentence in pair.source):
        yield from _residue(sentence, frozenset(rules.off), rules.residue)
        marked = {at for mark in sentence.overrides for at in range(mark.start, mark.end)}
        for stray in half_converted(sentence.text, script):
            if stray.offset not in marked:
                message = f"“{stray.character}” is of the other script than this text"
                hint = f"Write “{stray.expected}”, or mark the word if it is meant so: [词]{{}}."
                yield _Warning("x-101", message, hint, sentence.place)


def _residue(sentence: Sentence, off: frozenset[str], residue: Residue) -> Iterator[Problem]:
    # A sentence alone cannot show what its document does: ask about every possible residue.
    mode = Residue.STRIP if residue is Residue.AUTO else residue
    for edit in normalize(sentence.text, off=off | _ASKED_ANYWAY, residue=mode).edits:
        code_points = " ".join(f"U+{ord(character):04X}" for character in edit.before)
        shown = f"“{edit.before}”" if edit.before.strip().isprintable() else code_points
        message = f"{shown} is what normalizing would mend (rule {edit.rule})"
        mend = f"Write “{edit.after}”" if edit.after else "Delete it"
        hint = f"{mend}, or switch the rule off in work.toml if it is meant so."
        yield _Warning("s-101", message, hint, sentence.place)
