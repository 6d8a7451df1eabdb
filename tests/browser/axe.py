"""What axe-core has to say against a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()


def violations(page: Page, **options: object) -> list[str]:
    """List each rule of axe-core that the page violates as it stands, and where.

    ``options`` are those of ``axe.run``.
    """
    found: list[dict[str, Any]] = _AXE.run(page, options=options or None).response["violations"]
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
