"""TOML into typed values, strictly: an unknown key is an error that names the nearest valid one."""

import tomllib
from datetime import date
from difflib import get_close_matches
from typing import Any, TypeVar

import msgspec
import regex

from diglot.errors import DiglotError, Place, Problem

T = TypeVar("T")

_AT = regex.compile(r" - at `(?P<path>\$[^`]*)`$")
_UNKNOWN = regex.compile(r"Object contains unknown field `(?P<key>[^`]*)`")
_MISSING = regex.compile(r"Object missing required field `(?P<key>[^`]*)`")
_SYNTAX = regex.compile(r" \(at line (?P<line>\d+), column (?P<column>\d+)\)$")
_TYPES = {"`str`": "a text in quotes", "`int`": "a whole number", "`bool`": "true or false"}


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A TOML table whose keys are all known."""


def read_toml(data: bytes, path: str, kind: type[T]) -> T:
    """Read TOML as a value of ``kind``; ``path`` is what messages call the file.

    Raises:
        DiglotError: ``c-001`` (not UTF-8 or not TOML), ``c-002`` (a key that is not known) or
            ``c-003`` (a value that does not fit, a required key that lacks).
    """
    try:
        text = data.decode("utf-8-sig")
        return msgspec.convert(_plain(tomllib.loads(text)), kind)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problem = Problem(
            "c-001", "this is not UTF-8", "Save the file as UTF-8.", Place(path, line)
        )
    except tomllib.TOMLDecodeError as error:
        problem = _syntax(str(error), text, path)
    except msgspec.ValidationError as error:
        problem = _misfit(str(error), text, path, kind)
    raise DiglotError(problem)


def _plain(value: Any) -> Any:
    """Write TOML's own dates as ISO 8601 text: a date may also be just a year."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _syntax(message: str, text: str, path: str) -> Problem:
    match = _SYNTAX.search(message)
    line = int(match["line"]) if match else text.count("\n") + 1
    what = message[: match.start()] if match else message.removesuffix(" (at end of document)")
    hint = 'A line is key = "value"; a table is [name].'
    return Problem("c-001", f"this is not well-formed TOML: {what}", hint, Place(path, line))


def _misfit(message: str, text: str, path: str, kind: Any) -> Problem:
    match = _AT.search(message)
    steps = regex.findall(r"[^.$\[\]`]+|\[[^\]]*\]", match["path"]) if match else []
    what = message[: match.start()] if match else message
    names = [step for step in steps if not step.startswith("[")]
    if unknown := _UNKNOWN.match(what):
        key = unknown["key"]
        valid = _keys(kind, names)
        near = get_close_matches(key, valid, n=1)
        hint = f"Did you mean “{near[0]}”?" if near else f"Known keys: {', '.join(valid)}."
        place = Place(path, _line(text, [*names, key], steps))
        return Problem("c-002", f"the key “{key}” is not known here", hint, place)
    if missing := _MISSING.match(what):
        where = f" in [{'.'.join(names)}]" if names else ""
        hint = f"Add {missing['key']} = …; docs/format.md describes every key."
        place = Place(path, _line(text, names, steps))
        return Problem("c-003", f"the key “{missing['key']}” is missing{where}", hint, place)
    for name, readable in _TYPES.items():
        what = what.replace(name, readable)
    what = what[0].lower() + what[1:]
    hint = "docs/format.md describes every key and its values."
    if what.startswith("invalid enum value"):
        values = _values(_type_at(kind, names))
        hint = f"It is one of {', '.join(values)}."
    name = ".".join(names) or "the file"
    return Problem("c-003", f"{name}: {what}", hint, Place(path, _line(text, names, steps)))


def _type_at(kind: Any, names: list[str]) -> Any:
    """Find the type of the value that ``names`` lead to, inside unions and arrays."""
    info = _inner(msgspec.inspect.type_info(kind))
    for name in names:
        info = _inner(next(field.type for field in info.fields if field.encode_name == name))
    return info


def _inner(info: Any) -> Any:
    if isinstance(info, msgspec.inspect.UnionType):
        return _inner(next(o for o in info.types if not isinstance(o, msgspec.inspect.NoneType)))
    if isinstance(info, msgspec.inspect.VarTupleType):
        return _inner(info.item_type)
    return info


def _keys(kind: Any, names: list[str]) -> list[str]:
    return [field.encode_name for field in _type_at(kind, names).fields]


def _values(info: Any) -> list[str]:
    return [str(member.value) for member in info.cls]


def _line(text: str, names: list[str], steps: list[str]) -> int:
    """Find the line of a key; the n-th table of an array counts its headers."""
    nth = next((int(s[1:-1]) for s in steps if s.startswith("[") and s[1:-1].isdigit()), 0)
    line = 0
    start = 0
    for depth, name in enumerate(names):
        header = regex.compile(rf"^\s*\[+\s*(?:[^\]\n]*\.)?{regex.escape(name)}\s*\]+", regex.M)
        headers = list(header.finditer(text, start))
        if headers:
            found: regex.Match[str] | None = headers[min(nth, len(headers) - 1)]
        else:
            key = rf"^\s*(?:\S+\.)?[\"']?{regex.escape(name)}[\"']?\s*[=.]"
            found = regex.compile(key, regex.M).search(text, start)
        if not found:
            break
        start = found.end()
        leading = len(found[0]) - len(found[0].lstrip())
        line = text.count("\n", 0, found.start() + leading) + 1
        nth = nth if depth == 0 and not headers else 0
    return line
