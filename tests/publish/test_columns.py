"""Where the lines of a column are, and where a text is cut between them."""

from diglot.publish.columns import Column, cut, letters

# Four lines of 10 pixels with 5, 10, 15 and 18 letters up to their ends.
COLUMN = Column((5, 10, 15, 18), (0, 10, 20, 30), (10, 20, 30, 40), 44.0)


def test_only_letters_and_digits_count() -> None:
    assert letters("“山高，2 m-long。”") == 8


def test_letters_take_the_lines_they_stand_on() -> None:
    assert COLUMN.lines_of(0, 5, last=False) == range(0, 1)
    assert COLUMN.lines_of(0, 6, last=False) == range(0, 2)
    assert COLUMN.lines_of(5, 10, last=False) == range(1, 2)
    assert COLUMN.lines_of(7, 12, last=False) == range(1, 3)
    assert not COLUMN.lines_of(7, 7, last=False)


def test_the_last_lines_take_what_follows_them_too() -> None:
    assert COLUMN.height_of(0, 18, last=True) == 44
    assert COLUMN.height_of(10, 18, last=True) == 24
    assert COLUMN.height_of(10, 18, last=False) == 20
    assert Column().height_of(0, 0, last=True) == 0


def test_a_long_text_is_cut_at_the_end_of_a_sentence_near_its_share() -> None:
    text = "山高水长。天大地大。山高，水长山高。"
    column = Column((8, 16), (0, 10), (10, 20), 20)
    assert cut(text, 2, column, 0, anywhere=False) == [len("山高水长。天大地大。")]
    assert cut("A high hill. A long river.", 2, Column(), 0, anywhere=False) == [12]


def test_a_sentence_longer_than_a_page_is_cut_at_the_start_of_a_line() -> None:
    text = "山高水长，天大地大，“山高水长，水长山高”。"
    column = Column((4, 8, 12, 16), (0, 10, 20, 30), (10, 20, 30, 40), 40)
    assert cut(text, 2, column, 0, anywhere=True) == [text.index("“")]
    assert cut(text, 2, column, 0, anywhere=False) == [None]


def test_no_latin_word_is_cut_if_another_line_will_do() -> None:
    text = "an international agreement of hills"
    column = Column((6, 15, 26, 31), (0, 10, 20, 30), (10, 20, 30, 40), 40)
    (place,) = cut(text, 2, column, 0, anywhere=True)
    assert place is not None
    assert text[place - 1] == " "
