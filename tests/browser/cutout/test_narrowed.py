"""A build that was told its address works there, below a folder, and holds the page to it."""

import socket

import pytest

from tests.browser.support.pictures import save_spotlight
from tools.site.build import build_site
from tools.site.server import running_server

PREFIX = "/homecut"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture(scope="module")
def narrowed(made_root, tmp_path_factory):
    """A server of a build for exactly the address at which it is served."""
    port = free_port()
    target = tmp_path_factory.mktemp("narrowed") / "dist"
    build_site(made_root, target, f"http://127.0.0.1:{port}{PREFIX}/")
    with running_server(target, port=port, prefix=PREFIX) as server:
        yield server


@pytest.mark.parametrize("service_worker", [True, pytest.param(False, marks=pytest.mark.slow)])
@pytest.mark.slow
def test_it_cuts_out_at_its_address(open_page, narrowed, tmp_path, service_worker):
    page = open_page(narrowed.url, service_worker=service_worker)
    page.add_files([save_spotlight(tmp_path / "photo.png")])
    assert [row.state for row in page.wait_until_ended()] == ["done"]


ATTEMPTS = (
    "new WebSocket(location.origin.replace('http', 'ws') + '/homecut/collect')",
    "fetch(location.origin + '/neighbour/collect').catch(() => 0)",
    "new Image().src = location.origin + '/neighbour/collect'",
)
"""``'self'`` would let all three through."""


def test_without_a_service_worker_it_reaches_no_neighbour_and_no_socket(browser, narrowed):
    page = browser.new_page(service_workers="block")
    page.goto(narrowed.url + "privacy.html")
    earlier = len(narrowed.records)
    for attempt in ATTEMPTS:
        page.evaluate(f"() => {{ {attempt} }}")
    page.wait_for_timeout(1500)
    page.close()
    assert [r.path for r in narrowed.records[earlier:] if "collect" in r.path] == []
