"""What workers do: jobs in, artifacts out; nothing is read but fonts, nothing is written."""

import gc
import time
from collections.abc import Iterable
from dataclasses import dataclass

from diglot import pipeline
from diglot.build.page import page_key
from diglot.config import Format
from diglot.memory import Memo, pack, remembering, unpack
from diglot.pipeline import Job

# Typesetting leaves dozens of MB behind that refer to themselves, which Python would keep long.
_LEAVES_MUCH = frozenset([Format.PDF, Format.EPUB])


@dataclass(frozen=True, slots=True)
class Outcome:
    """An artifact's exact key, and its bytes unless they are there already."""

    page: str
    data: bytes | None
    seconds: float


def make(
    jobs: Iterable[tuple[Job, str]], environment: str, memory: bytes = b""
) -> tuple[list[Outcome], bytes]:
    """Run the jobs of one page: its base comes first, and is converted as it is.

    Args:
        jobs: Each with the exact key of its artifact as it stands; empty if none does.
        environment: Names what artifacts are made with.
        memory: What the last making of the page returned to be remembered.

    Returns:
        An outcome a job, and what to remember; nothing, if nothing was made.

    Raises:
        DiglotError: as `pipeline.run`.
    """
    made: list[Outcome] = []
    bases: dict[Format, bytes] = {}
    memo = Memo(unpack(memory, environment))
    with remembering(memo):
        for job, former in jobs:
            start = time.perf_counter()
            page = page_key(job, environment)
            data = None if page == former else pipeline.run(job, bases.get(job.format.base, b""))
            bases[job.format] = data or b""
            made.append(Outcome(page, data, time.perf_counter() - start))
    if _LEAVES_MUCH.intersection(bases):
        gc.collect()
    return made, pack(environment, memo.kept)
