"""Every channel that we know, tried from the page and from a worker: nothing gets out.

The control is the same site without any guard: what does not arrive even there proves nothing.
"""

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.channels.attempts import (
    FOREIGN,
    OWN,
    SENDERS,
    Attempts,
    small_site,
    try_site,
    without_guards,
)
from tests.browser.channels.channel_table import documented, render, write
from tools.pages.browser import CHROMIUM_FLAGS, ensure_chromium
from tools.setup.progress import make_console

NEVER_SENT = {
    ("page", "preconnect", FOREIGN),  # headless Chromium leaves hints alone
    ("page", "preconnect", OWN),
    ("page", "worker", FOREIGN),  # browsers refuse a worker's script from elsewhere
    # These need https or a server of their own kind, which the page's host here is not.
    ("page", "WebTransport", OWN),
    ("worker", "WebTransport", OWN),
    ("page", "WebRTC", OWN),
    ("page", "WebRTC in a frame", OWN),
}
"""Attempts that do not arrive even without any guard."""


@pytest.fixture(scope="module")
def open_browser(browser: Browser) -> Iterator[Browser]:
    """A Chromium whose QUIC is on, for WebTransport."""
    program = str(ensure_chromium(make_console(quiet=True)))
    flags = [flag for flag in CHROMIUM_FLAGS if flag not in ("--headless", "--disable-quic")]
    running = browser.browser_type.launch(executable_path=program, args=flags)
    yield running
    running.close()


@pytest.fixture(scope="module")
def guarded(open_browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Attempts:
    """All attempts on a site with every guard."""
    return try_site(small_site(tmp_path_factory.mktemp("guarded")), open_browser, True)


@pytest.fixture(scope="module")
def without_allowlist(open_browser: Browser, tmp_path_factory) -> Attempts:
    """All attempts in a browser that knows no Connection-Allowlist, so to speak."""
    root = small_site(tmp_path_factory.mktemp("without"))
    headers = root / "_headers"
    headers.write_text(re.sub(r"  Connection-Allowlist:.*\n", "", headers.read_text()))
    return try_site(root, open_browser, True)


@pytest.fixture(scope="module")
def control(open_browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Attempts:
    """All attempts on a site without any guard."""
    root = small_site(tmp_path_factory.mktemp("control"))
    without_guards(root)
    return try_site(root, open_browser, False)


def test_no_channel_from_page_or_worker_gets_anything_out(guarded):
    assert guarded.arrived == set()


def test_the_gate_and_the_policy_both_had_something_to_stop(guarded):
    assert len(guarded.by_gate) > 20
    assert len(guarded.by_policy) > 20


@pytest.mark.slow
def test_without_guards_every_attempt_arrives(control: Attempts):
    """Otherwise the attempts of the tests above would prove nothing."""
    keys = {(*sender, place) for sender in SENDERS for place in (FOREIGN, OWN)}
    assert keys - control.arrived == NEVER_SENT


@pytest.mark.slow
def test_browsers_without_an_allowlist_leave_only_what_the_document_says(without_allowlist):
    """Policy and gate alone do not cover WebRTC and navigation."""
    requests = {name for _, name, _ in without_allowlist.arrived}
    assert requests <= {
        "WebRTC", "WebRTC in a frame", "window.open", "location", "link",
        "form", "frame",  # a connection is prepared, then nothing is sent
    }  # fmt: skip


@pytest.mark.slow
def test_the_table_in_the_document_is_what_was_measured(guarded, without_allowlist, control):
    table = render(guarded, without_allowlist, control)
    if os.environ.get("HOMECUT_WRITE_CHANNELS"):
        write(table)
    assert documented() == table
