"""``dev.py verify`` sees what a visitor's own Chromium is sent, whoever else is sent what."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.tools.verify import hosts
from tests.tools.verify.addresses import address
from tests.tools.verify.conftest import built, checkout, contents  # noqa: F401
from tools.pages.browser import ensure_chromium
from tools.setup.progress import make_console
from tools.site.server import running_server

PATIENCE = 1
"""Seconds; the small site never says that it is ready."""


def seen_at(url, contents):  # noqa: F811
    program = ensure_chromium(make_console(quiet=True))
    # Playwright allows one of its kind in a thread, and this thread's has the session's browser.
    with ThreadPoolExecutor(1) as thread:
        looking = address(url, contents).by_browser
        return thread.submit(lambda: list(looking(program, [], PATIENCE))).result()


def test_a_genuine_copy_is_the_same_to_a_browser(built, contents):  # noqa: F811
    with running_server(built) as server:
        assert seen_at(server.url, contents) == []
        asked = {record.path for record in server.records}
    assert {"/", "/index.html", "/sw.js", "/core/matte/mask.py"} <= asked


@pytest.mark.slow
@pytest.mark.parametrize(
    ("treachery", "path", "problem", "visit"),
    [
        (hosts.only_chromium, "index.html", "has SHA-256", "Chromium, first visit"),
        (hosts.on_return, "index.html", "set-cookie", "Chromium, coming again"),
        (
            hosts.worse_from_memory,
            "index.html",
            "content-security-policy",
            "Chromium, coming again",
        ),
        (hosts.asks_elsewhere, "http://foreign.invalid/", "is asked for", "Chromium, first visit"),
        (hosts.cut, "core/matte/mask.py", "breaks off", "Chromium, each file"),
    ],
)
def test_what_only_a_real_browser_is_sent_is_found(
    built, contents, treachery, path, problem, visit  # noqa: F811
):  # fmt: skip
    with hosts.treacherous(built, treachery) as url:
        found = seen_at(url, contents)
    assert [item for item in found if item.path == path and problem in item.problem
            and item.asked == visit] != []  # fmt: skip
