"""Each guard is needed: take it away in a scratch copy of the site, and a check notices.

The same attempts are made on the untouched site by ``test_channels.py``, where none arrives.
"""

from pathlib import Path

import pytest

from tests.browser.channels.attempts import CARRIER, FOREIGN, OWN, small_site, try_site
from tests.browser.channels.channels import CHANNELS
from tests.browser.support.mutations import Mutation, all_of, replaced, without
from tools.site.faults import corrupted
from tools.site.server import running_server

pytestmark = pytest.mark.slow

NO_POLICY = all_of(
    without("_headers", r"  Content-Security-Policy:.*\n"),
    without(CARRIER, r"<meta http-equiv=.*\n"),
)
NO_ALLOWLIST = without("_headers", r"  Connection-Allowlist:.*\n")
NO_GATE = replaced(
    "sw.js", "event.respondWith(answer(event))", "event.respondWith(fetch(event.request))"
)
NO_EXACT_ALLOWLIST = without("sw.js", r"  headers\[\"Connection-Allowlist\"\].*\n")
NO_NARROWING = replaced("sw.js", "  narrow(listing);\n", "")

GUARDS: dict[str, tuple[Mutation, tuple[str, str], str]] = {
    "the policy, in the page": (all_of(NO_POLICY, NO_ALLOWLIST), ("page", "WebSocket"), FOREIGN),
    "the policy, in workers": (all_of(NO_POLICY, NO_ALLOWLIST), ("worker", "WebSocket"), FOREIGN),
    "the gate, in the page": (NO_GATE, ("page", "fetch, POST"), OWN),
    "the gate, in workers": (NO_GATE, ("worker", "fetch, POST"), OWN),
    "the gate, for beacons": (NO_GATE, ("page", "sendBeacon"), OWN),
    "the narrowed policy": (NO_NARROWING, ("worker", "WebSocket"), OWN),
    "the exact allowlist, in a frame": (NO_EXACT_ALLOWLIST, ("empty frame", "fetch, POST"), OWN),
    "the exact allowlist, in a pop-up": (NO_EXACT_ALLOWLIST, ("pop-up", "sendBeacon"), OWN),
    "the allowlist, for navigation": (NO_ALLOWLIST, ("page", "location"), FOREIGN),
    "the allowlist, for WebRTC": (NO_ALLOWLIST, ("page", "WebRTC"), FOREIGN),
}
"""Guard: how it is taken away, the attempt that then arrives, and where."""


@pytest.mark.parametrize("guard", GUARDS)
def test_without_a_guard_something_gets_out(browser, tmp_path, guard):
    mutate, key, place = GUARDS[guard]
    root = small_site(tmp_path)
    mutate(root)
    assert key in CHANNELS
    assert (*key, place) in try_site(root, browser, True, [key]).arrived


def stored_style(browser, root: Path) -> str | None:
    """Return what the gate keeps of a style sheet that the host has tampered with."""
    faults = {"/assets/css/theme.css": corrupted(40)}
    with running_server(root, faults=faults) as server:
        page = browser.new_page()
        page.goto(server.url + CARRIER)
        page.evaluate("navigator.serviceWorker.register('sw.js')")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        page.goto(server.url + CARRIER)
        page.wait_for_timeout(1000)
        kept = page.evaluate(
            """async () => (await (await caches.match(document.baseURI.replace(
                 'privacy.html', 'assets/css/theme.css')))?.text()) ?? null"""
        )
        page.context.close()
    return kept


def test_without_the_comparison_a_tampered_file_would_be_kept(browser, tmp_path):
    (tmp_path / "whole").mkdir()
    (tmp_path / "mutated").mkdir()
    assert stored_style(browser, small_site(tmp_path / "whole")) is None

    mutated = small_site(tmp_path / "mutated")
    replaced(
        "sw.js",
        "    if ((await digest(body)) === sha256) return { body, response };",
        "    if (sha256) return { body, response };",
    )(mutated)
    assert stored_style(browser, mutated)


def test_a_forged_manifest_is_refused(browser, tmp_path):
    """The hash in ``sw.js`` holds the manifest, which holds every file."""
    root = small_site(tmp_path)
    with running_server(root, faults={"/manifest.json": corrupted(5)}) as server:
        page = browser.new_page()
        page.goto(server.url + CARRIER)
        outcome = page.evaluate(
            """async () => {
              const registration = await navigator.serviceWorker.register('sw.js');
              const worker = registration.installing;
              return await new Promise((resolve) => {
                worker.addEventListener('statechange', () => resolve(worker.state));
              });
            }"""
        )
        page.context.close()
    assert outcome == "redundant"
