"""A deployment is compared with the build of this checkout: every answer, as programs get it."""

import os
import subprocess
import sys

import pytest

from tests.tools.verify import hosts
from tests.tools.verify.addresses import address
from tools.setup.complaint import Complaint
from tools.site.build import build_site, collect
from tools.site.faults import corrupted, failing
from tools.site.server import running_server
from tools.site.site import Site
from tools.verify.address import checked_base
from tools.verify.folder import compare_folder
from tools.verify.verb import WITHOUT_BROWSER, differences, grouped, listing


def found_at(url, contents):
    """Return (path, problem) of all that programs see."""
    return {(item.path, item.problem) for item in address(url, contents).by_programs()}


def found_by(treachery, built, contents):
    with hosts.treacherous(built, treachery) as url:
        return found_at(url, contents)


def test_a_deployed_build_is_found_to_be_the_same(built, contents):
    with running_server(built) as server:
        assert found_at(server.url, contents) == set()


def test_a_build_below_a_folder_for_its_own_address_is_the_same(checkout, tmp_path):
    contents = collect(Site(checkout, "http://name.example/homecut/"))
    build_site(checkout, tmp_path / "dist", "http://name.example/homecut/")
    with running_server(tmp_path / "dist", prefix="/homecut") as server:
        assert found_at(server.url, contents) == set()


def test_one_changed_byte_is_found(built, contents):
    faults = {"/core/matte/mask.py": corrupted(3), "/sw.js": corrupted(-2)}
    with running_server(built, faults=faults) as server:
        found = found_at(server.url, contents)
    assert {(path, problem[:12]) for path, problem in found} == {
        ("core/matte/mask.py", "has SHA-256 "),
        ("sw.js", "has SHA-256 "),
    }


def test_a_missing_file_is_found(built, contents):
    with running_server(built, faults={"/core/matte/mask.py": failing(404)}) as server:
        assert ("core/matte/mask.py", "missing") in found_at(server.url, contents)


def test_a_host_that_sends_no_headers_is_told_apart(built, contents):
    with running_server(built, apply_headers_file=False) as server:
        found = found_at(server.url, contents)
    problems = {problem for _, problem in found}
    assert problems == {
        "comes without the header content-security-policy",
        "comes without the header connection-allowlist",
    }
    assert {path for path, _ in found} == set(contents) - {"_headers", ".nojekyll"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Reporting-Endpoints", 'default="https://foreign.invalid/"'),
        ("Report-To", '{"endpoints": []}'),
        ("NEL", '{"report_to": "default"}'),
        ("Set-Cookie", "visitor=1"),
        ("Refresh", "5; url=https://foreign.invalid/"),
        ("Link", "<https://foreign.invalid/x.css>; rel=preload; as=style"),
        ("Content-Security-Policy-Report-Only", "report-uri https://foreign.invalid/"),
        ("Alt-Svc", 'h3="foreign.invalid:443"; ma=2592000'),
        ("SourceMap", "https://foreign.invalid/map"),
        ("Service-Worker-Allowed", "/"),
        ("Speculation-Rules", '"/rules.json"'),
        ("Vary", "User-Agent"),
        ("X-Unheard-Of", "1"),
    ],
)
@pytest.mark.parametrize("place", ["/", "/sw.js", "/core/matte/mask.py", "/privacy.html"])
def test_a_header_that_no_build_has_is_found_on_any_file(built, contents, name, value, place):
    found = found_by(hosts.with_header(name, value, place), built, contents)
    assert {path for path, problem in found if name.lower() in problem} == {
        place[1:] or "index.html"
    }


@pytest.mark.parametrize("place", ["sw.js", "core/matte/mask.py", "models/models.json"])
def test_a_policy_that_is_missing_on_one_file_is_found(built, contents, place):
    found = found_by(hosts.without_header("Content-Security-Policy", f"/{place}"), built, contents)
    assert found == {(place, "comes without the header content-security-policy")}


def test_a_second_looser_policy_is_found(built, contents):
    found = found_by(hosts.looser_policy, built, contents)
    assert ("index.html", "has the header content-security-policy as "
            "'default-src 'none'; connect-src 'self'' and 'connect-src *'") in found  # fmt: skip


@pytest.mark.parametrize(
    "treachery",
    [
        hosts.other_index,
        hosts.evil_for("User-Agent", "Firefox"),
        hosts.evil_for("User-Agent", "iPhone"),
        hosts.evil_for("User-Agent", "Chrome"),
        hosts.evil_for("Sec-Fetch-Dest", "document"),
        hosts.evil_for("Sec-Fetch-Mode", "navigate"),
        hosts.evil_packed("gzip"),
        hosts.evil_packed("br"),
    ],
)
def test_a_page_that_is_evil_only_now_and_then_is_found(built, contents, treachery):
    found = found_by(treachery, built, contents)
    assert [path for path, problem in found if problem.startswith("has SHA-256")] == ["index.html"]


def test_a_worker_that_is_evil_only_when_asked_for_as_one_is_found(built, contents):
    treachery = hosts.evil_for("Sec-Fetch-Dest", "serviceworker", "/sw.js")
    assert {path for path, _ in found_by(treachery, built, contents)} == {"sw.js"}


def test_a_redirect_to_a_genuine_copy_is_found(built, contents):
    ((path, problem), *others) = found_by(hosts.moved_copy, built, contents)
    assert path == "core/matte/mask.py"
    assert "redirect" in problem
    assert others == []


def test_a_host_that_shortens_the_names_of_documents_is_no_difference(built, contents):
    def shortening(path, _asked, answer):
        moved = {"/index.html": "/", "/privacy.html": "/privacy"}.get(path)
        if moved:
            return hosts.Answer(308, {"Location": moved, "Content-Length": "0"})
        return shown if path == "/privacy" else answer

    with running_server(built) as server:
        shown = server.server.answers.answer("GET", "/privacy.html", {})
    assert found_by(shortening, built, contents) == set()


@pytest.mark.parametrize("name", ["analytics.js", "service-worker.js", "core/", ".git/HEAD"])
def test_an_added_file_with_a_customary_name_is_found(built, contents, name):
    found = found_by(hosts.added(name), built, contents)
    assert (name, "is served and is not part of the build") in found


def test_an_added_file_that_a_listing_names_is_found(built, contents):
    found = {path for path, _ in found_by(hosts.listing, built, contents)}
    assert {"core/", "core/leak.js"} <= found


def test_a_host_that_answers_everything_unknown_with_the_page_is_no_difference(built, contents):
    def fallback(_path, _asked, answer):
        return page if answer.status == 404 else answer

    with running_server(built) as server:
        page = server.server.answers.answer("GET", "/", {})
    assert found_by(fallback, built, contents) == set()


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/core/matte/mask.py", "text/html"),
        ("/sw.js", "text/plain"),
        ("/models/models.json", "text/javascript"),
        ("/index.html", "text/html; charset=utf-16"),
        ("/LICENSE", "image/svg+xml"),
    ],
)
def test_a_wrong_media_type_is_found(built, contents, place, kind):
    found = found_by(hosts.with_header("Content-Type", kind, place), built, contents)
    assert found == {(place[1:], f"comes with the media type '{kind}'")}


def test_a_cut_answer_is_one_sentence(built, contents):
    found = found_by(hosts.cut, built, contents)
    assert found == {("core/matte/mask.py", "breaks off after 4 bytes")}


def test_an_answer_that_is_not_packed_as_it_says_is_one_sentence(built, contents):
    found = found_by(hosts.with_header("Content-Encoding", "gzip", "/LICENSE"), built, contents)
    assert ("LICENSE", "is not the gzip that it says to be") in found


def test_an_address_where_nobody_answers_is_one_sentence(contents):
    with pytest.raises(Complaint, match="cannot be reached"):
        found_at("http://127.0.0.1:9/", contents)


@pytest.mark.parametrize("text", ["http://", "http://name.example/?x=1", "http://a:b@c/"])
def test_what_is_no_address_is_one_sentence(text):
    with pytest.raises(Complaint, match="is no address"):
        checked_base(text)


def test_a_folder_is_compared_too_and_what_is_too_much_is_named(built, contents):
    assert list(compare_folder(built, contents)) == []
    (built / "analytics.js").write_text("send()")
    (found,) = compare_folder(built, contents)
    assert found.path == "analytics.js"


def test_a_link_in_the_place_of_a_file_or_a_folder_is_found(built, contents, tmp_path):
    (built / "LICENSE").rename(tmp_path / "LICENSE")
    (built / "LICENSE").symlink_to(tmp_path / "LICENSE")
    (built / "core").rename(tmp_path / "core")
    (built / "core").symlink_to(tmp_path / "core")
    found = {(item.path, item.problem) for item in compare_folder(built, contents)}
    assert {("LICENSE", "is a link, not a file of its own"),
            ("core", "is a link, not a file of its own")} <= found  # fmt: skip


def test_without_a_browser_it_says_what_it_could_not_see(built, contents, monkeypatch):
    monkeypatch.setattr("tools.pages.browser.find_chromium", lambda: None)
    remarks = []
    with running_server(built) as server:
        assert list(differences(server.url, contents, remarks)) == []
    assert WITHOUT_BROWSER in remarks


def test_the_report_names_a_problem_of_many_files_once(built, contents):
    with running_server(built, apply_headers_file=False) as server:
        lines = list(grouped(address(server.url, contents).by_programs()))
    assert len(lines) == 2
    assert all(paths.endswith(" and 4 more") for paths, _, _ in lines)


GIVEN_OUT = """
set -e
while read -r hash path; do curl -fsS --create-dirs -o "site/$path" "$1$path"; done < SHA256SUMS
cd site && sha256sum --check --strict --quiet ../SHA256SUMS
"""
"""As docs/PRIVACY.md says it to somebody without a checkout."""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize("changed", [False, True])
def test_the_printed_hashes_are_enough_for_curl_and_sha256sum(built, contents, tmp_path, changed):
    (tmp_path / "SHA256SUMS").write_text("".join(f"{line}\n" for line in listing(contents)))
    faults = {"/core/matte/mask.py": corrupted(3)} if changed else {}
    with running_server(built, faults=faults) as server:
        shell = ["bash", "-c", GIVEN_OUT, "bash", server.url]
        done = subprocess.run(
            shell, cwd=tmp_path, capture_output=True, text=True, check=False, env=os.environ
        )
    assert (done.returncode != 0) is changed, done.stderr
    assert ("core/matte/mask.py: FAILED" in done.stdout) is changed
