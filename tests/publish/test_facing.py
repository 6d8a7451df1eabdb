"""Facing pages are filled from what was measured: the same rows on both, little blank."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from diglot.compose.booklet import Block, Booklet, Entry, Reading, Row, Section, Titles
from diglot.config import Edition, Layout, Once, Paper, Starts, Words
from diglot.model import Kind, Script
from diglot.pairs.inline import Inline, plain
from diglot.publish.columns import Column, Columns, letters
from diglot.publish.facing import Spread, fill, setting, whole
from tests.builder import TinyProject

LINE = 20.0
PAGE = 600.5  # thirty lines


def row(zh: int, en: int, mark: str = "山") -> Row:
    """A row of so many lines on either side; a line has ten letters."""
    return Row(mark * (10 * zh - 1) + "。", (Inline("text", "a" * (10 * en - 1) + "."),))


def block(number: int, *rows: Row, kind: Kind = Kind.PARAGRAPH) -> Block:
    return Block(str(number), kind, rows)


def booklet(*blocks: Block, words: int = 0, times: int = 1, **more: object) -> Booklet:
    """A booklet whose sections, if there are several, are alike."""
    edition = Edition(name="x", layout=Layout.FACING, **more)  # type: ignore[arg-type]
    entries = tuple(
        Entry(f"t{n}", "词", "词", "cí", "word", "", (), (str(n // 8),), 0) for n in range(words)
    )
    groups = tuple(entries[n : n + 8] for n in range(0, words, 8))
    section = Section("section-1", None, blocks, groups, ())
    titles = Titles("山", (), "山", "Hills")
    sections = (section, *(replace(section, key=f"section-{n}") for n in range(2, times + 1)))
    return Booklet(
        work="w",
        work_identifier="",
        edition=edition,
        script=Script.HANS,
        identifier="",
        titles=titles,
        creators=(),
        sections=sections,
        glossary=(),
        notes=(),
        credits=(),
        rights=(),
        date="",
        revised="",
        digest="",
    )


def column(texts: Iterable[str]) -> Column:
    """Set texts, ten letters a line."""
    count = letters("".join(texts))
    lines = -(-count // 10)
    ends = tuple(min(10 * (n + 1), count) for n in range(lines))
    tops = tuple(LINE * n for n in range(lines))
    return Column(ends, tops, tuple(top + LINE for top in tops), LINE * lines)


def measured(made: Booklet) -> Columns:
    found: dict[str, Column] = {}
    for part in whole(made):
        if part.block:
            found[f"zh-{part.key}"] = column(r.zh for r in part.block.rows)
            found[f"en-{part.key}"] = column(plain(r.en) for r in part.block.rows)
        else:
            found[f"words-{part.key}"] = Column(height=30)
            found |= {f"line-{part.key}-{n}": Column(height=15) for n in range(len(part.left))}
    return Columns(PAGE, found)


def filled(made: Booklet) -> tuple[Spread, ...]:
    return fill(made, measured(made))


def height(spread: Spread) -> float:
    return sum(part.gap + part.height for part in spread)


def zh(spreads: Iterable[Spread]) -> str:
    return "".join(r.zh for spread in spreads for part in spread for r in part.rows)


def en(spreads: Iterable[Spread]) -> str:
    return " ".join(plain(r.en) for spread in spreads for part in spread for r in part.rows)


TEXT = [
    block(n, *(row(2 + (n + m) % 4, 3 + (n * m) % 3) for m in range(1 + n % 5))) for n in range(60)
]


def test_every_row_stands_on_one_spread_in_both_languages_and_in_order() -> None:
    spreads = filled(booklet(*TEXT))
    rows = [row for block in TEXT for row in block.rows]
    assert zh(spreads) == "".join(row.zh for row in rows)
    assert en(spreads) == " ".join(plain(row.en) for row in rows)
    for spread in spreads:
        for part in spread:
            assert zh([(part,)]).count("。") == en([(part,)]).count(".")


def test_spreads_are_nearly_full_and_never_too_full() -> None:
    heights = [height(spread) for spread in filled(booklet(*TEXT))]
    assert max(heights) <= PAGE
    assert sum(heights[:-1]) / len(heights[:-1]) > 0.9 * PAGE


def test_a_block_has_the_height_of_its_longer_side() -> None:
    ((part, other),) = filled(booklet(block(1, row(3, 5)), block(2, row(4, 2))))
    assert (part.height, other.height) == (5 * LINE, 4 * LINE)


def test_a_block_is_split_between_its_rows_only_where_much_would_stay_blank() -> None:
    fits = filled(booklet(block(1, row(27, 9)), block(2, row(3, 3), row(3, 3))))
    assert [[part.begins and part.ends for part in spread] for spread in fits] == [[True], [True]]
    first, second = filled(booklet(block(1, row(14, 9)), block(2, row(9, 9), row(9, 9))))
    assert [part.ends for part in first] == [True, False]
    assert [part.begins for part in second] == [False]


def test_no_line_stands_alone() -> None:
    spreads = filled(booklet(block(1, row(27, 20)), block(2, row(1, 1), row(9, 9))))
    assert [len(spread) for spread in spreads] == [1, 1]


@pytest.mark.parametrize("kind", [Kind.HEADING, Kind.QUOTATION])
def test_headings_and_quotations_keep_what_follows(kind: Kind) -> None:
    text = [block(1, row(25, 20)), block(2, row(2, 2), kind=kind), block(3, row(8, 8))]
    _, second = filled(booklet(*text))
    assert [part.block and part.block.id for part in second] == ["2", "3"]


def test_gaps_open_above_headings_and_between_paragraphs_alone() -> None:
    title = block(0, row(1, 1), kind=Kind.HEADING)
    made = booklet(
        block(1, row(3, 3)),
        block(2, row(5, 5), kind=Kind.QUOTATION),
        block(3, row(1, 1), kind=Kind.ATTRIBUTION),
        title,
        block(4, row(9, 9)),
    )
    ((first, quotation, source, heading, text), *_) = filled(made)
    assert first.gap == 0
    assert text.gap == 0  # a heading has its own room below it
    assert source.gap < quotation.gap < heading.gap
    ((_, _, again, *_), *_) = filled(booklet(*made.sections[0].blocks[:3], block(5, row(11, 11))))
    assert again.gap == source.gap  # though the others opened


def test_a_pair_of_twenty_pages_goes_over_them_sentence_by_sentence() -> None:
    spreads = filled(booklet(block(1, *(row(6, 7) for _ in range(75)))))
    assert len(spreads) == 19
    assert all(part.rows[0].zh.endswith("。") for spread in spreads for part in spread)
    assert max(map(height, spreads)) <= PAGE


def test_a_sentence_of_twenty_pages_goes_over_them_in_step() -> None:
    text = row(600, 300)
    spreads = filled(booklet(block(1, text)))
    assert 20 <= len(spreads) <= 26
    assert (zh(spreads), en(spreads).replace(" ", "")) == (text.zh, plain(text.en))
    shares = [(len(part.rows[0].zh), len(plain(part.rows[0].en))) for (part,) in spreads]
    assert all(abs(zh - 2 * en) <= 40 for zh, en in shares)
    assert max(map(height, spreads)) <= PAGE


def test_verse_keeps_its_lines() -> None:
    lines = [row(1, 1) for _ in range(8)]
    ((part,),) = filled(booklet(block(1, *lines, kind=Kind.VERSE)))
    assert part.rows == tuple(lines)


def test_a_vocabulary_begins_at_the_left_and_ends_at_the_right() -> None:
    ((_, words),) = filled(booklet(block(0, row(3, 3)), words=40))
    keys = [entry.key for side in (words.left, words.right) for line in side for entry in line]
    assert keys == [f"t{n}" for n in range(40)]
    assert (len(words.left), len(words.right)) == (10, 10)


def test_a_long_vocabulary_goes_on_overleaf_with_no_line_lost() -> None:
    spreads = filled(booklet(block(0, row(20, 20)), words=400))
    keys = [
        entry.key
        for spread in spreads
        for part in spread
        for side in (part.left, part.right)
        for line in side
        for entry in line
    ]
    assert keys == [f"t{n}" for n in range(400)]
    assert max(map(height, spreads)) <= PAGE


def test_a_word_has_its_reading_once_a_spread() -> None:
    read = [Row("山" * 99 + "。", (), (Reading(0, ("shān",)),)) for _ in range(8)]
    blocks = (block(n, r) for n, r in enumerate(read))
    spreads = filled(booklet(*blocks, once=Once.SPREAD, pinyin=Words.ALL))
    counts = [sum(len(r.readings) for part in spread for r in part.rows) for spread in spreads]
    assert counts == [1] * len(spreads)
    assert len(counts) > 2


def test_sections_begin_on_a_spread_of_their_own_if_the_edition_asks() -> None:
    text = [block(1, row(3, 3)), block(2, row(4, 4))]
    assert len(filled(booklet(*text, times=3, starts=Starts.RUN))) == 1
    assert len(filled(booklet(*text, times=3, starts=Starts.PAGE))) == 3


def test_every_row_has_its_name_where_it_begins() -> None:
    spreads = filled(booklet(block(1, row(12, 9), row(90, 40), row(2, 2))))
    names = [name for spread in spreads for part in spread for name in part.names]
    assert names == ["row-1-0", "row-1-1", "row-1-2"]


def test_the_shorter_text_gets_larger_type() -> None:
    long_english = setting(booklet(block(1, row(3, 20))))
    long_chinese = setting(booklet(block(1, row(20, 3))))
    assert long_english.zh[0] > long_chinese.zh[0]
    assert long_english.en[0] < long_chinese.en[0]


@pytest.mark.parametrize("paper", list(Paper))
def test_the_measure_is_a_whole_number_of_hanzi(paper: Paper) -> None:
    chosen = setting(booklet(block(1, row(3, 3)), paper=paper))
    assert chosen.measure % chosen.zh[0] == 0
    assert chosen.measure <= 42 * chosen.zh[0]


def test_a_page_too_small_for_what_cannot_be_cut_is_refused(project: TinyProject) -> None:
    project.add("templates/print/facing.css", ".verso p { padding-top: 200mm }")
    project.write("content/editions.toml", '[[edition]]\nname = "study"\nlayout = "facing"\n')
    done = project.build("--format", "pdf")
    assert done.exit_code == 1
    assert (
        "error r-022: the edition study does not fit on facing pages of A5\n"
        "  Hint: Choose larger paper, or the layout parallel or interleaved."
    ) in done.output
