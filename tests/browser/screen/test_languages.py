"""The page in other languages: the browser's first, the chosen one kept, right to left, fitting."""

import json

import pytest

from tests.browser.support.pictures import save_spotlight
from tools.setup.checkout import ROOT

TABS = ("compress", "convert", "resize", "cutout")

WIDER_THAN_ITS_BOX = """() => [...document.querySelectorAll('.tab, .button, button')]
  .filter((element) => element.checkVisibility() && element.clientWidth > 0)
  .filter((element) => element.scrollWidth > element.clientWidth + 1)
  .map((element) => element.textContent)"""


def sentences_of(tag):
    """Return English: translation of a language."""
    return json.loads((ROOT / f"assets/languages/{tag}.json").read_text("utf-8"))["sentences"]


def text_of(page, identifier):
    return page.page.text_content(f"#{identifier}")


@pytest.mark.slow
def test_german_fits_a_phone_and_says_everything_that_it_has_words_for(
    open_page, made_server, tmp_path
):
    phone = {"width": 360, "height": 760}
    page = open_page(made_server.url, locale="de-AT", viewport=phone)
    assert page.page.get_attribute("html", "lang") == "de"
    assert text_of(page, "choose") == "Fotos wählen"
    page.add_files([save_spotlight(tmp_path / "spot.png", 640, 480)])
    page.wait_until_ended()
    assert "0,3\u00a0Megapixel" in text_of(page, "stage-facts")
    for tab in TABS:
        page.page.click(f"#tab-{tab}")
        width = page.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, tab
        assert page.page.evaluate(WIDER_THAN_ITS_BOX) == [], tab


@pytest.mark.slow
def test_arabic_is_read_from_right_to_left_and_the_privacy_page_follows(open_page, made_server):
    page = open_page(made_server.url, locale="ar-EG", viewport={"width": 360, "height": 760})
    assert page.page.get_attribute("html", "dir") == "rtl"
    box = page.page.locator(".wordmark").bounding_box()
    assert box["x"] > 180, "the name stands at the right"
    assert page.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.page.goto(made_server.url + "privacy.html")
    words = sentences_of("ar")
    page.page.get_by_role("heading", name=words["Are my photos uploaded?"]).wait_for()


@pytest.mark.slow
def test_the_menu_changes_the_language_which_is_kept_and_says_who_has_checked_it(
    open_page, made_server
):
    page = open_page(made_server.url, locale="en-GB")
    names = page.page.locator("#language option").all_text_contents()
    assert len(names) == 12
    assert text_of(page, "language-checked") == ""
    page.page.select_option("#language", "ja")
    page.page.wait_for_selector("html[lang=ja][data-python=ready]")
    words = sentences_of("ja")
    assert text_of(page, "choose") == words["Choose photos"]
    checked = "This translation was not yet checked by a native speaker."
    assert text_of(page, "language-checked") == words[checked]
    page.reload()
    assert page.page.get_attribute("html", "lang") == "ja"


@pytest.mark.slow
def test_a_sentence_that_the_catalogue_lacks_and_a_catalogue_that_does_not_come_stay_english(
    open_page, made_server
):
    page = open_page(made_server.url, ready=False, locale="fr-FR")
    catalogue = {"sentences": {"Choose photos": "Choisir des photos"}}
    page.page.route("**/languages/fr.json", lambda route: route.fulfill(json=catalogue))
    page.open(made_server.url)
    assert text_of(page, "choose") == "Choisir des photos"
    assert text_of(page, "sample") == "Try the sample photo"
    other = open_page(made_server.url, ready=False, locale="fr-FR")
    other.page.route("**/languages/fr.json", lambda route: route.abort())
    other.open(made_server.url)
    assert text_of(other, "choose") == "Choose photos"
    assert other.page.get_attribute("html", "lang") == "en"


SYSTEM_NAMES = """Object.defineProperty(Navigator.prototype, "languages",
  { get: () => ["c", "en-US@posix", "C.UTF-8", "", "de_DE", "pl-PL"] });"""
"""What browsers take over from a system without a language, and no tag of RFC 5646."""


@pytest.mark.slow
def test_what_is_no_language_tag_is_passed_over(open_page, made_server):
    page = open_page(made_server.url, ready=False)
    page.page.add_init_script(SYSTEM_NAMES)
    page.open(made_server.url)
    assert page.page.get_attribute("html", "lang") == "pl"
