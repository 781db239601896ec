import hashlib
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tools.setup.download import DownloadError, download
from tools.setup.progress import make_console

CONTENT = bytes(range(256)) * 4096
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Handler(BaseHTTPRequestHandler):
    """A server that knows Range, and breaks off after ``server.cut`` bytes."""

    def do_GET(self):
        wanted = self.headers.get("Range")
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        self.server.starts.append(start)
        if start >= len(CONTENT):
            self.send_error(416)
            return
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(CONTENT) - start))
        self.end_headers()
        self.wfile.write(CONTENT[start:][: self.server.cut])

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.cut = None
    server.starts = []
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def fetch(server, tmp_path):
    def run(sha256=SHA256):
        url = f"http://127.0.0.1:{server.server_port}/file"
        download(url, tmp_path / "file", sha256, make_console(quiet=True), timeout=5)

    return run


def test_a_file_arrives_whole(fetch, tmp_path):
    fetch()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["file"]
    assert (tmp_path / "file").read_bytes() == CONTENT


def test_a_broken_download_goes_on_where_it_stopped(fetch, server, tmp_path):
    server.cut = 300_000
    with pytest.raises(DownloadError):
        fetch()
    assert not (tmp_path / "file").exists()
    server.cut = None
    fetch()
    assert server.starts == [0, 300_000]
    assert (tmp_path / "file").read_bytes() == CONTENT


def test_a_part_that_is_already_whole_needs_no_more_bytes(fetch, tmp_path):
    (tmp_path / "file.part").write_bytes(CONTENT)
    fetch()
    assert (tmp_path / "file").read_bytes() == CONTENT


def test_a_wrong_hash_leaves_nothing_behind(fetch, tmp_path):
    with pytest.raises(DownloadError, match="SHA-256"):
        fetch(sha256="0" * 64)
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_a_server_that_is_not_there_is_an_error_of_the_download(tmp_path):
    with pytest.raises(DownloadError, match="cannot be fetched"):
        download(
            "http://127.0.0.1:9/", tmp_path / "file", SHA256, make_console(quiet=True), timeout=2
        )
