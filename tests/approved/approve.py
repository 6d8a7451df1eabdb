"""Approves the pages as they are drawn now: ``make approve``.

    python -m tests.approved.approve [NAME …]

Only pictures of pages that differ from those approved are written, so that a commit shows which
pages changed. Look at each of them before you commit it.
"""

import sys
from collections.abc import Iterable

from PIL import Image

from tests.approved.compare import compare
from tests.approved.pages import CHOSEN, HERE, Chosen, booklet_of, draw, set_pages

_GREYS = 16  # as many as print needs; a picture is half as large by that


def main(names: Iterable[str] = ()) -> None:
    """Write the pictures that are new or differ, of the names given or all; remove others."""
    wanted = set(names)
    for chosen in CHOSEN:
        if wanted and chosen.file.stem not in wanted:
            continue
        drawn = draw(chosen, set_pages(chosen, booklet_of(chosen.edition)))
        if not chosen.file.exists() or compare(Image.open(chosen.file), drawn).count:
            approve(drawn, chosen)
            print(f"look at {chosen.file.relative_to(HERE.parents[1])}")  # noqa: T201
    known = {chosen.file for chosen in CHOSEN}
    for file in sorted((HERE / "pages").iterdir()):
        if file not in known:
            file.unlink()
            print(f"removed {file.relative_to(HERE.parents[1])}")  # noqa: T201


def approve(drawn: Image.Image, chosen: Chosen) -> None:
    """Write a picture in 16 greys."""
    step = 255 // (_GREYS - 1)
    levels = drawn.point(lambda grey: round(grey / step))
    levels.putpalette([grey for level in range(_GREYS) for grey in 3 * (level * step,)])
    chosen.file.parent.mkdir(exist_ok=True)
    levels.save(chosen.file, "PNG", bits=4, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
