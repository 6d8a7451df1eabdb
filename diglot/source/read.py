"""A source text from its bytes: decoded, normalized, and the report of both."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass

import regex

from diglot.errors import DiglotError, Place, Problem, did_you_mean
from diglot.source.decode import Decoded, decode
from diglot.source.normalize import RULE_NAMES, Normalized, normalize

_CONFLICT = regex.compile(r"^<{7} .*\n(?s:.*?)^={7}\r?\n(?s:.*?)^>{7} ", regex.M)


@dataclass(frozen=True, slots=True)
class Source:
    """A source text as it was delivered and as it is worked on."""

    decoded: Decoded
    normalized: Normalized


def read_source(
    data: bytes, path: str, *, off: Collection[str] = (), residue: str = "auto"
) -> Source:
    """Decode and normalize a file; ``path`` is what messages call it.

    Raises:
        DiglotError: as `decode`; ``s-007``, a rule that does not exist; ``s-008``, git could not
            merge the file.
    """
    for name in off:
        if name not in RULE_NAMES:
            rules = sorted(RULE_NAMES)
            hint = did_you_mean(name, rules, f"Rules: {', '.join(rules)}.")
            raise DiglotError(Problem("s-007", f"there is no rule “{name}”", hint))
    decoded = decode(data, path)
    if match := _CONFLICT.search(decoded.text):
        place = Place(path, decoded.text.count("\n", 0, match.start()) + 1)
        message = "there is an unresolved merge conflict here"
        hint = (
            "A source text is not merged but taken whole: get it as it was delivered, or choose "
            "one of the two (git checkout --ours or --theirs)."
        )
        raise DiglotError(Problem("s-008", message, hint, place))
    return Source(decoded, normalize(decoded.text, off=frozenset(off), residue=residue))


def report_json(source: Source) -> str:
    """Write what was changed and what was left for review as JSON, ended by a line feed.

    Lines and columns count from 1, in characters of the decoded text.
    """
    report = {
        "encoding": source.decoded.encoding,
        "bom": source.decoded.bom,
        "script": source.normalized.script,
        "edits": [asdict(edit) for edit in source.normalized.edits],
        "review": [asdict(doubt) for doubt in source.normalized.review],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
