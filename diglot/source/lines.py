"""The lines of a text, with where they stand in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its line feed: its offset in the text, and its characters."""

    start: int
    raw: str

    @property
    def text(self) -> str:
        """The line without the white space around it."""
        return self.raw.strip()

    @property
    def end(self) -> int:
        """The offset behind the line's last character that is no white space."""
        return self.start + len(self.raw.rstrip())

    @property
    def indented(self) -> bool:
        """Whether the line begins with white space."""
        return self.raw[:1].isspace()


def lines_of(text: str) -> list[Line]:
    """Cut a text at its line feeds."""
    lines = []
    start = 0
    for raw in text.split("\n"):
        lines.append(Line(start, raw))
        start += len(raw) + 1
    return lines
