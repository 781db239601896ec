import base64
import hashlib

import pytest

from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint
from tools.site.headers import headers_for, parse_headers, read_headers_file


def test_a_star_matches_everything_below_and_nothing_beside():
    rules = parse_headers("/models/chunks/*\n  Cache-Control: immutable\n")
    assert headers_for(rules, "/models/chunks/abc.bin") == {"Cache-Control": "immutable"}
    assert headers_for(rules, "/models/models.json") == {}


def test_a_placeholder_matches_one_segment():
    rules = parse_headers("/a/:name/c\n  X-One: 1\n")
    assert headers_for(rules, "/a/b/c") == {"X-One": "1"}
    assert headers_for(rules, "/a/b/b/c") == {}


def test_later_rules_add_to_earlier_ones():
    rules = parse_headers("/*\n  X-One: 1\n/a\n  X-Two: 2\n  x-one: 3\n")
    assert headers_for(rules, "/a") == {"X-One": "1, 3", "X-Two": "2"}


def test_an_exclamation_mark_takes_a_header_away():
    rules = parse_headers("/*\n  X-One: 1\n/a\n  ! X-One\n  X-One: 2\n")
    assert headers_for(rules, "/a") == {"X-One": "2"}


def test_values_keep_their_colons_and_comments_are_left_out():
    rules = parse_headers("# a comment\n/*\n  # another\n  Policy: img-src blob: data:\n")
    assert headers_for(rules, "/") == {"Policy": "img-src blob: data:"}


@pytest.mark.parametrize(
    "text", ["  X-One: 1\n", "/*\n  no colon\n", "page\n", "/*\n  X One: 1\n", "/*\n  X-One:\n"]
)
def test_a_line_that_hosts_would_ignore_is_refused_with_its_number(text):
    with pytest.raises(Complaint, match=r"_headers line \d"):
        parse_headers(text)


def test_no_file_means_no_headers(tmp_path):
    assert read_headers_file(tmp_path / "_headers") == []


def directives(value: str) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in value.split(";"))


def test_every_answer_is_isolated_and_may_only_talk_to_its_own_origin():
    headers = headers_for(read_headers_file(ROOT / "_headers"), "/any/thing.py")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = directives(headers["Content-Security-Policy"])
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert policy["form-action"] == "'none'"
    sources = {word for words in policy.values() for word in words.split()}
    # The hash is that of the one line of style which PyScript's editor puts into the lab's page.
    digest = base64.b64encode(hashlib.sha256(b":host { all: initial; }").digest()).decode()
    assert policy["style-src"].split() == ["'self'", f"'sha256-{digest}'"]
    sources -= {f"'sha256-{digest}'"}
    assert sources <= {"'none'", "'self'", "'wasm-unsafe-eval'", "'unsafe-eval'", "blob:", "data:"}


def test_model_chunks_are_kept_for_a_year_and_the_entry_points_are_asked_for_again():
    rules = read_headers_file(ROOT / "_headers")
    chunk = headers_for(rules, "/models/chunks/0.bin")
    assert chunk["Cache-Control"] == "public, max-age=31536000, immutable"
    for path in ("/", "/index.html", "/sw.js", "/manifest.json"):
        assert headers_for(rules, path)["Cache-Control"] == "no-cache"


def test_no_line_is_longer_than_hosts_accept():
    lines = (ROOT / "_headers").read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) <= 2000
