"""Writing ``text.md`` is the inverse of reading it, whatever the source says."""

from dataclasses import replace
from pathlib import Path

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from diglot.errors import Place
from diglot.model import Gloss, Kind, Mark, Note, Pair, PairedText, Segment, Sentence
from diglot.pairs.layout import read_layout, write_layout
from diglot.pairs.parse import parse
from diglot.pairs.write import pairs_of, write

CONTENT = Path(__file__).parents[2] / "content"
WORKS = ("jingjinji-article", "jingjinji-quotations")
HERE = Place("")

# Whatever the grammar gives a meaning to, and plain text around it.
NASTY = [
    *(
        "#",
        "##",
        "|",
        ">",
        "——",
        "—",
        "\\",
        "\\\\",
        "^",
        " ^x",
        "^1",
        "[",
        "]",
        "{",
        "}",
        "]{",
        "`",
    ),
    *("[a]{", '[词]{py="cí"}', '"', "<!--", "-->", "--\\>", "[^a]:", "[^a]", "=======", "*", "_"),
    *(" ", "\u3000", "\ufeff", "山", "水", "。", "a", "1", "\u2028", "\x85"),
]
lines = (
    st.lists(st.sampled_from(NASTY) | st.characters(exclude_categories=["Cs", "Cc"]), max_size=9)
    .map(lambda pieces: "".join(pieces).strip())
    .filter(lambda line: bool(line) and "\n" not in line)
)
ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,5}", fullmatch=True)
values = st.none() | st.text(st.sampled_from('"\\{}[]^ ->a词'), max_size=6)


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    text = draw(lines)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    marks = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        hant = draw(st.sampled_from([None, "字" * (end - start)]))
        emphasis = draw(st.booleans()) and regex.search(r"\p{Han}", text[start:end]) is not None
        marks.append(Mark(start, end, draw(values), draw(values), hant, emphasis))
    return Sentence(text, HERE, tuple(marks))


def _dash(sentence: Sentence) -> Sentence:
    marks = (replace(m, start=m.start + 2, end=m.end + 2) for m in sentence.marks)
    return Sentence(f"——{sentence.text}", HERE, tuple(marks))


glosses = lines.filter(lambda line: not line.startswith((">", "<!--", "[^", "=======")))


@st.composite
def texts(draw: st.DrawFn) -> PairedText:
    """Any paired text, its kinds as the parser would tell them."""
    names = draw(st.lists(ids, unique=True, max_size=5))
    cut = draw(st.integers(0, len(names)))
    keys = draw(st.lists(ids, unique=True, max_size=2))
    notes = tuple(Note(key, draw(lines), HERE) for key in keys)
    return PairedText(draw(pairs_named(names[:cut])), notes, draw(pairs_named(names[cut:])))


@st.composite
def pairs_named(draw: st.DrawFn, names: list[str]) -> tuple[Pair, ...]:
    pairs: list[Pair] = []
    for id_ in names:
        kind = draw(st.sampled_from([k for k in Kind if k is not Kind.QUOTATION]))
        level = {Kind.TITLE: 1, Kind.HEADING: draw(st.integers(2, 6))}.get(kind, 0)
        first, *rest = draw(st.lists(sentences(), min_size=1, max_size=3))
        if kind is Kind.ATTRIBUTION:
            first = _dash(first)
            if pairs and pairs[-1].kind is Kind.PARAGRAPH:
                pairs[-1] = _as_quotation(pairs[-1])
        gloss = tuple(Gloss(line, HERE) for line in draw(st.lists(glosses, max_size=3)))
        former = draw(st.none() | lines | st.just("甲。\n\n  乙。"))
        pairs.append(Pair(id_, kind, (first, *rest), gloss, HERE, level, former))
    return tuple(pairs)


def _as_quotation(pair: Pair) -> Pair:
    return Pair(pair.id, Kind.QUOTATION, pair.source, pair.gloss, HERE, 0, pair.former)


def _bare(text: PairedText) -> PairedText:
    """The same text without the places, which writing does not keep."""
    pairs, obsolete = (
        tuple(
            Pair(
                pair.id,
                pair.kind,
                tuple(Sentence(line.text, HERE, line.marks) for line in pair.source),
                tuple(Gloss(line.text, HERE) for line in pair.gloss),
                HERE,
                pair.level,
                pair.former,
            )
            for pair in part
        )
        for part in (text.pairs, text.obsolete)
    )
    notes = tuple(Note(note.key, note.text, HERE) for note in text.notes)
    return PairedText(pairs, notes, obsolete)


def _pair(*source: str, kind: Kind = Kind.PARAGRAPH, former: str | None = None) -> PairedText:
    lines = tuple(Sentence(text, HERE) for text in source)
    return PairedText((Pair("1", kind, lines, (), HERE, former=former),))


@given(texts())
@example(_pair("山 ^x", "水 ^x"))
@example(_pair("[a[b]{x}", "a]{b"))
@example(_pair("——山", "——水"))
@example(_pair("| 山", "| 水"))
@example(_pair("\\", "\\\\[a]{}"))
@example(_pair("山", former="a --> b --\\> c"))
@example(_pair("| 山", "# 水", kind=Kind.VERSE))
def test_what_was_written_reads_as_the_same_pairs(text: PairedText) -> None:
    parsed = parse((write(text), "text.md"))
    undefined = [problem for problem in parsed.problems if problem.code != "p-007"]
    assert (_bare(parsed.text), undefined) == (text, [])


@given(texts())
def test_what_was_written_is_written_again_byte_for_byte(text: PairedText) -> None:
    written = write(text)
    assert write(parse((written, "text.md")).text) == written


@given(
    st.lists(
        st.sampled_from(
            [
                *(*NASTY, "> ", "> ", "> 山 ^1\n", "> 山 ^2\n", "# Obsolete\n"),
                *("<!-- was: 水 -->", "\n", "\n\n", "\r", "\t", "    "),
            ]
        )
    )
)
def test_no_text_at_all_makes_reading_fail_and_its_lines_are_kept(pieces: list[str]) -> None:
    text = "".join(pieces)
    parsed = parse((text, "text.md"))
    layout = read_layout(text.removeprefix("\ufeff"))
    assert write_layout(layout) == text.removeprefix("\ufeff")
    if not parsed.problems:
        assert len(layout.main.chunks) == len(parsed.text.pairs)
        assert len(layout.obsolete.chunks) == len(parsed.text.obsolete)


@pytest.mark.parametrize(
    "canonical",
    [
        "> 山。 ^1\n\nHigh.\n",
        "> # 题 ^0\n\nTitle[^a]\n\n> | 山\n> | 水 ^1\n\nMountains\nRivers\n\n[^a]: Note.\n",
        '<!-- was: 山低。 -->\n\n> [山]{py="shān" hant="山"}高。 ^p-1\n\nThe mountains.\n',
        "> \\# 山\n> \\| 水\n> \\> 木\n> \\——火\n> \\[土]{x} \\\\ \\^2\n> \\^火 ^1\n",
    ],
)
def test_a_canonical_file_is_written_as_it_was(canonical: str) -> None:
    assert write(parse((canonical, "text.md")).text) == canonical


@pytest.mark.parametrize("work", WORKS)
def test_the_real_works_are_canonical(work: str) -> None:
    text = (CONTENT / work / "text.md").read_text(encoding="utf-8")
    parsed = parse((text, "text.md"))
    assert parsed.problems == ()
    assert write(parsed.text) == text


def test_segments_become_pairs_to_gloss_numbered_from_the_title() -> None:
    segments = [
        Segment(Kind.TITLE, ("题",), 1, 1),
        Segment(Kind.QUOTATION, ("甲。", "乙。"), 2),
        Segment(Kind.ATTRIBUTION, ("——丙",), 3),
    ]
    expected = "> # 题 ^0\n\n> 甲。\n> 乙。 ^1\n\n> ——丙 ^2\n"
    assert write(PairedText(pairs_of(segments, "text.md"))) == expected


def test_without_a_title_pairs_are_numbered_from_one() -> None:
    pairs = pairs_of([Segment(Kind.PARAGRAPH, ("甲。",), 1)] * 2, "text.md")
    assert [pair.id for pair in pairs] == ["1", "2"]
