"""The privacy page is static, and the page's structured data says what it and the build say."""

import html
import json
import re
from html.parser import HTMLParser

import pytest

from tools.setup.checkout import ROOT
from tools.site.headers import headers_for, read_headers_file
from tools.site.site import Site

PAGE = (ROOT / "privacy.html").read_text(encoding="utf-8")
INDEX = (ROOT / "index.html").read_text(encoding="utf-8")


class Tags(HTMLParser):
    """All start tags with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def words(markup):
    return html.unescape(re.sub(r"<[^>]+>", "", markup)).strip()


def questions():
    """Return (question, answer) of the privacy page."""
    sections = re.findall(
        r'<section class="question">\s*<h2>(.*?)</h2>\s*<p>(.*?)</p>\s*</section>', PAGE, re.DOTALL
    )
    return [(words(question), words(answer)) for question, answer in sections]


@pytest.fixture(scope="module")
def data():
    """The structured data of the page: its parts by type."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', INDEX, re.DOTALL)
    document = json.loads(text)
    assert document["@context"] == "https://schema.org"
    return {part["@type"]: part for part in document["@graph"]}


def test_the_privacy_page_is_part_of_the_site_and_kept_for_offline():
    assert "privacy.html" in json.loads(Site(ROOT).manifest())["shell"]


def test_the_privacy_page_has_no_script_but_language_and_theme_and_loads_only_what_lies_beside_it():
    tags = Tags(PAGE).found
    assert [tag for tag, _ in tags if tag in ("iframe", "form", "style")] == []
    scripts = [attributes["src"] for tag, attributes in tags if tag == "script"]
    assert scripts == ["assets/js/kept_choices.js", "assets/js/language.js"]
    addresses = [a.get("src") or a["href"] for _, a in tags if "src" in a or "href" in a]
    assert [
        address for address in addresses if address != "./" and not (ROOT / address).is_file()
    ] == []


def test_both_documents_have_the_same_policy():
    def policy(text):
        return next(a["content"] for t, a in Tags(text).found if t == "meta" and "http-equiv" in a)

    assert policy(PAGE) == policy(INDEX)


def test_the_questions_of_the_structured_data_are_those_of_the_privacy_page(data):
    mirrored = [
        (entry["name"], entry["acceptedAnswer"]["text"]) for entry in data["FAQPage"]["mainEntity"]
    ]
    assert mirrored == questions()
    assert len(mirrored) >= 8


def test_the_structured_data_describes_the_app_as_the_page_does(data):
    app = data["WebApplication"]
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    description = next(a["content"] for _, a in Tags(INDEX).found if a.get("name") == "description")
    assert app["description"] == description
    assert app["license"] == package["license"]
    assert app["isAccessibleForFree"] is True
    assert app["offers"]["price"] == "0"


def test_what_the_privacy_page_says_about_guards_is_what_the_build_has():
    answers = " ".join(answer for _, answer in questions())
    headers = headers_for(read_headers_file(ROOT / "_headers"), "/")
    assert "content security policy" in answers
    assert "Content-Security-Policy" in headers
    assert "connection allowlist" in answers
    assert headers["Connection-Allowlist"] == "(response-origin)"
    assert "service worker" in answers
    assert "sw.js" in Site(ROOT).paths()


@pytest.mark.parametrize("button", ["ledger-open", "audit-run", "badge", "clear-all"])
def test_what_the_privacy_page_points_at_is_in_the_app(button):
    assert f'id="{button}"' in INDEX
