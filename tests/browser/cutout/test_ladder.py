"""Where the network runs: the graphics card only if it is real and right, else the processor.

The machine of the tests has no graphics card. Chromium imitates one in software, which the page
recognises and does not use by itself; chosen by hand, it computes what a real one would.
"""

import shutil

import numpy as np
import pytest
from PIL import Image

from common.rungs import REASONS, SINGLE, THREADS, WEBGPU, WORDS
from tests.browser.support.opening import PATIENCE, pages_in
from tests.browser.support.pictures import save_spotlight
from tools.model.safetensors import Contents, decode, encode
from tools.pages.browser import CHROMIUM_FLAGS, ensure_chromium
from tools.setup.progress import make_console
from tools.site.server import running_server
from tools.site.site import CANARY

NOT_HERE = ("--headless", "--disable-gpu")
IMITATED_CARD = (
    "--enable-unsafe-webgpu",
    "--use-webgpu-adapter=swiftshader",
    "--enable-features=Vulkan",
    "--use-vulkan=swiftshader",
    "--ignore-gpu-blocklist",
)

GPU_FILES = ("jspi", "canary.safetensors")
"""What the addresses of everything hold that only a graphics card needs."""

FACTS = """() => Object.fromEntries([...document.querySelectorAll('#facts dt')].map(
    (term) => [term.textContent, term.nextElementSibling.textContent]))"""

NOTES = "() => caches.has('homecut-ladder-v1')"


@pytest.fixture(scope="module")
def imitating(browser):
    """A Chromium that imitates a graphics card."""
    flags = [flag for flag in CHROMIUM_FLAGS if flag not in NOT_HERE]
    program = str(ensure_chromium(make_console(quiet=True)))
    running = browser.browser_type.launch(executable_path=program, args=[*flags, *IMITATED_CARD])
    yield running
    running.close()


@pytest.fixture
def open_imitating(imitating):
    """Opens pages in the Chromium that imitates a graphics card."""
    yield from pages_in(imitating)


@pytest.fixture
def trusting_root(made_root, tmp_path):
    """A site that takes the imitated card for a real one; to be changed by the test."""
    root = tmp_path / "site"
    shutil.copytree(made_root, root)
    ladder = root / "inference/ladder.py"
    text = ladder.read_text(encoding="utf-8")
    assert "if is_imitated(adapter):" in text
    ladder.write_text(text.replace("if is_imitated(adapter):", "if False:"), encoding="utf-8")
    return root


def facts(page):
    """Return what the Details panel says, once the network is ready."""
    page.page.wait_for_function("document.getElementById('engine').hidden")
    # Not by a click, which would wait for a frame that the imitated card is too busy to draw.
    page.page.evaluate("document.getElementById('details-open').click()")
    found = page.page.evaluate(FACTS)
    page.page.evaluate("document.getElementById('details-close').click()")
    return found


def choose_rung(page, rung):
    """Choose by hand where the network runs, and wait until it does."""
    page.page.click("#details-open")
    page.page.select_option("#rung", rung)
    page.page.click("#details-close")
    page.page.wait_for_timeout(300)


def spoil_canary(root):
    """Turn the stored answers of a site's canary over."""
    contents = decode((root / CANARY).read_bytes())
    answers = {
        name: values if name == "input" else 255 - values
        for name, values in contents.tensors.items()
    }
    (root / CANARY).write_bytes(encode(Contents(answers, contents.words)))


def cut_out(page, tmp_path):
    """Cut a spotlight out; return the levels of the cutout's alpha."""
    page.add_files([save_spotlight(tmp_path / "spot.png")])
    (row,) = page.wait_until_ended()
    assert row.state == "done", row
    page.save(0, tmp_path / "cutout.png")
    return np.asarray(Image.open(tmp_path / "cutout.png").getchannel("A"))


def asked_for_gpu(server):
    """Return the requests for what only a graphics card needs."""
    return [r.path for r in server.records if any(part in r.path for part in GPU_FILES)]


@pytest.mark.slow
def test_without_a_graphics_card_the_processor_works_and_nothing_more_is_fetched(
    open_page, made_root, tmp_path
):
    with running_server(made_root) as server:
        page = open_page(server.url, service_worker=True)

        found = facts(page)

        assert found["Runs on"] == WORDS[THREADS]
        assert found["Because"] in (REASONS["no_webgpu"], REASONS["no_adapter"])
        assert cut_out(page, tmp_path).max() > 250
        page.page.wait_for_selector("html[data-filled]", state="attached")
        assert asked_for_gpu(server) == []


def test_an_imitated_card_is_recognised_and_left_alone(open_imitating, made_root):
    with running_server(made_root) as server:
        found = facts(open_imitating(server.url))
        assert found["Because"] == REASONS["software_adapter"]
        assert asked_for_gpu(server) == []


@pytest.mark.slow
def test_a_card_that_passes_the_canary_makes_the_same_cutout(open_imitating, made_server, tmp_path):
    page = open_imitating(made_server.url)
    by_processor = cut_out(page, tmp_path)

    choose_rung(page, WEBGPU)

    assert facts(page)["Runs on"] == WORDS[WEBGPU]
    page.page.get_by_role("button", name="Remove spot.png").click()
    by_card = cut_out(page, tmp_path)
    assert np.abs(by_card.astype(int) - by_processor).max() <= 2


@pytest.mark.slow
def test_a_card_that_computes_wrongly_is_left_and_that_is_remembered(
    open_imitating, trusting_root, tmp_path
):
    spoil_canary(trusting_root)
    with running_server(trusting_root) as server:
        page = open_imitating(server.url)
        found = facts(page)
        assert found["Runs on"] == WORDS[THREADS]
        assert found["Because"] == REASONS["canary_disagreed"]
        assert cut_out(page, tmp_path).max() > 250
        assert page.page.evaluate(NOTES)

        before = len(asked_for_gpu(server))
        again = page.page.context.new_page()
        again.goto(server.url)
        again.wait_for_selector("html[data-python=ready]", timeout=PATIENCE * 1000)
        page.page = again
        assert facts(page)["Because"] == REASONS["canary_disagreed"]
        assert len(asked_for_gpu(server)) == before, "the card was tried again"


@pytest.mark.slow
def test_another_version_of_the_page_tries_the_card_again(open_imitating, trusting_root):
    good = (trusting_root / CANARY).read_bytes()
    spoil_canary(trusting_root)
    with running_server(trusting_root) as server:
        page = open_imitating(server.url)
        assert facts(page)["Because"] == REASONS["canary_disagreed"]

        (trusting_root / CANARY).write_bytes(good)
        page.page.reload()
        page.page.wait_for_selector("html[data-python=ready]")

        assert facts(page)["Runs on"] == WORDS[WEBGPU]


@pytest.mark.slow
def test_a_card_that_is_lost_in_mid_run_hands_the_photo_to_the_processor(
    open_imitating, trusting_root, tmp_path
):
    worker = trusting_root / "worker.py"
    text = worker.read_text(encoding="utf-8")
    line = "        mask = await network.run(tensor, side)\n"
    assert line in text
    lost = (
        "        if _network.is_on_graphics_card:\n"
        "            await js.Promise.reject(js.Error.new('lost'))\n"
    )
    worker.write_text(text.replace(line, lost + line), encoding="utf-8")
    with running_server(trusting_root) as server:
        page = open_imitating(server.url)
        assert facts(page)["Runs on"] == WORDS[WEBGPU]

        assert cut_out(page, tmp_path).max() > 250

        found = facts(page)
        assert (found["Runs on"], found["Because"]) == (WORDS[THREADS], REASONS["gpu_failed"])
        assert page.page.evaluate(NOTES)


@pytest.mark.slow
def test_one_thread_can_be_chosen_by_hand(open_page, made_server, tmp_path):
    page = open_page(made_server.url)
    assert facts(page)["Runs on"] == WORDS[THREADS]

    choose_rung(page, SINGLE)

    assert facts(page)["Runs on"] == WORDS[SINGLE]
    assert cut_out(page, tmp_path).max() > 250


@pytest.mark.slow
def test_the_real_network_passes_the_canary_on_the_imitated_card(open_imitating, tmp_path_factory):
    with running_server() as server:
        page = open_imitating(server.url)
        facts(page)
        choose_rung(page, WEBGPU)
        page.page.wait_for_function("document.getElementById('engine').hidden", timeout=300_000)
        assert facts(page)["Runs on"] == WORDS[WEBGPU]
