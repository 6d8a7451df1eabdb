"""What people configure: ``work.toml`` of a work and ``editions.toml`` of the library."""

from diglot.config.edition import (
    Edition,
    Format,
    Front,
    GlossesAt,
    Layout,
    Once,
    Paper,
    Sheet,
    Spelling,
    Stale,
    Starts,
    Words,
    read_editions,
)
from diglot.config.work import Creator, Fonts, Source, Title, WorkInfo, read_work_info

__all__ = [
    "Creator",
    "Edition",
    "Fonts",
    "Format",
    "Front",
    "GlossesAt",
    "Layout",
    "Once",
    "Paper",
    "Sheet",
    "Source",
    "Spelling",
    "Stale",
    "Starts",
    "Title",
    "Words",
    "WorkInfo",
    "read_editions",
    "read_work_info",
]
