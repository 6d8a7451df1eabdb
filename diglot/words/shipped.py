"""Where the data of the libraries that Diglot builds on lie."""

from importlib.util import find_spec
from pathlib import Path


def shipped(package: str, *parts: str) -> Path:
    """The path of a file that a package ships, found without importing the package."""
    spec = find_spec(package)
    folders = (spec and spec.submodule_search_locations) or ()
    return Path(next(iter(folders), package), *parts)
