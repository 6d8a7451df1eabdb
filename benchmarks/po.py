"""PO files, as far as the benchmark of sync needs them, and po4a called on a text.

po4a is Debian's package ``po4a`` (which brings gettext's msgmerge) or Homebrew's; nothing else here
needs it, so no set-up installs it.
"""

import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_HEADER = (
    'msgid ""\nmsgstr ""\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
)
_STRING = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
_ENTRY = re.compile(rf"^msgid {_STRING}msgstr {_STRING}", re.M)
_OBSOLETE = re.compile(r"^#~ ", re.M)


@dataclass(frozen=True)
class Message:
    """What a text is translated by, and whether that is to be looked at again (fuzzy)."""

    translation: str
    fuzzy: bool


def require() -> None:
    """End the program with what to do, if po4a or msgmerge is not installed."""
    lacking = [name for name in ("po4a-updatepo", "msgmerge") if not shutil.which(name)]
    if lacking:
        raise SystemExit(
            f"{' and '.join(lacking)}: not installed. This benchmark compares with po4a: install "
            "it (Debian and Ubuntu: apt-get install po4a; macOS: brew install po4a)."
        )


def write_po(active: Mapping[str, str], obsolete: Mapping[str, str]) -> str:
    """A finished translation; obsolete texts are kept as msgmerge keeps them."""
    entries = [f"#, no-wrap\n{_entry(*item)}" for item in active.items()]
    kept = [
        "".join(f"#~ {line}\n" for line in ("#, no-wrap\n" + _entry(*item)).splitlines())
        for item in obsolete.items()
    ]
    return "\n".join([_HEADER, *entries, *(text.replace("#~ #,", "#,") for text in kept)])


def read_po(text: str) -> tuple[dict[str, Message], str]:
    """The translations of a file by their texts, and the part that is obsolete."""
    messages: dict[str, Message] = {}
    obsolete = []
    for entry in re.split(r"\n\s*\n", text):
        if _OBSOLETE.search(entry):
            obsolete.append(_unquoted(entry))
        elif match := _ENTRY.search(entry + "\n"):
            fuzzy = bool(re.search(r"^#,.*\bfuzzy\b", entry, re.M))
            messages[_unquoted(match[1])] = Message(_unquoted(match[2]), fuzzy)
    return messages, "\n".join(obsolete)


def update(folder: Path, po: str, paragraphs: Iterable[str]) -> str:
    """Bring a PO file in step with a text, as po4a does: msgmerge with fuzzy matching."""
    (folder / "text.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    (folder / "text.po").write_text(po, encoding="utf-8")
    command = ["po4a-updatepo", "-f", "text", "-o", "neverwrap", "-M", "UTF-8"]
    subprocess.run(
        [*command, "-m", "text.txt", "-p", "text.po"], cwd=folder, check=True, capture_output=True
    )
    return (folder / "text.po").read_text(encoding="utf-8")


def _entry(text: str, translation: str) -> str:
    # Its format text, not wrapped, has the line feed of a paragraph in the message.
    return f"msgid {_quoted(text)}\nmsgstr {_quoted(translation)}\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}\\n"'


def _unquoted(strings: str) -> str:
    joined = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', strings))
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], joined).rstrip("\n")
