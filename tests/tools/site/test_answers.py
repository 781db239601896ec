import pytest

from tools.site.answers import Answers, etag_matches, preferred_encoding
from tools.site.compression import CompressedFiles
from tools.site.site import Site

BR = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def answers(checkout):
    return Answers(Site(checkout), CompressedFiles())


def test_the_root_is_the_page(answers):
    answer = answers.answer("GET", "/", {})
    assert answer.status == 200
    assert answer.body == answers.answer("GET", "/index.html", {}).body
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "mime_type"),
    [
        ("/sw.js", "text/javascript; charset=utf-8"),
        ("/manifest.json", "application/json"),
        ("/main.py", "text/x-python; charset=utf-8"),
        ("/assets/vendor/pyodide/big.wasm", "application/wasm"),
        ("/assets/css/page.css", "text/css; charset=utf-8"),
    ],
)
def test_types_are_those_that_browsers_insist_on(answers, path, mime_type):
    assert answers.answer("GET", path, {}).headers["Content-Type"] == mime_type


@pytest.mark.parametrize(
    "target",
    [
        "/dev.py",
        "/tools/secret.py",
        "/../dev.py",
        "/assets/../dev.py",
        "/assets/%2e%2e/dev.py",
        "/assets/..%2fdev.py",
        "//dev.py",
        "/%ff",
        "/assets/",
        "/nothing",
        "*",
    ],
)
def test_what_is_not_part_of_the_site_is_not_found(answers, target):
    assert answers.answer("GET", target, {}).status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_only_reading_is_allowed(answers, method):
    answer = answers.answer(method, "/", {})
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("target", ["/", "/nothing"])
def test_every_answer_has_the_headers_of_the_headers_file(answers, target):
    assert answers.answer("GET", target, {}).headers["X-Everywhere"] == "yes"


def test_a_host_without_headers_file_sends_none_of_them(checkout):
    answers = Answers(Site(checkout), apply_headers_file=False)
    assert "X-Everywhere" not in answers.answer("GET", "/", {}).headers


def test_the_site_can_lie_below_a_folder(checkout):
    answers = Answers(Site(checkout), prefix="/homecut")
    assert answers.answer("GET", "/homecut/", {}).status == 200
    assert answers.answer("GET", "/homecut/main.py", {}).headers["X-Everywhere"] == "yes"
    assert answers.answer("GET", "/main.py", {}).status == 404


def test_files_are_asked_for_again_unless_the_headers_file_says_otherwise(answers):
    assert answers.answer("GET", "/main.py", {}).headers["Cache-Control"] == "no-cache"
    chunk = "/" + answers.site.chunks()[0]
    assert "immutable" in answers.answer("GET", chunk, {}).headers["Cache-Control"]


def test_an_unchanged_file_is_not_sent_again(answers):
    etag = answers.answer("GET", "/", BR).headers["ETag"]
    again = answers.answer("GET", "/", BR | {"If-None-Match": f'"other", {etag}'})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == etag
    assert again.headers["X-Everywhere"] == "yes"


def test_the_etag_tells_the_forms_of_a_file_apart(answers):
    etag = answers.answer("GET", "/", BR).headers["ETag"]
    plain = answers.answer("GET", "/", {"If-None-Match": etag})
    assert plain.status == 200
    assert plain.headers["ETag"] != etag
    assert plain.headers["Vary"] == "Accept-Encoding"


def test_a_changed_file_is_sent_again(answers, checkout):
    etag = answers.answer("GET", "/", {}).headers["ETag"]
    (checkout / "index.html").write_text("new", encoding="utf-8")
    again = answers.answer("GET", "/", {"If-None-Match": etag})
    assert (again.status, again.body) == (200, b"new")


def test_a_broken_service_worker_is_said_in_words(answers, checkout):
    (checkout / "sw.js").write_text("nothing to stamp", encoding="utf-8")
    answer = answers.answer("GET", "/sw.js", {})
    assert answer.status == 500
    assert b"exactly once" in answer.body


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, br", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("*", "br"),
        ("identity", ""),
        ("br;q=nonsense", ""),
    ],
)
def test_the_best_accepted_encoding_is_chosen(header, encoding):
    assert preferred_encoding(header) == encoding


def test_weak_etags_and_stars_match_too():
    assert etag_matches('W/"a"', '"a"')
    assert etag_matches("*", '"a"')
    assert not etag_matches("", '"a"')
