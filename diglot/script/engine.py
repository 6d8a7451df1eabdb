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
# Configurations with dictionaries of ours among OpenCC's. Those from Simplified share the large
# dictionary, which takes a tenth of a second and 90 MB to load.
_FROM_SIMPLIFIED = ("s2tw", "s2hk", "uncovered")
_FROM_TRADITIONAL = ("t2tw", "t2hk", "tw2s")
_CJK = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))


def convert(name: str, text: str) -> str:
    """The text as OpenCC's configuration of this name has it, with as many characters.

    Configurations: ``s2tw`` and ``s2hk`` with the project's phrases and forms, ``t2tw`` and
    ``t2hk`` with its forms, ``tw2s`` with its phrases; OpenCC's own ``s2t``, ``t2s``, ``tw2t`` and
    ``hk2t``; and ``uncovered``, which shows as ``UNCOVERED`` what no phrase of ``s2tw`` covers.

    Raises:
        DiglotError: x-003, OpenCC or its dictionaries are not there.
    """
    for group in (_FROM_SIMPLIFIED, _FROM_TRADITIONAL):
        if name in group:
            return _fitting(_own(group)[name], text)
    return _fitting(_plain(name), text)


def plain(name: str, text: str) -> str:
    """The text as OpenCC itself has it, rare characters too, with as many characters.

    Raises:
        DiglotError: x-003.
    """
    return _fitting(_plain(name, rare=True), text)


def _fitting(opencc: Callable[[str], str], text: str) -> str:
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


def _share() -> Path:
    return Path(str(files("opencc") / "clib" / "share" / "opencc"))


@cache
def _plain(name: str, *, rare: bool = False) -> Callable[[str], str]:
    return _opened(name, rare=rare)


def _opened(name: str, *, rare: bool = False) -> Callable[[str], str]:
    """OpenCC's own configuration, perhaps with the dictionary of characters that few fonts have."""
    from opencc import OpenCC  # here, because loading it takes a tenth of a second

    try:
        # By its full path: a mere name would be looked for in the working directory first.
        return OpenCC(str(_share() / f"{name}.json"), rare).convert
    except RuntimeError as error:
        raise _unusable(error) from error


@cache
def _own(names: tuple[str, ...]) -> dict[str, Callable[[str], str]]:
    """Our configurations, from one archive so that OpenCC holds each dictionary once."""
    from opencc import OpenCC

    share = _share()
    with TemporaryDirectory() as folder:
        archive = Path(folder, "opencc.zip")
        try:
            with ZipFile(archive, "w") as target:
                for name in names:
                    target.writestr(f"{name}.json", json.dumps(_config(share, name)))
                for path in share.glob("*.ocd2"):
                    target.write(path, path.name)
                for name, entries in _dictionaries().items():
                    target.writestr(name, "".join(f"{k}\t{v}\n" for k, v in entries.items()))
            return {name: OpenCC(f"{name}.json", False, str(archive)).convert for name in names}
        except (OSError, RuntimeError) as error:
            raise _unusable(error) from error


def _config(share: Path, name: str) -> dict[str, Any]:
    """OpenCC's configuration, with the project's dictionaries in their places."""
    base = "s2tw" if name == "uncovered" else name
    config: dict[str, Any] = json.loads((share / f"{base}.json").read_text("utf-8"))
    stages = [stage["dict"] for stage in config["conversion_chain"]]
    forms = _text(f"forms-{name[-2:]}")
    match name:
        case "s2tw" | "s2hk":
            config["segmentation"]["dict"] = _beside("phrases", config["segmentation"]["dict"])
            stages[0]["dicts"][0] = _beside("phrases", stages[0]["dicts"][0])
            stages[1]["dicts"].insert(0, forms)
        case "uncovered":
            config["segmentation"]["dict"] = _beside("words", config["segmentation"]["dict"])
            stages[0]["dicts"] = [_beside("words", stages[0]["dicts"][0]), _text("uncovered")]
            del config["conversion_chain"][1:]
        case "tw2s":
            config["segmentation"]["dict"] = _beside("hans", config["segmentation"]["dict"])
            stages[1]["dicts"][0] = _beside("hans", stages[1]["dicts"][0])
        case "t2tw" | "t2hk":
            stages[0]["dicts"].insert(0, forms)
    return config


def _text(name: str) -> dict[str, Any]:
    return {"type": "text", "file": f"{name}.txt"}


def _beside(name: str, other: dict[str, Any]) -> dict[str, Any]:
    """Both dictionaries as one: the longest match wins, and of equal ones the first."""
    return {"type": "group", "match_policy": "union", "dicts": [_text(name), other]}


def _dictionaries() -> dict[str, dict[str, str]]:
    """The project's dictionaries by the file that a configuration names."""
    phrases = tables.phrases("hant")
    s2t = _opened("s2t")  # called for nothing else, and so not kept: 28 MB
    kept = {s2t(word): word for word in sorted(tables.kept())}
    return {
        "phrases.txt": phrases,
        "words.txt": {word: form for word, form in phrases.items() if len(word) > 1},
        "uncovered.txt": {chr(c): UNCOVERED for block in _CJK for c in block},
        "forms-tw.txt": kept | tables.phrases("tw"),
        "forms-hk.txt": kept | tables.phrases("hk"),
        "hans.txt": tables.phrases("hans"),
    }


def _unusable(error: Exception) -> DiglotError:
    problem = Problem(
        "x-003",
        f"OpenCC cannot be loaded: {error}",
        "Install the package opencc, 1.4.2 or later, from its wheel.",
    )
    return DiglotError(problem, exit_code=Exit.ENVIRONMENT)
