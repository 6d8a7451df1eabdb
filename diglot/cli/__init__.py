"""The command: thin, and quick to start, since each stage is imported when it is called for."""

from diglot.cli import building, texts, versions, works
from diglot.cli.group import main

__all__ = ["building", "main", "texts", "versions", "works"]
