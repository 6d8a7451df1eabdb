"""What a build tells as it goes on, for people and programs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Planned:
    """So many artifacts are asked for, and so many of them are to be made."""

    total: int
    stale: int


@dataclass(frozen=True, slots=True)
class Current:
    """An artifact is what would be made now."""

    path: str


@dataclass(frozen=True, slots=True)
class Making:
    """An artifact is on its way: it waits for a worker, or is being made."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Built:
    """An artifact was made, of ``size`` bytes in ``seconds``, and stands in the output folder."""

    path: str
    reason: str
    size: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Same:
    """An artifact need not be made: its page is the same as before."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Orphan:
    """An artifact of an earlier build, which no edition asks for any more, is left where it is."""

    path: str


Event = Planned | Current | Making | Built | Same | Orphan
