"""What templates write above words, and how readings keep out of each other's way."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diglot.errors import DiglotError
from diglot.typeset.line import EM, READING_GAP, Text
from diglot.typeset.readings import Reading, Spot, apart, parse


def test_an_entry_has_an_offset_and_a_piece_for_each_character() -> None:
    assert parse("0 xié·tóng;3 Xī·'ān;6 kǎ·lā· OK·", 10) == (
        Reading(0, ("xié", "tóng")),
        Reading(3, ("Xī", "'ān")),
        Reading(6, ("kǎ", "lā", " OK", "")),
    )
    assert parse("", 0) == ()


@pytest.mark.parametrize(
    ("data", "entry"),
    [
        ("xié·tóng", "xié·tóng"),
        ("0", "0"),
        ("0 xié·tóng;", ""),
        ("0 xié·tóng;1 fā·zhǎn", "1 fā·zhǎn"),
        ("-1 xié·tóng", "-1 xié·tóng"),
        ("8 xié·tóng·fā", "8 xié·tóng·fā"),
        ("0 ·", "0 ·"),
    ],
)
def test_a_malformed_entry_is_refused(data: str, entry: str) -> None:
    with pytest.raises(DiglotError) as caught:
        parse(data, 10)
    assert str(caught.value) == (
        f'error r-021: data-readings has the entry "{entry}", which is malformed or out of place\n'
        '  Hint: Write offset and syllables of each word in order: "0 xié·tóng;2 fā·zhǎn".'
    )


@pytest.mark.parametrize(
    ("pieces", "cut", "parts"),
    [
        (("xié", "tóng"), 1, ("xié", "tóng")),
        (("Xī", "'ān"), 1, ("Xī", "ān")),
        (("qiān", "fāng", "-bǎi", "jì"), 2, ("qiānfāng", "bǎijì")),
        (("kǎ", "lā", " OK", ""), 3, ("kǎlā OK", "")),
    ],
)
def test_a_word_on_two_lines_parts_its_reading_between_syllables(
    pieces: tuple[str, ...], cut: int, parts: tuple[str, str]
) -> None:
    reading = Reading(5, pieces)
    first, second = reading.within(0, 5 + cut), reading.within(5 + cut, 20)
    assert (first.text, second.text) == parts
    assert (first.start, second.start) == (5, 0)


def widened(text: str, *words: tuple[int, int, int]) -> dict[int, int]:
    """Return the room that words need: each is a start, an end and the width of its reading."""
    readings = [(Reading(a, ("x",) * (b - a)), width) for a, b, width in words]
    return Text(text, [EM] * len(text), {}, range(len(text)), readings=readings).widened


@pytest.mark.parametrize(
    ("rule", "text", "words", "expected"),
    [
        ("readings that fit need no room", "协同发展", [(0, 2, 1800), (2, 4, 1700)], {}),
        (
            "words move apart by just what is missing",
            "双创",
            [(0, 1, 1500), (1, 2, 1500)],
            {0: 500 + READING_GAP},
        ),
        ("a narrow neighbour lends its room", "双一", [(0, 1, 1400), (1, 2, 300)], {}),
        ("so does a word without a reading", "双的创", [(0, 1, 1500), (2, 3, 1500)], {}),
        ("a wide reading alone needs no room", "双的的", [(0, 1, 3000)], {}),
        (
            "nothing comes before closing punctuation",
            "双，创",
            [(0, 1, 2500), (2, 3, 2500)],
            {1: 500 + READING_GAP},
        ),
    ],
)
def test_room(
    rule: str, text: str, words: list[tuple[int, int, int]], expected: dict[int, int]
) -> None:
    assert widened(text, *words) == expected, rule


def test_room_between_words_is_not_left_at_the_end_of_a_line() -> None:
    readings = [(Reading(0, ("shuāng",)), 1500), (Reading(1, ("chuàng",)), 1500)]
    text = Text("双创", [EM] * 2, {}, range(2), readings=readings)
    assert text.fill(0, 2000).width == 1000
    assert text.fill(0, 3000).width == 2500 + READING_GAP


def test_a_line_has_the_readings_of_its_part_of_the_text() -> None:
    readings = [(Reading(0, ("xié", "tóng")), 1700), (Reading(2, ("fā", "zhǎn")), 1700)]
    text = Text("协同发展的", [EM] * 5, {}, range(5), readings=readings)
    assert list(text.readings(1, 5)) == [Reading(0, ("tóng",)), Reading(1, ("fā", "zhǎn"))]
    assert list(text.readings(0, 2)) == [Reading(0, ("xié", "tóng"))]
    lefts, rights = text.edges(1, 5, {0: 100, 1: 50})
    assert (lefts, rights) == ([0, 1100, 2150, 3150], [1000, 2100, 3150, 4150])


SPOTS = st.lists(
    st.builds(Spot, st.floats(0, 500).map(round), st.floats(1, 80).map(round)), max_size=12
).map(lambda spots: sorted(spots, key=lambda spot: spot.centre))


@given(SPOTS)
def test_readings_never_touch_and_stay_in_their_order(spots: list[Spot]) -> None:
    centres = apart(spots, 5, -1e6, 1e6)
    for (one, x), (other, y) in pairwise(zip(spots, centres, strict=True)):
        assert y - x >= (one.width + other.width) / 2 + 5 - 1e-6


@given(SPOTS)
def test_readings_with_room_are_not_moved(spots: list[Spot]) -> None:
    centres = apart(spots, 5, -1e6, 1e6)
    moved = [Spot(x, spot.width) for spot, x in zip(spots, centres, strict=True)]
    assert apart(moved, 5, -1e6, 1e6) == pytest.approx(centres)


@given(SPOTS)
def test_readings_move_no_farther_together_than_they_must(spots: list[Spot]) -> None:
    centres = apart(spots, 5, -1e6, 1e6)
    shifts = [x - spot.centre for spot, x in zip(spots, centres, strict=True)]
    assert sum(shifts) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [(0, 100, [20, 75]), (30, 100, [50, 85]), (0, 80, [20, 70]), (10, 60, [30, 65])],
)
def test_readings_stay_within_the_line_where_they_fit(
    left: float, right: float, expected: list[float]
) -> None:
    assert apart([Spot(20, 40), Spot(75, 20)], 5, left, right) == expected
