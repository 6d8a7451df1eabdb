import pytest

from diglot.words import Annotator


@pytest.fixture(scope="session")
def annotator(_cache: None) -> Annotator:
    """One annotator for all tests."""
    return Annotator()
