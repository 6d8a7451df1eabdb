"""The files of a shelf: the library page, catalogues, covers and checksums."""

from collections.abc import Mapping

from diglot.pairs.inline import plain
from diglot.publish.labels import kind_label
from diglot.publish.render import fill
from diglot.shelf.collect import Shelf
from diglot.shelf.opds import catalogues


def pages(shelf: Shelf, templates: Mapping[str, str]) -> Mapping[str, bytes]:
    """Make every file of a shelf, by its path below the output folder; none of an empty one.

    Raises:
        DiglotError: ``r-001``, ``r-002``, as `fill`.
    """
    if not shelf.works:
        return {}
    page = fill("shelf/index.html.j2", templates, shelf=shelf, kind=kind_label, english=plain)
    sums = "".join(f"{artifact.sha256}  {artifact.path}\n" for artifact in shelf.artifacts)
    return {
        **{picture.path: picture.image.data for picture in shelf.pictures},
        **catalogues(shelf),
        "SHA256SUMS": sums.encode(),
        "index.html": page.encode(),
    }
