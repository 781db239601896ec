"""The offer to install comes after the second cutout; a long batch's end is told if so wished."""

import json

from tests.browser.support.choices import wait_until_chosen
from tests.browser.support.pictures import save_spotlight

OFFER = """() => {
  const offer = new Event('beforeinstallprompt', {cancelable: true});
  window.prompted = 0;
  offer.prompt = () => { window.prompted += 1; };
  offer.userChoice = Promise.resolve({outcome: 'dismissed'});
  dispatchEvent(offer);
  return offer.defaultPrevented;
}"""

NOTIFICATIONS = """() => {
  window.told = [];
  window.asked = 0;
  window.Notification = class extends EventTarget {
    static permission = 'default';
    static async requestPermission() { window.asked += 1; return 'granted'; }
    constructor(title, {body}) { super(); window.told.push(body); }
  };
}"""

HIDDEN = "() => Object.defineProperty(document, 'visibilityState', {get: () => 'hidden'})"


def test_the_page_offers_itself_for_installing_after_the_second_cutout_until_it_is_declined(
    open_page, made_server, tmp_path
):
    page = open_page(made_server.url)
    assert page.page.evaluate(OFFER), "the browser's own offer is kept back"
    page.add_files([save_spotlight(tmp_path / "1.png")])
    page.wait_until_ended()
    assert not page.page.locator("#install").is_visible()
    page.add_files([save_spotlight(tmp_path / "2.png", seed=2)])
    page.wait_until_ended()
    page.page.locator("#install").wait_for()
    assert page.page.evaluate("window.prompted") == 0
    page.page.click("#install-now")
    page.page.locator("#install").wait_for(state="hidden")
    assert page.page.evaluate("window.prompted") == 1

    page.page.evaluate(OFFER)
    page.add_files([save_spotlight(tmp_path / "3.png", seed=3)])
    page.wait_until_ended()
    page.page.locator("#install-not").click()
    wait_until_chosen(page, "homecut-install-no")
    page.page.locator("#install").wait_for(state="hidden")
    assert page.errors == []


def test_the_end_of_a_long_batch_is_told_to_who_asked_for_it_and_is_elsewhere(
    open_page, slow_server, tmp_path
):
    page = open_page(slow_server.url)
    page.page.evaluate(NOTIFICATIONS)
    page.add_files([save_spotlight(tmp_path / f"{n}.png", seed=n) for n in range(16)])
    page.page.locator("#batch-tell").wait_for()
    assert page.page.evaluate("window.asked") == 0
    page.page.click("#batch-tell")
    page.page.locator("#batch-tell").wait_for(state="hidden")
    assert page.page.evaluate("window.asked") == 1
    page.page.evaluate(HIDDEN)
    page.page.click("#batch-cancel")
    page.page.wait_for_function("() => window.told.length === 1")
    (words,) = page.page.evaluate("window.told")
    assert words.endswith(" of 16 done")
    assert page.errors == []


def test_chromium_reads_the_manifest_of_the_app_without_a_complaint(open_page, made_server):
    page = open_page(made_server.url)
    asked = page.page.context.new_cdp_session(page.page).send("Page.getAppManifest")
    assert asked["errors"] == []
    assert json.loads(asked["data"])["description_localized"]["de"].startswith("Entfernt")
    assert [shot["formFactor"] for shot in asked["manifest"]["screenshots"]] == [
        "kWide", "kWide", "kNarrow", "kNarrow",
    ]  # fmt: skip
