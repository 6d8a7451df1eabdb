"""Which artifacts are current: told from their inputs, without reading a text or importing a stage.

Nothing is forgotten, because nothing is sought: an artifact is made from all that its work's
folder has, all templates, all settings and the environment, whether it uses them or not.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from diglot.build import environment, inputs
from diglot.build.inputs import Listing
from diglot.build.record import Made, Planned, Record, read_record, stamp
from diglot.store import PREFIX


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for: of the works named (or all) the edition and the formats (or all)."""

    works: tuple[str, ...] = ()
    edition: str | None = None
    formats: tuple[str, ...] = ()

    def chooses(self, planned: Planned) -> bool:
        """Whether an artifact is among them."""
        return self.edition in (None, planned.edition) and planned.format in (
            self.formats or (planned.format,)
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a work: its inputs, its record, and the files that stand as its output.

    ``stray`` says that a build was killed while it wrote one.
    """

    work: str
    output: Path
    inputs: str
    listing: Listing
    record: Record
    stamps: Mapping[str, str]
    stray: bool

    def plan(self) -> tuple[Planned, ...] | None:
        """List what its editions ask for, if a former build knew: the inputs were the same."""
        return self.record.plan if self.record.planned == self.inputs else None

    def is_current(self, path: str) -> bool:
        """Whether an artifact is what would be made now."""
        made = self.record.made.get(path)
        return made is not None and made.inputs == self.inputs and self.intact(path) is not None

    def intact(self, path: str) -> Made | None:
        """Give an artifact's record if the artifact stands as it was put there."""
        made = self.record.made.get(path)
        found = self.stamps.get(path)
        if made is None or found is None:
            return None
        if found == made.stamp:
            return made
        # It may have been copied, or restored from elsewhere.
        same = sha256((self.output / path).read_bytes()).hexdigest() == made.sha256
        return made if same else None

    def reason(self, path: str) -> str:
        """Say why an artifact is not current; nothing if it is."""
        made = self.record.made.get(path)
        if made is None:
            return "it was never built"
        if path not in self.stamps:
            return "it is gone from the output folder"
        if self.intact(path) is None:
            return "it was changed in the output folder"
        if made.inputs == self.inputs:
            return ""
        before = self.record.listings.get(made.inputs, {})
        return ", ".join(_changes(before, self.listing)) or "what it was made from is not known"


def survey(root: Path, works: Iterable[str]) -> tuple[Found, ...]:
    """Look at works that there are; reads every file that they are made from."""
    shared = {**inputs.of_library(root), **environment.outline()}
    name = inputs.key(shared)
    return tuple(_look(root, work, shared, name) for work in works)


def _look(root: Path, work: str, shared: Listing, name: str) -> Found:
    listing = inputs.of_work(root, work)
    stamps: dict[str, str] = {}
    stray = False
    output = root / "output"
    try:
        with os.scandir(output / work) as entries:
            for entry in entries:
                stray = stray or entry.name.startswith(PREFIX)
                if entry.is_file():
                    stamps[f"{work}/{entry.name}"] = stamp(entry.stat())
    except OSError:
        stray = False
    return Found(
        work,
        output,
        inputs.digest(name, inputs.key(listing)),
        {**listing, **shared},
        read_record(root, work),
        stamps,
        stray,
    )


def _changes(before: Listing, now: Listing) -> Iterable[str]:
    for name in sorted(before.keys() | now.keys()):
        if before.get(name) != now.get(name):
            is_new, is_gone = name not in before, name not in now
            yield f"{name} {'is new' if is_new else 'is gone' if is_gone else 'changed'}"
