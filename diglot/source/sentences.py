"""Where a Chinese sentence ends."""

from collections.abc import Iterator

import regex

_CLOSING = "”’」』）)】》〉〕"
# An end is a run of full stops with the closing marks behind it, as often as they follow each
# other: ？”。 A title or a remark in brackets is no place to end at, up to a reasonable length.
_END = regex.compile(
    r"《[^《》\n]{0,80}》|〈[^〈〉\n]{0,80}〉|（[^（）\n]{0,80}）"
    rf"|(?P<end>(?:(?:[。！？!?]|……+)+[{_CLOSING}]*+)++)\s*"
)
_GOES_ON = regex.compile(r"[，、；：,;:—～·等]")
_QUOTE_GOES_ON = regex.compile(r"[的之地和与與及或]")
_WORD = regex.compile(r"[\p{L}\p{N}]")


def split_sentences(text: str) -> tuple[str, ...]:
    """Cut a paragraph behind its sentences; the pieces joined are the paragraph, exactly.

    A sentence ends at 。！？ or ……, with the closing quotes and brackets that follow, and white
    space if any. It goes on where a comma or its like follows (“好。”，他说), and inside brackets
    and titles (《你是谁？》).
    """
    pieces: list[str] = []
    start = 0
    for end in _ends(text):
        pieces.append(text[start:end])
        start = end
    if start < len(text):
        pieces.append(text[start:])
    return tuple(pieces)


def _ends(text: str) -> Iterator[int]:
    """The offsets to cut at: not before a word has come, nor when none is left."""
    last = max((match.end() for match in _WORD.finditer(text)), default=0)
    seen = 0  # up to here there was no word since the last cut
    for match in _END.finditer(text):
        if not match["end"] or match.end() > last or _continues(match["end"], text, match.end()):
            continue
        if _WORD.search(text, seen, match.end()):
            yield match.end()
        seen = match.end()


def _continues(end: str, text: str, at: int) -> bool:
    """Whether the sentence goes on behind what looks like its end."""
    if _GOES_ON.match(text, at):
        return True
    return end[-1] in _CLOSING and bool(_QUOTE_GOES_ON.match(text, at))
