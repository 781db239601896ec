"""The pixel worker's interpreter starts when the page says so, where there are two cores."""

import os

import pytest

from tests.browser.support.made_site import make_site
from tests.browser.support.mutations import replaced
from tests.browser.support.pictures import save_spotlight
from tools.site.server import running_server

LISTEN = """
globalThis.heard = [];
new BroadcastChannel("homecut-turn").onmessage = ({data}) => globalThis.heard.push(data);
"""
WAITS = (os.cpu_count() or 1) <= 2
SILENT = replaced("ui/browser/interpreter/turn.py", "self._channel.postMessage", "str", 2)


@pytest.fixture
def open_listening(open_page):
    """Opens a page in which the words between it and its worker are heard."""

    def open_it(url):
        page = open_page(url, ready=False)
        page.page.add_init_script(LISTEN)
        return page.open(url)

    return open_it


def cut_out(page, tmp_path):
    """Return the states of a photo's row in the end."""
    page.add_files([save_spotlight(tmp_path / "photo.png")])
    return [row.state for row in page.wait_until_ended()]


def test_the_page_gives_the_word(open_listening, made_server, tmp_path):
    page = open_listening(made_server.url)
    assert cut_out(page, tmp_path) == ["done"]
    heard = page.page.evaluate("heard")
    assert "begin" in heard
    if WAITS:
        assert heard[0] == "waiting"


@pytest.mark.slow
def test_nobody_waits_for_ever_for_a_page_that_says_nothing(open_listening, tmp_path):
    root = tmp_path / "site"
    root.mkdir()
    SILENT(make_site(root))
    with running_server(root) as server:
        page = open_listening(server.url)
        assert cut_out(page, tmp_path) == ["done"]
        assert "begin" not in page.page.evaluate("heard")
