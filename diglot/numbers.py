"""Numbers of pages and sheets as readers are told them."""

from collections.abc import Iterable


def ranges(numbers: Iterable[int]) -> str:
    """Write whole numbers in order, three and more that follow each other as a range."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(parts)
