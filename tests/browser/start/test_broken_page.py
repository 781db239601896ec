"""A page that does not start fails its test at once, with what the console said."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.support.made_site import make_site
from tools.pages.page_driver import HomecutPage
from tools.setup.complaint import Complaint
from tools.site.server import RunningServer, running_server

AT_ONCE = 20
"""Seconds that nothing of this takes, however busy the machine is."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the page that a test may break."""
    (tmp_path / "site").mkdir()
    return make_site(tmp_path / "site")


@pytest.fixture
def server(root: Path) -> Iterator[RunningServer]:
    """Serves that copy."""
    with running_server(root) as running:
        yield running


@pytest.fixture
def page(browser: Browser, server: RunningServer) -> Iterator[HomecutPage]:
    """A page in a context of its own, whose errors are wanted here."""
    with browser.new_context() as context:
        yield HomecutPage(context.new_page())


def break_script(file: Path) -> None:
    """Let a script begin with an import of something that is not there."""
    file.write_text("import nothing_there\n" + file.read_text("utf-8"), "utf-8")


def test_a_page_whose_script_ends_fails_at_once_and_says_why(page, root, server):
    break_script(root / "main.py")
    begun = time.monotonic()
    with pytest.raises(Complaint, match="no module named 'nothing_there'"):
        page.open(server.url)
    assert time.monotonic() - begun < AT_ONCE


def test_a_page_without_one_of_its_files_fails_at_once_and_names_it(page, root, server):
    (root / "ui/workbench.py").unlink()
    begun = time.monotonic()
    with pytest.raises(Complaint, match=r"page\.tar\.gz"):
        page.open(server.url)
    assert time.monotonic() - begun < AT_ONCE


@pytest.mark.slow
def test_a_photo_whose_worker_cannot_start_fails_at_once_and_says_why(page, root, server):
    break_script(root / "pixels.py")
    page.open(server.url)
    page.page.click("#sample")
    begun = time.monotonic()
    with pytest.raises(Complaint, match="No module named 'nothing_there'"):
        page.wait_until_ended()
    assert time.monotonic() - begun < AT_ONCE


def test_a_page_that_says_nothing_fails_when_the_patience_is_over(page, root, server):
    (root / "main.py").write_text("", "utf-8")
    with pytest.raises(Complaint, match=r"did not start within 2 s\. Its console holds"):
        page.open(server.url, timeout=2)
