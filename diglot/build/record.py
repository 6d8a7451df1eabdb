"""What was built, from what: a record for each work, from which a build tells what is current.

Records stand in ``.cache/build/`` of the project. Each says which file it means, so that it is
believed of no other: an output folder that was deleted or changed is built again, and deleting
the records costs time only.
"""

from collections.abc import Mapping
from contextlib import suppress
from os import stat_result
from pathlib import Path

import msgspec

from diglot.build.inputs import Listing
from diglot.store import write_whole

FOLDER = Path(".cache", "build")

_VERSION = 1  # of the form of records


class Planned(msgspec.Struct, frozen=True):
    """An artifact that an edition asks for, by its path below the output folder."""

    path: str
    edition: str
    format: str


class Made(msgspec.Struct, frozen=True):
    """An artifact as it was put in place.

    ``inputs`` names the listing it was made from, ``page`` all that went into it, ``sha256`` its
    bytes, ``stamp`` the very file.
    """

    inputs: str
    page: str
    sha256: str
    stamp: str


class Record(msgspec.Struct, frozen=True):
    """A work's artifacts: those that its editions ask for by the inputs ``planned``, those made.

    ``listings`` holds what they were made from, by name.
    """

    version: int = _VERSION
    planned: str = ""
    plan: tuple[Planned, ...] = ()
    made: Mapping[str, Made] = msgspec.field(default_factory=dict)
    listings: Mapping[str, Listing] = msgspec.field(default_factory=dict)

    @property
    def orphans(self) -> tuple[str, ...]:
        """The artifacts that no edition asks for any more."""
        asked = {planned.path for planned in self.plan}
        return tuple(sorted(self.made.keys() - asked))


_decode = msgspec.json.Decoder(Record).decode
_encode = msgspec.json.Encoder(order="sorted").encode


def read_record(root: Path, work: str) -> Record:
    """Read a work's record; an empty one if there is none that can be understood."""
    with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
        record = _decode(_file(root, work).read_bytes())
        if record.version == _VERSION:
            return record
    return Record()


def write_record(root: Path, work: str, record: Record) -> None:
    """Keep a work's record, with the listings that its artifacts were made from.

    Raises:
        DiglotError: as `write_whole`.
    """
    needed = {made.inputs for made in record.made.values()}
    listings = {name: listing for name, listing in record.listings.items() if name in needed}
    write_whole(_file(root, work), _encode(msgspec.structs.replace(record, listings=listings)))


def recorded(root: Path) -> tuple[str, ...]:
    """Name the works that have a record, also those that are gone."""
    return tuple(sorted(file.stem for file in (root / FOLDER).glob("[!.]*.json")))


def forget(root: Path, work: str) -> None:
    """Remove a work's record."""
    _file(root, work).unlink(missing_ok=True)


def stamp(status: stat_result) -> str:
    """Tell a file from all that come to stand in its place."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"


def _file(root: Path, work: str) -> Path:
    return root / FOLDER / f"{work}.json"
