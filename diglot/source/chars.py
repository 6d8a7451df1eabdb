"""Classes of characters that the rules share, as members of regular expression sets."""

import regex

STOPS = "，。、；：？！"  # these and the brackets occur in Chinese text only
OPENERS = "（《〈「『【〔"
CLOSERS = "）》〉」』】〕"
SHARED = "“”‘’…—"  # English has these too
MARKS = STOPS + OPENERS + CLOSERS + SHARED
SENTENCE_END = "。！？…"

HANZI = regex.compile(r"\p{Han}")
LATIN = regex.compile(r"\p{Latin}")
_WIDE = regex.compile(rf"[\p{{Han}}{MARKS}]")
_END = regex.compile(rf"(?:[{SENTENCE_END}!?]|(?<!\d)\.)[{CLOSERS}”’\"')]*\s*\Z")


def is_wide(char: str) -> bool:
    """Whether a character (or none: the empty string) belongs to Chinese text."""
    return bool(_WIDE.match(char))


def is_chinese(line: str) -> bool:
    """Whether a line is Chinese prose, in which Latin words are guests."""
    return len(HANZI.findall(line)) > len(LATIN.findall(line)) / 2


def ends_sentence(line: str) -> bool:
    """Whether a line closes with a full stop or its like, closing quotes and brackets aside."""
    return bool(_END.search(line))


def breaks_off(line: str) -> bool:
    """Whether a line surely stops in mid-sentence, as no heading does."""
    return not ends_sentence(line) and (
        line.endswith(("，", "、", "；")) or any(stop in line for stop in "。！？")
    )
