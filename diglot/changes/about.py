"""What readers hold besides the pairs: the title, the people, the rights, the glossary."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from diglot.changes.compare import What
from diglot.compose.terms import occurring
from diglot.config import Creator
from diglot.config.work import WorkInfo
from diglot.model import Kind, PairedText, Script, Term
from diglot.pairs.inline import plain, read_inline
from diglot.sync.forms import fold

# What MARC's codes for people's parts mean, as booklets say it.
_ROLES = {
    "aut": "author",
    "trl": "translator",
    "edt": "editor",
    "com": "compiler",
    "ann": "annotator",
    "bkd": "designer",
}


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A term of the glossary, as a row of ``glossary.csv`` has it."""

    term: str
    pinyin: str
    english: str
    pos: str = ""
    note: str = ""
    hant: str = ""

    def __str__(self) -> str:
        """Say what the glossary says of it."""
        pos = f" ({self.pos})" if self.pos else ""
        hant = f" [{self.hant}]" if self.hant else ""
        note = f"; {plain(read_inline(self.note))}" if self.note else ""
        return f"{self.pinyin}: {self.english}{pos}{hant}{note}"


class About(msgspec.Struct, frozen=True, omit_defaults=True):
    """A work's title (unless it is a pair), people, rights, and the terms that its text has."""

    script: Script = Script.SOURCE
    title_zh: str = ""
    title_en: str = ""
    creator: tuple[Creator, ...] = ()
    rights: str = ""
    terms: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """What became of something besides the pairs; ``name`` is a key of ``work.toml``, or a term."""

    name: str
    what: What
    before: str
    after: str
    is_term: bool = False


def about(info: WorkInfo, text: PairedText, terms: Iterable[Term]) -> About:
    """Say what readers of a work hold besides its pairs."""
    own = text.pairs[:1] and text.pairs[0].kind is Kind.TITLE
    title = None if own else info.title
    return About(
        info.script.script,
        title.zh if title else "",
        title.en if title else "",
        info.creator,
        info.rights,
        tuple(
            Entry(term.term, term.pinyin, term.english, term.pos, term.note, term.hant)
            for term in occurring(text.pairs, terms, info.script.script)
        ),
    )


def compare_about(before: About, after: About) -> tuple[Detail, ...]:
    """List what is not as it was: the title, people and rights, then terms in their order.

    If the work went into the other script, Chinese is compared regardless of script.
    """
    fields = [
        ("title.zh", before.title_zh, after.title_zh),
        ("title.en", before.title_en, after.title_en),
        ("creator", _people(before.creator), _people(after.creator)),
        ("rights", before.rights, after.rights),
    ]
    if before.script is not after.script:
        fields = [
            each for each in fields if "".join(map(fold, each[1])) != "".join(map(fold, each[2]))
        ]
    return (*_details(fields, is_term=False), *_details(_terms(before, after), is_term=True))


def _details(found: Iterable[tuple[str, str, str]], *, is_term: bool) -> Iterator[Detail]:
    for name, old, new in found:
        if old != new:
            what = What.REWORDED if old and new else What.ADDED if new else What.REMOVED
            yield Detail(name, what, old, new, is_term)


def _people(creators: Iterable[Creator]) -> str:
    return "; ".join(
        f"{each.zh} {each.en} ({_ROLES.get(each.role, each.role)})".strip() for each in creators
    )


def _terms(before: About, after: About) -> Iterator[tuple[str, str, str]]:
    """Give each term with what was said of it and what is; those that are gone come last."""
    old = {entry.term: str(entry) for entry in before.terms}
    new = {entry.term: str(entry) for entry in after.terms}
    for term in {**new, **old}:
        yield term, old.get(term, ""), new.get(term, "")
