"""Quotation marks by region: “‘ ’” in Simplified (GB/T 15834), 「『 』」 in Traditional."""

from diglot.model import Script

_HANS, _HANT = ("“”", "‘’"), ("「」", "『』")
_OPENING = {"“": 0, "「": 0, "‘": 1, "『": 1}
_CLOSING = {"”": 0, "」": 0, "’": 1, "』": 1}


def regional_quotes(text: str, script: Script) -> str:
    """The text with the script's quotation marks, as many characters as before.

    Quotes nest as they should, whatever marks they had, in a line whose quotes are all closed in
    it; elsewhere each mark becomes its counterpart. An apostrophe (it’s) stays.
    """
    if script is Script.SOURCE:
        return text
    pairs = _HANS if script is Script.HANS else _HANT
    return "".join(_line(line, pairs) for line in text.splitlines(keepends=True))


def _line(line: str, pairs: tuple[str, str]) -> str:
    levels = _levels(line)
    characters = list(line)
    for at, level in levels.items():
        characters[at] = pairs[level % 2][line[at] in _CLOSING]
    return "".join(characters)


def _levels(line: str) -> dict[int, int]:
    """The level of each quotation mark: its depth where all are paired, else its own kind."""
    own: dict[int, int] = {}
    depth: dict[int, int] = {}
    open_marks: list[int] = []
    paired = True
    for at, character in enumerate(line):
        if character in _OPENING:
            own[at] = _OPENING[character]
            depth[at] = len(open_marks)
            open_marks.append(own[at])
        elif character in _CLOSING and not _is_apostrophe(line, at, open_marks):
            own[at] = _CLOSING[character]
            if open_marks and open_marks[-1] == own[at]:
                open_marks.pop()
                depth[at] = len(open_marks)
            else:
                paired = False
    return depth if paired and not open_marks else own


def _is_apostrophe(line: str, at: int, open_marks: list[int]) -> bool:
    before, after = line[at - 1 : at], line[at + 1 : at + 2]
    if _CLOSING[line[at]] != 1 or not before or not before.isascii():
        return False
    # Of the two only ’ can be one within quotes; 』 would become ’, and then be one.
    return 1 not in open_marks or (line[at] == "’" and after.isascii() and after.isalnum())
