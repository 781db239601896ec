"""The codecs stay out of the first visit, come when the page is quiet, and work without network."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.support.in_page import run_in_page
from tests.browser.support.pictures import photo
from tools.site.server import running_server
from tools.site.site import CODECS

WRITE = """
    import json
    from __main__ import work
    sizes = {}
    for codec in ("mozjpeg", "webp", "avif"):
        pixels = asked.pixels.slice()
        made = await work.codecs.encode(codec, 128, 128, pixels, {})
        sizes[codec] = made.byteLength
    return json.dumps(sizes)
"""


def pixels():
    return photo("astronaut").resize((128, 128)).convert("RGBA").tobytes()


def asked_for_codecs(server):
    return [record.path for record in server.records if CODECS in record.path]


def test_no_codec_is_fetched_before_it_is_used_and_then_only_that_one(open_page, made_root):
    with running_server(made_root) as server:
        page = open_page(server.url).page
        page.wait_for_selector("#engine", state="hidden")
        assert asked_for_codecs(server) == []
        run_in_page(
            page,
            """
            from __main__ import work
            made = await work.codecs.encode("webp", 128, 128, asked.pixels, {})
            return made.byteLength
            """,
            pixels=pixels(),
        )
        assert {path.split("/")[-2] for path in asked_for_codecs(server)} == {"webp"}
        assert asked_for_codecs(server)


@pytest.mark.slow
def test_all_codecs_work_in_a_fresh_tab_without_a_network(open_page, made_root):
    with running_server(made_root) as server:
        first = open_page(server.url, service_worker=True).page
        badge = first.locator("#badge")
        expect(badge).to_have_text("Ready offline", timeout=120_000)
        answered = [record.path for record in server.records]
        start = answered.index(next(path for path in answered if "main.py" in path))
        assert all(CODECS not in path for path in answered[: start + 1])
        manifest = json.loads(server.server.answers.site.manifest())
        later = {path for path in manifest["later"] if path.startswith(CODECS)}
        assert {path.lstrip("/") for path in asked_for_codecs(server)} == later
        server.stop()
        first.context.set_offline(True)

        second = first.context.new_page()
        second.goto(server.url)
        second.wait_for_selector("html[data-python=ready]")
        assert second.evaluate("crossOriginIsolated")
        sizes = json.loads(run_in_page(second, WRITE, pixels=pixels()))
        assert min(sizes.values()) > 1000


@pytest.mark.slow
def test_the_badge_says_what_is_missing_until_the_codecs_are_stored(open_page, made_root):
    with running_server(made_root) as server:
        page = open_page(server.url, service_worker=True).page
        expect(page.locator("#badge")).to_have_text("Ready offline", timeout=120_000)
        page.evaluate(
            """async (folder) => {
            const name = (await caches.keys()).find((name) => name.startsWith('homecut-shell-'));
            const shell = await caches.open(name);
            for (const request of await shell.keys()) {
                if (request.url.includes(folder + 'avif')) await shell.delete(request);
            }
        }""",
            CODECS,
        )
        page.click("#badge")
        expect(page.locator("#badge")).to_have_text("Not ready offline yet", timeout=20_000)
        expect(page.locator("#readiness")).to_contain_text("of the codecs' files")
