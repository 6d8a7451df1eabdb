"""TOML into typed values, strictly: an unknown key is an error that names the nearest valid one."""

import tomllib
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec
import regex

from diglot.errors import DiglotError, Place, Problem, did_you_mean
from diglot.text import read_text, refuse_conflict, unfit

T = TypeVar("T")

_AT = regex.compile(r" - at `(?P<path>\$[^`]*)`$")
_UNKNOWN = regex.compile(r"Object contains unknown field `(?P<key>[^`]*)`")
_MISSING = regex.compile(r"Object missing required field `(?P<key>[^`]*)`")
_SYNTAX = regex.compile(r" \(at line (?P<line>\d+), column (?P<column>\d+)\)$")
_PATTERN = regex.compile(r"`str` matching regex .*")
_TYPES = {
    "`str`": "a text in quotes",
    "`int`": "a whole number",
    "`bool`": "true or false",
    "`array`": "a list",
    "`object`": "a table",
}


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A TOML table whose keys are all known."""


def read_toml(data: bytes, path: str, kind: type[T]) -> T:
    """Read TOML as a value of ``kind``; ``path`` is what messages call the file.

    Raises:
        DiglotError: ``c-001`` (not UTF-8 or not TOML), ``c-002`` (a key that is not known) or
            ``c-003`` (a value that does not fit, a required key that lacks), ``c-007`` (git could
            not merge it).
    """
    text = read_text(data, path, "c-001", "Save the file as UTF-8.")
    refuse_conflict(text, path, "c-007")
    try:
        values = _plain(tomllib.loads(text), path)
    except (ValueError, RecursionError) as error:  # also a number or a nesting beyond all bounds
        raise DiglotError(_syntax(str(error), text, path)) from None
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        raise DiglotError(_misfit(str(error), text, path, kind)) from None


def _plain(value: Any, path: str) -> Any:
    """Write TOML's own dates as ISO 8601 text: a date may also be just a year."""
    if isinstance(value, dict):
        return {key: _plain(item, path) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, path) for item in value]
    if isinstance(value, str) and (message := unfit(value)):
        raise DiglotError(Problem("c-003", message, "Delete its escape.", Place(path)))
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
        hint = did_you_mean(key, valid, f"Known keys: {', '.join(valid)}.")
        place = Place(path, line_of(text, [*names, key], steps))
        return Problem("c-002", f"the key “{key}” is not known here", hint, place)
    if missing := _MISSING.match(what):
        where = f" in [{'.'.join(names)}]" if names else ""
        hint = f"Add {missing['key']} = …; docs/format.md describes every key."
        place = Place(path, line_of(text, names, steps))
        return Problem("c-003", f"the key “{missing['key']}” is missing{where}", hint, place)
    hint = "docs/format.md describes every key and its values."
    if what.startswith("Invalid enum value"):
        hint = f"It is one of {', '.join(_values(_type_at(kind, names)))}."
    elif _PATTERN.search(what):
        what = _PATTERN.sub(_field_at(kind, names).extra_json_schema["description"], what)
    elif what.startswith("Expected `array`, got `object`"):
        hint = f"Write [[{names[-1]}]] with two brackets: there may be several."
    for name, readable in _TYPES.items():
        what = what.replace(name, readable)
    message = f"{'.'.join(names) or 'the file'}: {what[0].lower()}{what[1:]}"
    return Problem("c-003", message, hint, Place(path, line_of(text, names, steps)))


def _field_at(kind: Any, names: list[str]) -> Any:
    """Find the type of the value that ``names`` lead to, as the last field declares it."""
    info = msgspec.inspect.type_info(kind)
    for name in names:
        fields = _inner(info).fields
        info = next(field.type for field in fields if field.encode_name == name)
    return info


def _type_at(kind: Any, names: list[str]) -> Any:
    return _inner(_field_at(kind, names))


def _inner(info: Any) -> Any:
    """Look into unions with None and into arrays."""
    if isinstance(info, msgspec.inspect.UnionType):
        return _inner(next(o for o in info.types if not isinstance(o, msgspec.inspect.NoneType)))
    if isinstance(info, msgspec.inspect.VarTupleType):
        return _inner(info.item_type)
    return info


def _keys(kind: Any, names: list[str]) -> list[str]:
    return [field.encode_name for field in _type_at(kind, names).fields]


def _values(info: Any) -> list[str]:
    return [str(member.value) for member in info.cls]


def line_of(text: str, names: Sequence[str], steps: Sequence[str]) -> int:
    """Find the line of a key: ``names`` lead to it, ``steps`` are these and indices as ``[2]``."""
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
