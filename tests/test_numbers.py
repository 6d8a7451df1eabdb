"""Numbers as readers are told them."""

import pytest

from diglot.numbers import ranges


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([], ""),
        ([4], "4"),
        ([9, 4, 9], "4, 9"),
        ([1, 2], "1, 2"),
        ([7, 5, 6], "5–7"),
        ([1, 3, 4, 5, 8, 9, 11, 12, 13, 14], "1, 3–5, 8, 9, 11–14"),
    ],
)
def test_pages_are_listed_once_in_order_and_three_in_a_row_as_a_range(
    pages: list[int], expected: str
) -> None:
    assert ranges(pages) == expected
