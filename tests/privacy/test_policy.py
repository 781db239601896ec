"""A build that is told its address holds the policies to it."""

import hashlib
import json

import pytest

from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint
from tools.site.policy import checked_origin, narrow
from tools.site.site import Site

ADDRESS = "https://name.example/homecut/"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://name.example", "https://name.example/"),
        ("https://name.example/homecut", ADDRESS),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/"),
    ],
)
def test_an_address_is_brought_into_the_form_that_policies_know(given, expected):
    assert checked_origin(given) == expected


@pytest.mark.parametrize(
    "given",
    ["name.example", "ftp://name.example/", "https://name.example/?a", "https://a;b/", "https://*/",
     "https://user@name.example/", "http://[::1]:8000/", "https://name.example/a, b/"],
)  # fmt: skip
def test_what_a_policy_cannot_name_is_refused(given):
    with pytest.raises(Complaint):
        checked_origin(given)


def test_nothing_of_the_whole_origin_is_left_in_a_narrowed_build():
    site = Site(ROOT, ADDRESS)
    for path in ("index.html", "privacy.html", "_headers"):
        text = site.narrowed(path).decode()
        assert "'self'" not in text
        assert f"connect-src {ADDRESS};" in text
    assert f'Connection-Allowlist: ("{ADDRESS}*\\\\?")' in site.narrowed("_headers").decode()


def test_the_manifest_of_a_narrowed_build_has_its_own_hashes_and_headers():
    site = Site(ROOT, ADDRESS)
    manifest = json.loads(site.manifest())
    for path in ("index.html", "privacy.html"):
        served = hashlib.sha256(site.content(path) or b"").hexdigest()
        assert manifest["files"][path]["sha256"] == served
    assert ADDRESS in manifest["headers"]["Content-Security-Policy"]
    assert manifest["build"] != json.loads(Site(ROOT).manifest())["build"]


def test_the_service_worker_gets_every_header_but_those_of_one_path():
    headers = Site(ROOT).headers()
    assert {"Content-Security-Policy", "Connection-Allowlist", "Permissions-Policy"} <= set(headers)
    assert "Cache-Control" not in headers


def test_narrowing_leaves_everything_else_as_it_is():
    assert narrow("img-src 'self' blob:", ADDRESS) == f"img-src {ADDRESS} blob:"
