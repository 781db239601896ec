"""The weights on their way into the browser: verified, resumed, repaired, forgotten."""

import re

import pytest

from common.errors import sentence
from tests.browser.support.made_site import chunks_of
from tests.browser.support.pictures import save_spotlight
from tests.browser.support.weights import CACHE, stored, wait_for_label
from tools.site.faults import corrupted, failing, first, truncated
from tools.site.server import running_server

SPOIL = """async ([name, path]) => {
  const cache = await caches.open(name);
  const found = await cache.match(new URL(path, document.baseURI));
  const body = new Uint8Array(await found.arrayBuffer());
  body[1000] ^= 255;
  await cache.put(new URL(path, document.baseURI), new Response(body));
}"""

KEEP_LABELS = """
globalThis.labels = [];
addEventListener('DOMContentLoaded', () => {
  const label = document.getElementById('engine-label');
  const keep = () => labels.push(label.textContent);
  new MutationObserver(keep).observe(label, {childList: true, characterData: true, subtree: true});
});
"""


@pytest.fixture
def server(made_root):
    """A server whose faults and records belong to one test."""
    with running_server(made_root) as running:
        yield running


@pytest.fixture(scope="module")
def chunks(made_root):
    return {chunk["path"]: chunk["sha256"] for chunk in chunks_of(made_root)}


def asked_chunks(server):
    """Return the chunks that the server was asked for, in that order, without leading slash."""
    return [record.path[1:] for record in server.records if record.path.startswith("/models/chunk")]


def details(page):
    """Return the Details panel's facts; the panel is left open."""
    page.page.click("#details-open")
    return page.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('#facts dt')].map(
               (term) => [term.textContent, term.nextElementSibling.textContent]))"""
    )


def assert_cuts_out(page, tmp_path):
    index = len(page.rows())
    page.add_files([save_spotlight(tmp_path / f"good{index}.png", seed=index)])
    assert page.wait_until_ended()[index].state == "done"


def test_every_chunk_is_fetched_once_and_stored_with_its_hash(server, open_page, chunks):
    page = open_page(server.url)
    wait_for_label(page, "Ready")

    assert stored(page) == chunks
    assert sorted(asked_chunks(server)) == sorted(chunks)


@pytest.mark.slow
def test_the_download_is_told_in_bytes_and_percent(server, open_page):
    page = open_page(server.url, ready=False)
    page.page.add_init_script(KEEP_LABELS)
    page.open(server.url)
    wait_for_label(page, "Ready")

    labels = page.page.evaluate("labels")
    told = [label for label in labels if label.startswith("Downloading the model: ")]
    amount = r"\d+(\.\d+)? (B|KB|MB)"
    assert all(re.fullmatch(f".*: {amount} of {amount}, \\d+ %", label) for label in told)
    assert told[-1].endswith("100\u00a0%")


def test_a_second_visit_opens_the_stored_model_without_the_network(server, open_page):
    page = open_page(server.url)
    wait_for_label(page, "Ready")
    page.witness.requests.clear()

    page.open(server.url)
    wait_for_label(page, "Ready")

    assert [url for _, url, _ in page.witness.requests if "/models/chunks/" in url] == []
    assert details(page)["Fetched now"] == "0\u00a0B"


@pytest.mark.slow
def test_a_broken_download_is_tried_three_times_and_then_told(server, open_page, chunks, tmp_path):
    broken = list(chunks)[2]
    server.faults["/" + broken] = truncated(1000)
    page = open_page(server.url)

    wait_for_label(page, sentence("model_unavailable"))

    assert asked_chunks(server).count(broken) == 3
    assert stored(page) == {path: digest for path, digest in chunks.items() if path != broken}


@pytest.mark.slow
def test_after_a_reload_only_the_missing_chunk_is_fetched(server, open_page, chunks, tmp_path):
    broken = list(chunks)[3]
    server.faults["/" + broken] = truncated(1000)
    page = open_page(server.url)
    wait_for_label(page, sentence("model_unavailable"))

    server.faults.clear()
    server.records.clear()
    page.witness.requests.clear()
    page.open(server.url)
    wait_for_label(page, "Ready")

    assert asked_chunks(server) == [broken]
    asked = [url for _, url, _ in page.witness.requests if "/models/chunks/" in url]
    assert asked == [server.url + broken]
    assert stored(page) == chunks
    assert_cuts_out(page, tmp_path)


@pytest.mark.slow
def test_a_photo_without_a_model_says_so_and_works_after_retry(server, open_page, chunks, tmp_path):
    path = "/" + next(iter(chunks))
    server.faults[path] = failing(503)
    page = open_page(server.url)
    page.add_files([save_spotlight(tmp_path / "photo.png")])
    (row,) = page.wait_until_ended()
    assert (row.state, row.status) == ("failed", sentence("model_unavailable"))

    server.faults.clear()
    page.page.get_by_role("button", name="Retry photo.png").click()
    page.page.wait_for_selector(".row[data-state=done]")


@pytest.mark.slow
def test_a_damaged_chunk_is_never_stored_or_used(server, open_page, chunks, tmp_path):
    damaged = list(chunks)[1]
    server.faults["/" + damaged] = corrupted(100)
    page = open_page(server.url)

    wait_for_label(page, sentence("model_damaged", {"path": damaged}))

    assert damaged not in stored(page)
    page.add_files([save_spotlight(tmp_path / "photo.png")])
    (row,) = page.wait_until_ended()
    assert (row.state, row.status) == ("failed", sentence("model_damaged", {"path": damaged}))


@pytest.mark.slow
def test_a_chunk_that_arrives_damaged_once_is_fetched_again(server, open_page, chunks, tmp_path):
    damaged = list(chunks)[1]
    server.faults["/" + damaged] = first(1, corrupted(100))
    page = open_page(server.url)
    wait_for_label(page, "Ready")

    assert asked_chunks(server).count(damaged) == 2
    assert stored(page) == chunks
    assert_cuts_out(page, tmp_path)


@pytest.mark.slow
def test_a_stored_chunk_that_has_rotted_is_replaced(server, open_page, chunks, tmp_path):
    page = open_page(server.url)
    wait_for_label(page, "Ready")
    rotten = list(chunks)[4]
    page.page.evaluate(SPOIL, [CACHE, rotten])
    assert stored(page)[rotten] != chunks[rotten]

    page.open(server.url)
    wait_for_label(page, "Ready")

    assert stored(page) == chunks
    assert details(page)["Fetched now"] == "60\u00a0KB"
    page.page.keyboard.press("Escape")
    assert_cuts_out(page, tmp_path)


@pytest.mark.slow
def test_without_room_the_model_stays_in_memory_and_a_hint_says_so(
    server, open_page, chunks, tmp_path
):
    page = open_page(server.url, ready=False)
    limit = {"origin": server.url.rstrip("/"), "quotaSize": 100_000}
    page.page.context.new_cdp_session(page.page).send("Storage.overrideQuotaForOrigin", limit)
    page.open(server.url)
    wait_for_label(page, "Ready")

    page.page.locator("#hint", has_text="The browser gave no storage for the model").wait_for()
    # Chunks that are put side by side are each held against what was there before both.
    assert len(stored(page)) < len(chunks)
    assert_cuts_out(page, tmp_path)


@pytest.mark.slow
def test_caches_of_older_formats_are_removed_and_others_left_alone(server, open_page, chunks):
    page = open_page(server.url, ready=False)
    page.page.goto(server.url + "models/models.json")
    page.page.evaluate(
        """async ([current]) => {
             await caches.open('onnx-model-v0');
             await caches.open('of-another-page');
             const cache = await caches.open(current);
             await cache.put('/models/chunks/forgotten.bin', new Response('old'));
           }""",
        [CACHE],
    )
    page.open(server.url)
    wait_for_label(page, "Ready")

    assert sorted(page.page.evaluate("caches.keys()")) == ["of-another-page", CACHE]
    assert stored(page) == chunks


@pytest.mark.slow
def test_the_stored_size_is_shown_and_can_be_deleted(server, open_page, chunks, tmp_path):
    page = open_page(server.url)
    wait_for_label(page, "Ready")
    page.page.click("#details-open")
    said = page.page.locator("#stored")
    said.get_by_text("The model takes 360 KB in this browser's storage.").wait_for()

    page.page.click("#forget")

    said.get_by_text("No model is stored in this browser.").wait_for()
    assert page.page.evaluate("caches.keys()") in ([], [CACHE])
    assert stored(page) == {}
    page.page.keyboard.press("Escape")
    assert_cuts_out(page, tmp_path)


@pytest.mark.slow
def test_another_variant_is_fetched_beside_the_first(server, open_page, made_root, tmp_path):
    page = open_page(server.url)
    wait_for_label(page, "Ready")

    page.choose(variant="q8")
    assert_cuts_out(page, tmp_path)

    both = [chunk["path"] for name in ("q4", "q8") for chunk in chunks_of(made_root, name)]
    assert sorted(stored(page)) == sorted(both)
