"""A tiny project on disk, for tests that write files, call the command and look at what it did."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from diglot.check import check_work
from diglot.cli import main
from diglot.project import Project, Work

ROOT = Path(__file__).parents[1]
IDENTIFIER = "urn:uuid:8c0f9a52-5d0e-4d0b-9b1c-2f3f6f0c7a11"

EDITIONS = '[[edition]]\nname = "study"\nformats = ["pdf"]\n'
WORK = f"""script = "hans"
identifier = "{IDENTIFIER}"
date = "2019"
"""
TEXT = """> # 山中 ^0

In the Mountains

> 山高。
> 水长。 ^1

The mountains are high.
The rivers are long.
"""
GLOSSARY = "term,pinyin,english,pos,note,hant\n山,shān,mountain,noun,,\n"


_SHELF = re.compile(r"index\.html|SHA256SUMS|(.*/)?opds(-all)?\.(xml|json)|.*\.cover(-small)?\..*")


def artifacts(output: Path) -> Mapping[str, bytes]:
    """Read what stands in an output folder, by its path there, but for the shelf around it."""
    files = {f.relative_to(output).as_posix(): f for f in output.rglob("*") if f.is_file()}
    return {path: f.read_bytes() for path, f in files.items() if not _SHELF.fullmatch(path)}


class TinyProject:
    """A project with one work, ``w``, that has nothing wrong; tests then change its files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.project = Project(root)
        shutil.copytree(ROOT / "templates", root / "templates")
        self.write("content/editions.toml", EDITIONS)
        self.write("content/w/work.toml", WORK)
        self.write("content/w/text.md", TEXT)
        self.write("content/w/glossary.csv", GLOSSARY)

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file below the root, as it stands there afterwards."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def add(self, path: str, content: str) -> Path:
        """Write something at the end of a file."""
        return self.write(path, (self.root / path).read_text("utf-8") + content)

    def link(self, path: str, target: Path) -> None:
        """Put a symbolic link in place of whatever is there."""
        file = self.root / path
        file.unlink(missing_ok=True)
        file.symlink_to(target)

    def run(self, *arguments: str) -> Result:
        """Call the command in the project; what it does not expect is raised."""
        return CliRunner().invoke(
            main, ["-C", str(self.root), *arguments], prog_name="diglot", catch_exceptions=False
        )

    def build(self, *arguments: str) -> Result:
        """Call ``diglot build`` in this very process."""
        return self.run("build", "--jobs", "1", *arguments)

    def work(self, name: str = "w") -> Work:
        """Read a work."""
        return self.project.work(name)

    def problems(self, name: str = "w") -> list[str]:
        """Check a work and give its problems as they are shown."""
        return [str(problem) for problem in check_work(self.work(name))]

    def artifacts(self) -> Mapping[str, bytes]:
        """Every artifact that stands in the output folder, by its path there."""
        return artifacts(self.project.output)

    def content(self) -> Mapping[str, bytes]:
        """Every file that people wrote, by its path."""
        files = (file for file in self.project.content.rglob("*") if file.is_file())
        return {file.relative_to(self.root).as_posix(): file.read_bytes() for file in files}
