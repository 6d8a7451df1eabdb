"""A small library, built once."""

from pathlib import Path

import pytest

from tests.builder import IDENTIFIER, TinyProject

EDITIONS = """[[edition]]
name = "study"
formats = ["epub", "csv"]

[[edition]]
name = "hant"
script = "hant"
formats = ["epub"]

[[edition]]
name = "words"
formats = ["csv"]
"""
# A title that turns text around, closes elements and entities, and is long.
TITLE = "\u202e山中<script>alert(1)</script>&amp;\"'" + "山" * 300


def fill(project: TinyProject) -> TinyProject:
    """Give a project two works: ``w``, and ``v`` with a title that no one should trust."""
    project.write("content/editions.toml", EDITIONS)
    project.add("content/w/work.toml", 'revised = "2026-11-22"\n[[creator]]\nen = "Li <Bai>"\n')
    project.write(
        "content/v/work.toml",
        f'script = "hans"\nidentifier = "{IDENTIFIER.replace("8c", "9c")}"\n',
    )
    project.write("content/v/text.md", f"> # {TITLE} ^0\n\n{TITLE}\n\n> 山。 ^1\n\nMountain.\n")
    return project


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of two small works."""
    project = fill(TinyProject(tmp_path_factory.mktemp("library")))
    result = project.build()
    assert (result.exit_code, result.stderr) == (0, "")
    return project.project.output
