"""OpenCC, loaded late and once, with the project's phrases among its dictionaries.

OpenCC takes a dictionary as a file that its configuration names. The project's phrases must stand
beside OpenCC's own for the longest of both to win, so its configurations, its dictionaries and
ours go into one archive, from which OpenCC loads.
"""

import json
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

from diglot.errors import DiglotError, Exit, Problem
from diglot.script import tables

# Stands for a character that no phrase covers; a noncharacter, so in no sound text.
UNCOVERED = "\ufdd0"

# OpenCC's interface ends a text at NUL and, as the segmenter, takes UTF-8 only.
UNFIT = re.compile("([\0\ud800-\udfff]+)")
_CJK = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))


def convert(name: str, text: str) -> str:
    """The text as OpenCC's configuration of this name has it, with as many characters.

    Configurations: ``s2tw`` and ``s2hk`` with the project's phrases, ``t2tw`` and ``t2hk`` with
    the forms it keeps, ``tw2s`` with its phrases, OpenCC's own ``s2t``, ``t2s``, ``tw2t``,
    ``hk2t``; and ``uncovered``, which shows as ``UNCOVERED`` what no phrase of ``s2tw`` covers.

    Raises:
        DiglotError: x-003, OpenCC or its dictionaries are not there.
    """
    opencc = _opencc(name)
    if UNFIT.search(text):
        pieces = UNFIT.split(text)
        return "".join(p if i % 2 else _even(opencc, p) for i, p in enumerate(pieces))
    return _even(opencc, text)


def _even(opencc: Callable[[str], str], text: str) -> str:
    """Convert character by character where a dictionary would change the length."""
    converted = opencc(text)
    if len(converted) == len(text):
        return converted
    singly = map(opencc, text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, singly, strict=True))


@cache
def _opencc(name: str) -> Callable[[str], str]:
    from opencc import OpenCC  # here, because loading it takes a tenth of a second

    share = Path(str(files("opencc") / "clib" / "share" / "opencc"))
    config, own = _config(share, name), _own_dictionaries(name)
    with TemporaryDirectory() as folder:
        archive = Path(folder, "opencc.zip")
        try:
            with ZipFile(archive, "w") as target:
                target.writestr("config.json", json.dumps(config))
                for file, entries in own.items():
                    target.writestr(file, "".join(f"{k}\t{v}\n" for k, v in entries.items()))
                for path in share.glob("*.ocd2"):
                    target.write(path, path.name)
            # Without the dictionary of characters that hardly a font has.
            return OpenCC("config.json", False, str(archive)).convert
        except (OSError, RuntimeError) as error:
            raise _unusable(name, error) from error


def _config(share: Path, name: str) -> dict[str, Any]:
    """OpenCC's configuration, with the project's dictionaries in their places."""
    try:
        source = (share / f"{'s2tw' if name == 'uncovered' else name}.json").read_text("utf-8")
    except OSError as error:
        raise _unusable(name, error) from error
    config: dict[str, Any] = json.loads(source)
    stages = [stage["dict"] for stage in config["conversion_chain"]]
    match name:
        case "s2tw" | "s2hk":
            config["segmentation"]["dict"] = _beside("phrases", config["segmentation"]["dict"])
            stages[0]["dicts"][0] = _beside("phrases", stages[0]["dicts"][0])
            stages[1]["dicts"].insert(0, _text("forms"))
        case "uncovered":
            config["segmentation"]["dict"] = _beside("phrases", config["segmentation"]["dict"])
            stages[0]["dicts"] = [_beside("phrases", stages[0]["dicts"][0]), _text("uncovered")]
            del config["conversion_chain"][1:]
        case "tw2s":
            config["segmentation"]["dict"] = _beside("phrases", config["segmentation"]["dict"])
            stages[1]["dicts"][0] = _beside("phrases", stages[1]["dicts"][0])
        case "t2tw" | "t2hk":
            stages[0]["dicts"].insert(0, _text("forms"))
    return config


def _text(name: str) -> dict[str, Any]:
    return {"type": "text", "file": f"{name}.txt"}


def _beside(name: str, other: dict[str, Any]) -> dict[str, Any]:
    """Both dictionaries as one: the longest match wins, and of equal ones the first."""
    return {"type": "group", "match_policy": "union", "dicts": [_text(name), other]}


def _own_dictionaries(name: str) -> dict[str, dict[str, str]]:
    match name:
        case "s2tw" | "s2hk":
            kept = {convert("s2t", word): word for word in tables.kept()}
            forms = kept | tables.phrases(name.removeprefix("s2"))
            return {"phrases.txt": tables.phrases("hant"), "forms.txt": forms}
        case "uncovered":
            words = {k: v for k, v in tables.phrases("hant").items() if len(k) > 1}
            marks = {chr(c): UNCOVERED for block in _CJK for c in block}
            return {"phrases.txt": words, "uncovered.txt": marks}
        case "tw2s":
            return {"phrases.txt": tables.phrases("hans")}
        case "t2tw" | "t2hk":
            return {"forms.txt": tables.phrases(name.removeprefix("t2"))}
    return {}


def _unusable(name: str, error: Exception) -> DiglotError:
    problem = Problem(
        "x-003",
        f"OpenCC cannot be loaded for {name}: {error}",
        "Install the package opencc, 1.4.2 or later, from its wheel.",
    )
    return DiglotError(problem, exit_code=Exit.ENVIRONMENT)
