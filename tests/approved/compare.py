"""Whether two pictures of pages show the same, but for how a rasterizer smooths edges.

Both are blurred by about a pixel and compared grey by grey. Measured on these pages: another
rasterizer (poppler), or a page that is moved by a twentieth of a millimetre, changes greys by 24 at
the most; a comma that becomes another one by 31, another hanzi by 50 and more, a reading that lacks
or a line that moved by a tenth of a millimetre by 90 and more. A tone mark alone changes them by
10: what readings say is for other tests.
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

_BLUR = 1.0  # pixels
_TOLERANCE = 28  # greys, of 255
_FADED = 0.35
_RED = (200, 0, 0)


@dataclass(frozen=True, slots=True)
class Difference:
    """How many pixels differ, where the topmost of them is, and a picture that shows them all."""

    count: int
    left: int
    top: int
    picture: Image.Image


def compare(approved: Image.Image, drawn: Image.Image) -> Difference:
    """Compare two pictures in grey; in the picture what differs is red, and the drawn page faded.

    Where only one of them is, they differ.
    """
    width, height = map(max, approved.size, drawn.size)
    apart = np.abs(_greys(approved, width, height) - _greys(drawn, width, height))
    off = apart > _TOLERANCE
    rows, columns = np.nonzero(off)
    top = int(rows.min(initial=height))
    left = int(columns[rows == top].min(initial=width))
    faded = Image.new("RGB", (width, height), "white")
    faded.paste(drawn.point(lambda grey: 255 - int((255 - grey) * _FADED)))
    faded.paste(_RED, mask=Image.fromarray(off).filter(ImageFilter.MaxFilter(5)))
    return Difference(len(rows), left, top, faded)


def _greys(
    picture: Image.Image, width: int, height: int
) -> "np.ndarray[tuple[int, ...], np.dtype[np.int16]]":
    greys = np.full((height, width), -255, dtype=np.int16)
    blurred = picture.convert("L").filter(ImageFilter.GaussianBlur(_BLUR))
    greys[: picture.height, : picture.width] = np.asarray(blurred)
    return greys
