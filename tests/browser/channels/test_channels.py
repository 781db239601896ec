"""Every channel that we know, from every place: nothing gets out but what the document names.

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
    Attempts,
    small_site,
    try_site,
    without_guards,
)
from tests.browser.channels.channel_table import documented, render, write
from tests.browser.channels.channels import CHANNELS, SENDERS
from tools.pages.browser import CHROMIUM_FLAGS, ensure_chromium
from tools.setup.progress import make_console

MADE_OF_NOTHING = ("empty frame", "pop-up", "blob document")
"""Documents that Chromium does not put under the page's service worker."""

SAME_ORIGIN_ONLY = ("worker", "service worker", "XSLT import")

NEVER_SENT = {
    # Headless Chromium leaves hints alone.
    *((sender, "preconnect", place) for sender in SENDERS for place in (FOREIGN, OWN)),
    # Browsers refuse these from elsewhere.
    *((sender, name, FOREIGN) for sender in SENDERS for name in SAME_ORIGIN_ONLY),
    *((sender, "service worker", OWN) for sender in MADE_OF_NOTHING),
    # Headless Chromium reads no manifest, and icons and rules of pages in windows only.
    *((sender, "web manifest", place) for sender in SENDERS for place in (FOREIGN, OWN)),
    *(
        (sender, name, place)
        for sender in ("empty frame", "srcdoc frame")
        for name in ("icon", "speculation rules")
        for place in (FOREIGN, OWN)
    ),
    # It needs a service worker, and the site without guards has none.
    ("page", "background fetch", FOREIGN),
    ("page", "background fetch", OWN),
    # These need https or a server of their own kind, which the page's host here is not.
    *((sender, "WebTransport", OWN) for sender in SENDERS),
    ("page", "WebRTC", OWN),
    ("page", "WebRTC in a frame", OWN),
}
"""Attempts that do not arrive even without any guard."""


STILL_OPEN = {
    *((sender, "fetch, POST to a file of the page", OWN) for sender in MADE_OF_NOTHING),
    ("page", "link with download", OWN),
    ("page", "background fetch", OWN),
}
"""What docs/PRIVACY.md lists under "What stays open", all of it to the page's own host."""


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


@pytest.mark.slow
def test_no_channel_gets_anything_out_but_what_the_document_names(guarded):
    assert guarded.arrived == STILL_OPEN


@pytest.mark.slow
def test_nothing_whatever_reaches_another_host(guarded):
    assert [key for key in guarded.arrived if key[2] == FOREIGN] == []


@pytest.mark.slow
def test_the_policy_had_something_to_stop(guarded):
    assert len(guarded.by_policy) > 20


@pytest.mark.slow
def test_where_there_is_no_allowlist_the_gate_had_something_to_stop(without_allowlist):
    """With one, the browser refuses most of it before the gate sees it."""
    assert len(without_allowlist.by_gate) > 20


@pytest.mark.slow
def test_without_guards_every_attempt_arrives(control: Attempts):
    """Otherwise the attempts of the tests above would prove nothing."""
    keys = {(*sender, place) for sender in CHANNELS for place in (FOREIGN, OWN)}
    assert keys - control.arrived == NEVER_SENT & keys


@pytest.mark.slow
def test_browsers_without_an_allowlist_leave_only_what_the_document_says(without_allowlist):
    """Policy and gate alone do not cover WebRTC and navigation, nor documents made of nothing."""
    foreign = {name for _, name, place in without_allowlist.arrived if place == FOREIGN}
    assert foreign <= {
        "WebRTC", "WebRTC in a frame", "window.open", "location", "link", "link with download",
        "form", "frame",  # a connection is prepared, then nothing is sent
    }  # fmt: skip
    own = {(sender, name) for sender, name, place in without_allowlist.arrived if place == OWN}
    assert {sender for sender, _ in own} <= {*MADE_OF_NOTHING, "page", "srcdoc frame"}
    alone = {name for sender, name in own if sender not in MADE_OF_NOTHING}
    assert alone <= {"XSLT import", "link with download", "background fetch", "service worker"}


@pytest.mark.slow
def test_the_table_in_the_document_is_what_was_measured(guarded, without_allowlist, control):
    table = render(guarded, without_allowlist, control)
    if os.environ.get("HOMECUT_WRITE_CHANNELS"):
        write(table)
    assert documented() == table
