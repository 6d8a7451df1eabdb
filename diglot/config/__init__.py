"""What people configure: ``work.toml`` of a work and ``editions.toml`` of the library."""

from diglot.config.edition import Edition, Format, Layout, Paper, Sheet, Stale, read_editions
from diglot.config.work import Creator, Fonts, Source, Title, WorkInfo, read_work_info

__all__ = [
    "Creator",
    "Edition",
    "Fonts",
    "Format",
    "Layout",
    "Paper",
    "Sheet",
    "Source",
    "Stale",
    "Title",
    "WorkInfo",
    "read_editions",
    "read_work_info",
]
