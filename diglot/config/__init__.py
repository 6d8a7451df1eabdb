"""What people configure: ``work.toml`` of a work and ``editions.toml`` of the library."""

from diglot.config.edition import (
    Edition,
    English,
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
    Writing,
    read_editions,
)
from diglot.config.work import Creator, Fonts, Source, Title, WorkInfo, read_work_info

__all__ = [
    "Creator",
    "Edition",
    "English",
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
    "Writing",
    "read_editions",
    "read_work_info",
]
