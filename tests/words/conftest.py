from pathlib import Path

import pytest

from diglot.words import Annotator


@pytest.fixture(scope="session")
def annotator(tmp_path_factory: pytest.TempPathFactory) -> Annotator:
    """One annotator for all tests; its derived tables stay out of the home directory."""
    folder: Path = tmp_path_factory.mktemp("cache")
    return Annotator(cache_folder=folder)
