"""What changed since a work was published, in an edition's script."""

from collections.abc import Iterable, Iterator, Sequence

from diglot.changes.about import Detail
from diglot.changes.compare import Change, State, What, compare, script_of
from diglot.changes.release import Past, compare_with
from diglot.compose.booklet import Errata, Erratum
from diglot.compose.scripts import Converter
from diglot.diff import Run, sentence_runs
from diglot.pairs.inline import Inline, plain, read_inline
from diglot.project import Work

_LENGTH = 40  # characters of a text that is gone
_Runs = tuple[tuple[tuple[Inline, ...], tuple[Inline, ...]], ...]


def errata(work: Work, past: Past | None, converter: Converter) -> Errata | None:
    """List the changes of a work since a past state; none if there is no such state.

    Args:
        work: The work.
        past: A state of its paired text.
        converter: Into the edition's script.
    """
    if past is None:
        return None
    # The text may have been in the other script then.
    script = script_of(past.text) or converter.source
    former = [Converter(script, to, converter.words) for to in (converter.source, converter.to)]
    changes = compare(past.text, work.text)
    besides = compare_with(work, past)
    return Errata(
        past.name,
        (
            *_title(besides, former, converter),
            *(_erratum(change, former, converter) for change in changes),
            *(_term(detail, converter) for detail in besides if detail.is_term),
        ),
    )


def _title(
    details: Iterable[Detail], former: Sequence[Converter], converter: Converter
) -> Iterator[Erratum]:
    """Say what became of the title, the people and the rights."""
    found = {detail.name: detail for detail in details if not detail.is_term}
    zh, en = found.pop("title.zh", None), found.pop("title.en", None)
    if zh or en:
        runs: tuple[Run, ...] = ()
        if zh:
            old = [[each.text(zh.before)] if zh.before else [] for each in former]
            new = [[each(zh.after)] if zh.after else [] for each in (str, converter.text)]
            runs = sentence_runs(old[0], new[0], (old[1], new[1]))
        yield Erratum("", ("title",), "", runs, _said(en, converter) if en else (), ())
    for detail in found.values():
        yield Erratum("", (detail.name,), "", (), _said(detail, converter), ())


def _term(detail: Detail, converter: Converter) -> Erratum:
    word = converter.simplified(detail.name)
    zh = (word if detail.before else "", word if detail.after else "")
    en = () if detail.what is What.REMOVED else _said(detail, converter)
    return Erratum("", (f"term-{detail.what}",), "", (zh,), en, ())


def _said(detail: Detail, converter: Converter) -> _Runs:
    texts = [[plain(read_inline(text))] if text else [] for text in (detail.before, detail.after)]
    return _english(texts, converter)


def _erratum(change: Change, former: Sequence[Converter], converter: Converter) -> Erratum:
    before, after = change.before, change.after
    gloss = [_lines(g.text for g in state.pair.gloss) if state else () for state in (before, after)]
    notes = [_lines(state.notes) if state else () for state in (before, after)]
    whole = before is None or after is None
    return Erratum(
        change.id,
        tuple(change.what),
        change.behind,
        _chinese(before, after, former, converter) if whole or What.REWORDED in change.what else (),
        _english(gloss, converter) if What.RETRANSLATED in change.what or not before else (),
        _english(notes, converter) if What.ANNOTATED in change.what or not before else (),
    )


def _chinese(
    before: State | None, after: State | None, former: Sequence[Converter], converter: Converter
) -> tuple[Run, ...]:
    """The runs of a source; they are parted in the work's script, and so the same in each."""
    old, old_shown = (
        [each.sentence(s) for s in before.pair.source] if before else [] for each in former
    )
    if after is None:  # where it began is enough to find it
        return ((_beginning("".join(old_shown)), ""),)
    new = [sentence.text for sentence in after.pair.source]
    return sentence_runs(old, new, (old_shown, [*map(converter.sentence, after.pair.source)]))


def _beginning(text: str) -> str:
    return text if len(text) <= _LENGTH else f"{text[:_LENGTH]}……"


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(plain(read_inline(text)).strip() for text in texts)


def _english(texts: Sequence[Sequence[str]], converter: Converter) -> _Runs:
    def inline(text: str) -> tuple[Inline, ...]:
        return converter.inline((Inline("text", text),)) if text else ()

    before, after = texts
    found: Iterable[Run] = sentence_runs(before, after, words=True)
    return tuple((inline(old), inline(new)) for old, new in found)
