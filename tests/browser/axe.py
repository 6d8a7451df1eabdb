"""What axe-core has to say against a page."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()


def violations(page: Page, within: Sequence[str] = (), **options: object) -> list[str]:
    """List each rule of axe-core that the page violates as it stands, and where.

    ``within`` are selectors of what is looked at, everything if there are none; ``options`` are
    those of ``axe.run``. Colours are slow to judge: on a page of thousands of elements, minutes.
    """
    context = {"include": [[selector] for selector in within]} if within else None
    response = _AXE.run(page, context=context, options=options or None).response
    found: list[dict[str, Any]] = response["violations"]
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
