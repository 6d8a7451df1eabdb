"""Fresh ids for new pairs: none that was ever given."""

from collections.abc import Iterable, Sequence
from itertools import count, product
from string import ascii_lowercase

import regex

_STEM = regex.compile(r"(?P<stem>.*\d)[a-z]*")
_NUMBER = regex.compile(r"\d+")


def fill(ids: Sequence[str | None], used: Iterable[str]) -> list[str]:
    """Give an id to each pair that has none (None), in order.

    A pair between others gets the id of the one above and a letter (12a), one at the end the next
    number; ``used`` are ids that stand elsewhere.
    """
    given = {*used, *(known for known in ids if known is not None)}
    last = max((n for n, known in enumerate(ids) if known is not None), default=-1)
    numbers = [int(match[0]) for known in given if (match := _NUMBER.match(known))]
    following = count(max(numbers, default=0) + 1)
    filled: list[str] = []
    for n, known in enumerate(ids):
        if known is None:
            known = (
                next(str(number) for number in following if str(number) not in given)
                if n > last
                else _between(filled[-1] if filled else "0", given)
            )
            given.add(known)
        filled.append(known)
    return filled


def _between(above: str, given: set[str]) -> str:
    match = _STEM.fullmatch(above)
    stem = match["stem"] if match else f"{above}-"
    return next(new for suffix in _suffixes() if (new := f"{stem}{suffix}") not in given)


def _suffixes() -> Iterable[str]:
    """Letters: a … z, aa … zz and so on."""
    return (
        "".join(letters) for size in count(1) for letters in product(ascii_lowercase, repeat=size)
    )
