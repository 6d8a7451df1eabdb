"""Where a Chinese sentence ends."""

from collections.abc import Iterator

import regex

_QUOTES = "”’」』"
_CLOSING = f"{_QUOTES}）)】》〉〕"
# An end is a run of full stops with the closing marks behind it, as often as they follow each
# other: ？”。 A title or a remark in brackets is no place to end at, up to a reasonable length.
_END = regex.compile(
    r"《[^《》\n]{0,80}》|〈[^〈〉\n]{0,80}〉|（[^（）\n]{0,80}）"
    rf"|(?P<end>(?:(?:[。！？!?]|……+)+[{_CLOSING}]*+)++)\s*"
)
_GOES_ON = regex.compile(r"[，、；：,;:—～·等]")
_QUOTE_GOES_ON = regex.compile(r"[的之地和与與及或]")
# Who spoke, behind what was said: “你去哪儿？”他问。 With a colon it begins the next speech.
_SPOKE = regex.compile(
    r"\p{Han}{0,6}(?:(?:[问問说說喊叫答嚷想叹嘆骂罵笑]道|(?<![不没沒])(?:[问問说說喊嚷想]|回答))[着著]?[，。！]"
    r"|(?:强调|強調|指出|表示|补充|補充|解释|解釋)。)"
)
_WORD = regex.compile(r"[\p{L}\p{N}]")


def split_sentences(text: str) -> tuple[str, ...]:
    """Cut a paragraph behind its sentences; the pieces joined are the paragraph, exactly.

    A sentence ends at 。！？ or ……, with the closing quotes and brackets that follow, and white
    space if any. It goes on where a comma or its like follows (“好。”，他说), or who spoke
    (“好。”他说。), and inside brackets and titles (《你是谁？》).
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
    if end[-1] in _QUOTES and _SPOKE.match(text, at):
        return True
    return end[-1] in _CLOSING and bool(_QUOTE_GOES_ON.match(text, at))
