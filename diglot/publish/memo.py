"""What was made before, by the name of all it is made of: it need not be made again."""

from collections.abc import Callable, Mapping


class Memo:
    """Remembers what it is asked for; the rest of what was ``former`` known is forgotten.

    A name stands for all that goes into a thing, so that the same name always means the same bytes.
    """

    def __init__(self, former: Mapping[str, bytes] | None = None) -> None:
        self._former = former or {}
        self.kept: dict[str, bytes] = {}

    def recall(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return the thing of a name, which is made if it is not known."""
        if name not in self.kept:
            self.kept[name] = self._former.get(name) or make()
        return self.kept[name]
