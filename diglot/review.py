"""What an editor should look at in a work's Chinese, and what to write to settle each case."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from diglot.config import Edition
from diglot.errors import Place
from diglot.model import Mark, Script, Sentence
from diglot.pairs.syntax import write_sentence
from diglot.project import Work
from diglot.script import ambiguous, convert, half_converted
from diglot.source.decode import decode
from diglot.source.normalize import Review, normalize
from diglot.words import Word, alternatives, annotate

# How often such a case turns out wrong, to put the worst first; readings have their confidence.
_HALF_CONVERTED = 0.9
_SOURCE = 0.5
_SCRIPT = 0.2

_REACH = 12  # characters of a sentence that are shown on either side
_STRAYS = frozenset(("mixed-script", "under-converted"))  # rules that list what strays are


@dataclass(frozen=True, slots=True)
class Option:
    """A way to decide a case: the form, and what to write so that it holds."""

    form: str
    settle: str


@dataclass(frozen=True, slots=True)
class Case:
    """A choice that may be the wrong one.

    ``kind`` is source, reading, script or half-converted; ``place`` is the first of ``count`` like
    cases, and ``context`` what stands there, the word in 【】. ``chosen`` is what holds if nothing
    is done. ``doubt`` estimates how often such a case is wrong, from 0 to 1.
    """

    kind: str
    place: Place
    word: str
    context: str
    reason: str
    chosen: Option
    others: tuple[Option, ...]
    doubt: float
    count: int = 1


def list_doubts(
    work: Work, editions: Iterable[Edition], source: bytes | None = None
) -> tuple[Case, ...]:
    """List a work's doubtful cases, the most doubtful first; what people settled is left out.

    Args:
        work: The work.
        editions: What is made of it; their scripts count.
        source: The bytes of its ``source.txt``, if it has one.

    Raises:
        DiglotError: ``s-001`` … ``s-006``, the source cannot be decoded; ``a-001``, a given
            reading does not fit its word.
    """
    scripts = _scripts(work, editions)
    cases = list(_titles(work, scripts))
    strays: set[tuple[Place, int]] = set()
    for sentence in (sentence for pair in work.text.pairs for sentence in pair.source):
        text = _Text(work, sentence)
        strays |= {(sentence.place, offset) for offset in text.strays}
        cases += (*text.readings(), *text.half_converted(), *text.choices(scripts))
    if source is not None:
        cases += _doubts(work, source, strays)
    return tuple(sorted(_grouped(cases), key=lambda case: (-case.doubt, case.place)))


def to_json(cases: Iterable[Case]) -> str:
    """Write cases as a JSON array, ended by a line feed."""
    rows = [
        {
            "kind": case.kind,
            "place": str(case.place),
            "count": case.count,
            "word": case.word,
            "context": case.context,
            "reason": case.reason,
            "chosen": case.chosen.form,
            "settle": case.chosen.settle,
            "alternatives": [{"form": o.form, "settle": o.settle} for o in case.others],
            "doubt": round(case.doubt, 2),
        }
        for case in cases
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def to_text(case: Case) -> str:
    """Write a case for a person: where and what; a line for each form and what to write for it."""
    times = f" (×{case.count})" if case.count > 1 else ""
    options = [f"  {o.form}: {o.settle}" for o in (case.chosen, *case.others)]
    head = f"{case.place}: {case.kind}: {case.context}{times}: {case.reason}"
    return "\n".join((head, *options, ""))


class _Text:
    """A sentence of a work with its words."""

    def __init__(self, work: Work, sentence: Sentence) -> None:
        self._sentence = sentence
        self._script = work.info.script.script
        self._terms = {term.term: term for term in work.terms}
        marked = {at for mark in sentence.overrides for at in range(mark.start, mark.end)}
        strays = {s.offset: s.expected for s in half_converted(sentence.text, self._script)}
        self.strays = strays.keys() - marked
        expected = (strays.get(at, char) for at, char in enumerate(sentence.text))
        self._words = annotate(
            "".join(expected),
            terms=work.terms,
            marks=sentence.overrides,
            source=self._script,
            place=sentence.place,
        )

    def readings(self) -> Iterator[Case]:
        """Readings that are not sure."""
        for word in self._words:
            if not word.sure:
                forms = (word.reading, *alternatives(word))
                text = self._printed(word)
                options = [Option(form, _marked(text, pinyin=form or "…")) for form in forms]
                known = f"right in {word.confidence:.0%} of such cases"
                reason = known if word.confidence else "no reading is known"
                yield self._case("reading", word, reason, options, 1 - word.confidence)

    def half_converted(self) -> Iterator[Case]:
        """Words with characters of the other script, that no mark covers."""
        for word in self._words:
            if not any(word.start <= offset < word.end for offset in self.strays):
                continue
            text = self._printed(word)
            options = [Option(text, _marked(text)), Option(word.text, word.text)]
            reason = "a character of the other script"
            yield self._case("half-converted", word, reason, options, _HALF_CONVERTED)

    def choices(self, scripts: Iterable[Script]) -> Iterator[Case]:
        """Words that have several forms in another script, where nothing backs the one chosen."""
        text, marks = self._sentence.text, self._sentence.marks
        words = {term.term: term.hant for term in self._terms.values() if term.hant}
        seen: set[tuple[int, str]] = set()
        for to in scripts:
            for choice in ambiguous(text, self._script, to, words=words, marks=marks):
                if not choice.doubtful or (choice.offset, choice.chosen) in seen:
                    continue
                seen.add((choice.offset, choice.chosen))
                word = self._at(choice.offset)
                converted = convert(text, to, self._script, words=words, marks=marks)
                whole, at = converted[word.start : word.end], choice.offset - word.start
                forms = [_replaced(whole, at, f) for f in (choice.chosen, *choice.others)]
                options = [Option(form, self._conversion(word, form)) for form in forms]
                reason = f"{choice.character} in {to}, by default"
                yield self._case("script", word, reason, options, _SCRIPT)

    def _conversion(self, word: Word, hant: str) -> str:
        """What settles a conversion: a mark, or in a term and a title a row of the glossary."""
        term = self._terms.get(word.headword)
        if term:
            return _row(term.term, term.pinyin, term.english, term.pos, term.note, hant)
        if self._sentence.place.path.endswith(".toml"):
            return _row(word.headword, word.reading, word.english, word.pos, "", hant)
        return _marked(self._printed(word), hant=hant)

    def _printed(self, word: Word) -> str:
        return self._sentence.text[word.start : word.end]

    def _at(self, offset: int) -> Word:
        return next(word for word in self._words if word.start <= offset < word.end)

    def _case(
        self, kind: str, word: Word, reason: str, options: Sequence[Option], doubt: float
    ) -> Case:
        text, place = self._sentence.text, self._sentence.place
        context = _shown(text, word.start, word.end)
        printed = self._printed(word)
        return Case(kind, place, printed, context, reason, options[0], tuple(options[1:]), doubt)


def _scripts(work: Work, editions: Iterable[Edition]) -> tuple[Script, ...]:
    """The scripts to convert to; plain Traditional is printed as in Taiwan."""
    wanted = {Script.HANT_TW if e.script is Script.HANT else e.script for e in editions}
    return tuple(sorted(wanted - {Script.SOURCE, work.info.script.script}))


def _titles(work: Work, scripts: Iterable[Script]) -> Iterator[Case]:
    place = Place(f"content/{work.name}/work.toml")
    title = work.info.title
    for text in dict.fromkeys((title.zh, title.short_zh) if title else ()):
        yield from _Text(work, Sentence(text, place)).choices(scripts)


def _doubts(work: Work, source: bytes, strays: set[tuple[Place, int]]) -> Iterator[Case]:
    """What normalization left open, where it still stands in the text."""
    path = f"content/{work.name}/source.txt"
    rules = work.info.normalize
    text = decode(source, path).text
    lines = text.split("\n")
    for doubt in normalize(text, off=frozenset(rules.off), residue=rules.residue).review:
        place = Place(path, doubt.line)
        off = Option("as it is everywhere", f'[normalize] off = ["{doubt.rule}"]')
        if not doubt.text:
            yield Case("source", place, "", lines[0][:_REACH], doubt.reason, off, (), _SOURCE)
        elif found := _standing(work, doubt, lines[doubt.line - 1]):
            sentence, at = found
            if doubt.rule in _STRAYS and (sentence.place, at) in strays:
                continue
            context = _shown(sentence.text, at, at + len(doubt.text))
            keep = Option("as it is", _marked(doubt.text))
            others = [off]
            if doubt.rule == "residue":
                others.append(Option("without", '[normalize] residue = "strip"'))
            yield Case(
                *("source", sentence.place, doubt.text, context, doubt.reason),
                *(keep, tuple(others), _SOURCE),
            )


def _standing(work: Work, doubt: Review, line: str) -> tuple[Sentence, int] | None:
    """Where what was doubted stands in the text without a mark: a sentence, and the offset."""
    start, end = doubt.column - 1, doubt.column - 1 + len(doubt.text)
    told = any(map(str.isalpha, doubt.text)) or not doubt.text.isprintable()
    before = "" if told else line[max(0, start - 1) : start]
    sought = before + doubt.text + ("" if told else line[end : end + 1])
    for sentence in (sentence for pair in work.text.pairs for sentence in pair.source):
        at = sentence.text.find(sought)
        while at >= 0:
            offset = at + len(before)
            if not any(mark.start <= offset < mark.end for mark in sentence.overrides):
                return sentence, offset
            at = sentence.text.find(sought, at + 1)
    return None


def _grouped(cases: Iterable[Case]) -> Iterable[Case]:
    """Like cases as one, at the first one's place, with their number."""
    groups: dict[object, Case] = {}
    for case in cases:
        key = (case.kind, case.word, case.chosen, case.others)
        known = groups.get(key)
        groups[key] = replace(known, count=known.count + 1) if known else case
    return groups.values()


def _shown(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - _REACH) : start]}【{text[start:end]}】{text[end : end + _REACH]}"


def _replaced(text: str, at: int, character: str) -> str:
    return text[:at] + character + text[at + 1 :]


def _marked(word: str, *, pinyin: str | None = None, hant: str | None = None) -> str:
    mark = Mark(0, len(word), pinyin=pinyin, hant=hant)
    return write_sentence(Sentence(word, Place(""), (mark,)))


def _row(*cells: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
