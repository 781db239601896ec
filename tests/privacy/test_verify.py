"""A deployment is compared with the build of this checkout, file by file."""

import pytest

from tools.setup.complaint import Complaint
from tools.site.build import build_site, collect
from tools.site.faults import corrupted, failing
from tools.site.server import running_server
from tools.site.site import Site
from tools.site.verify import compare, compare_headers, fetch, headers_of, read, served, surplus


@pytest.fixture
def checkout(tmp_path):
    """A small site that can be built in a moment."""
    files = {
        "index.html": "<!doctype html><meta content=\"connect-src 'self'\">",
        "privacy.html": "<!doctype html><meta content=\"connect-src 'self'\">",
        "sw.js": 'const BUILD = "development";\nconst MANIFEST_SHA256 = "";\n',
        "core/matte/mask.py": "THRESHOLD = 0.5\n",
        "models/models.json": '{"variants": {}}',
        "_headers": "/*\n  Content-Security-Policy: connect-src 'self'\n"
        "  Connection-Allowlist: (response-origin)\n",
    }
    root = tmp_path / "checkout"
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def differences_of_address(checkout, url):
    site = Site(checkout)
    found = list(compare(served(collect(site)), lambda path: fetch(url, path)))
    return found + list(compare_headers(site.headers(), headers_of(url)))


def test_a_deployed_build_is_found_to_be_the_same(checkout, tmp_path):
    build_site(checkout, tmp_path / "dist")
    with running_server(tmp_path / "dist") as server:
        assert differences_of_address(checkout, server.url) == []


def test_one_changed_byte_is_found(checkout, tmp_path):
    build_site(checkout, tmp_path / "dist")
    faults = {"/core/matte/mask.py": corrupted(3), "/sw.js": corrupted(-2)}
    with running_server(tmp_path / "dist", faults=faults) as server:
        found = differences_of_address(checkout, server.url)
    assert [(item.path, item.problem[:12]) for item in found] == [
        ("core/matte/mask.py", "has SHA-256 "),
        ("sw.js", "has SHA-256 "),
    ]


def test_a_missing_file_is_found(checkout, tmp_path):
    build_site(checkout, tmp_path / "dist")
    with running_server(tmp_path / "dist", faults={"/core/matte/mask.py": failing(404)}) as server:
        found = differences_of_address(checkout, server.url)
    assert [(item.path, item.problem) for item in found] == [("core/matte/mask.py", "missing")]


def test_a_host_that_sends_no_headers_is_told_apart(checkout, tmp_path):
    build_site(checkout, tmp_path / "dist")
    with running_server(tmp_path / "dist", apply_headers_file=False) as server:
        found = differences_of_address(checkout, server.url)
    assert {item.path for item in found} == {
        "header Content-Security-Policy",
        "header Connection-Allowlist",
    }


def test_a_weaker_header_is_found(checkout):
    expected = Site(checkout).headers()
    sent = {"content-security-policy": "connect-src *", "connection-allowlist": "(response-origin)"}
    (found,) = compare_headers(expected, sent)
    assert found.path == "header Content-Security-Policy"


def test_a_folder_is_compared_too_and_what_is_too_much_is_named(checkout, tmp_path):
    build_site(checkout, tmp_path / "dist")
    expected = collect(Site(checkout))
    assert list(compare(expected, lambda path: read(tmp_path / "dist", path))) == []
    (tmp_path / "dist/analytics.js").write_text("send()")
    (found,) = surplus(tmp_path / "dist", expected)
    assert found.path == "analytics.js"


def test_an_address_where_nobody_answers_is_one_sentence():
    with pytest.raises(Complaint, match="cannot be reached"):
        fetch("http://127.0.0.1:9/", "index.html")
