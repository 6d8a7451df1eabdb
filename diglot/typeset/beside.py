"""Zhuyin painted beside the hanzi of a finished line, which was laid out with room for it."""

from typing import Any

from diglot.typeset.face import zhuyin_face
from diglot.typeset.line import EM
from diglot.typeset.ruby import texts, unread
from diglot.typeset.zhuyin import signs

TOP = 0.88  # em: of a hanzi's square, above the baseline (OpenType, ideographic em-box)
_SYMBOLS = "ㄅㄓㄔㄠㄦ"  # their ink reaches as far up and down as any


def paint(stream: Any, line: Any) -> None:
    """Paint the zhuyin of a line that has been drawn; to readers it is an artifact."""
    boxes = [box for box in texts(line) if _syllables(box)]
    if not boxes:
        return
    with unread(stream):
        for box in boxes:
            stream.set_color(box.style["color"])
            found, em = zhuyin_face(box.style), box.style["font_size"]
            middle = found.middle(_SYMBOLS)[1]
            _, rights = box.pango_layout.edges()
            top = box.position_y + box.baseline - TOP * em
            for place, syllable in _syllables(box):
                right = box.position_x + rights[place] * em / EM
                for sign in signs(syllable):
                    x, y = found.middle(sign.text)
                    x, y = right + sign.x * em - x, top + sign.y * em + (y if sign.tone else middle)
                    stream.set_text_matrix(1, 0, 0, -1, x, y)
                    found.draw(stream, sign.text)


def _syllables(box: Any) -> list[tuple[int, str]]:
    """Return the syllables beside a text's characters, by their offsets."""
    if box.style["visibility"] != "visible":
        return []
    return [
        (place, syllable)
        for reading in box.pango_layout.readings()
        for place, syllable in enumerate(reading.zhuyin, reading.start)
        if syllable
    ]
