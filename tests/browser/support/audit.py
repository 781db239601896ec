"""The self-audit, run as a user does."""

import json

PATIENCE = 240_000


def audit(page):
    """Run the self-audit; return its report."""
    if not page.page.locator("#ledger").is_visible():
        page.page.click("#details-open")
        page.page.click("#ledger-open")
    page.page.click("#audit-run")
    page.page.wait_for_selector("#audit-save:not([hidden])", timeout=PATIENCE)
    with page.page.expect_download() as waiting:
        page.page.click("#audit-save")
    return json.loads(waiting.value.path().read_text(encoding="utf-8"))
