"""A build without HarfBuzz's subset library goes on, and says why it is slow."""

from ctypes.util import find_library

import pytest

from diglot.publish import native


def test_nothing_is_said_where_the_library_is_there() -> None:
    assert native.slow_subsetting() is None


@pytest.mark.parametrize("lacking", ["harfbuzz", "harfbuzz-subset"])
def test_a_missing_library_is_named_with_what_to_do(
    lacking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native, "find_library", lambda n: None if n == lacking else find_library(n))
    assert str(native.slow_subsetting()) == (
        "warning n-024: HarfBuzz's subset library (4.1 or newer) is missing: printed covers take "
        "much longer\n"
        "  Hint: Run make: it installs the library where the system offers it."
    )


def test_an_old_library_counts_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Old:
        def hb_version_atleast(self, *_: int) -> int:
            return 0

    monkeypatch.setattr(native, "CDLL", lambda name: Old())
    problem = native.slow_subsetting()
    assert problem
    assert problem.code == "n-024"
