"""What a normalization rule is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from diglot.source.patch import Change, Doubt

Findings = Iterable[Change | Doubt]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of repair: its changes come sorted, free of overlap, and leave nothing to change.

    ``find`` takes the text as earlier rules left it, and what the work says about residue
    (``auto``, ``strip`` or ``keep``).
    """

    name: str
    reason: str
    find: Callable[[str, str], Findings]
