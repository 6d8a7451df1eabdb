"""Libraries made up for measuring: as many works as one likes, all different."""

import shutil
import sys
import uuid
from pathlib import Path

ROOT = Path(__file__).parents[1]
EDITIONS = '[[edition]]\nname = "study"\nformats = ["pdf", "epub"]\n'
# Many artifacts in little time, for what is at stake when they are put in place.
CARDS = """
[[edition]]
name = "study"
formats = ["csv", "anki"]

[[edition]]
name = "hant"
script = "hant"
formats = ["csv", "anki"]
"""
_CHINESE = ("山高水长", "春江潮水连海平", "学而时习之", "天下之事", "读书破万卷", "海内存知己")
_ENGLISH = (
    "The hills are high and the rivers long",
    "In spring the river's tide is level with the sea",
    "Learn, and practise in due time",
    "The affairs of the world",
    "Read ten thousand scrolls until they fall apart",
    "Those who know one another within the seas",
)


def generate(root: Path, works: int, pairs: int, editions: str = EDITIONS) -> None:
    """Write a project of so many works of so many pairs, with the templates of this one."""
    shutil.copytree(ROOT / "templates", root / "templates", dirs_exist_ok=True)
    content = root / "content"
    content.mkdir(parents=True, exist_ok=True)
    (content / "editions.toml").write_text(editions, "utf-8")
    for number in range(works):
        folder = content / f"work-{number:05}"
        folder.mkdir(exist_ok=True)
        identifier = uuid.uuid5(uuid.NAMESPACE_OID, folder.name).urn
        (folder / "work.toml").write_text(
            f'script = "hans"\nidentifier = "{identifier}"\ndate = "2026"\n', "utf-8"
        )
        (folder / "text.md").write_text("\n".join(_text(number, pairs)), "utf-8")
        (folder / "glossary.csv").write_text(
            "term,pinyin,english\n山,shān,The hills are high\n", "utf-8"
        )


def _text(number: int, pairs: int) -> list[str]:
    lines = [f"> # 第{number}卷 ^0", "", f"Volume {number}", ""]
    for pair in range(1, pairs + 1):
        at = (pair - 1) % len(_CHINESE)
        lines += [f"> {_CHINESE[at]}，第{pair}段。 ^{pair}", "", f"{_ENGLISH[at]}: {pair}.", ""]
    return lines


def build_command(root: Path, *arguments: str) -> list[str]:
    """The command that builds a project."""
    return [sys.executable, "-m", "diglot", "-C", str(root), "build", *arguments]


def files(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, by its path."""
    found = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}
