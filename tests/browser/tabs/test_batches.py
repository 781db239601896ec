"""Many photos at once: mixed, some broken, paused, cancelled, saved as one archive."""

import random
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, PdfParser

from tests.browser.support.pictures import save_spotlight
from tests.browser.support.tabs import choose, move, opened, settle, start
from tests.core.pictures import texture
from tools.bench.machine import memory

KINDS = ("jpg", "png", "webp", "gif", "bmp", "tif")


def mixed(folder, count, seed=7):
    """Write ``count`` small pictures of many formats, every tenth one broken; return the paths."""
    numbers = random.Random(seed)
    paths = []
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        path = folder / f"photo {number % (count // 2)}" / f"picture.{number}.{kind}"
        path.parent.mkdir(exist_ok=True)
        size = (numbers.randrange(120, 400), numbers.randrange(90, 300))
        noise = np.random.default_rng(number).integers(0, 255, (*size[::-1], 3), np.uint8)
        picture = Image.fromarray(noise).resize((size[0] * 2, size[1] * 2))
        picture.save(path)
        if number % 10 == 9:
            path.write_bytes(path.read_bytes()[:60])
        paths.append(path)
    return paths


def test_a_mixed_batch_runs_to_the_end_lists_what_is_broken_and_becomes_a_zip(
    open_page, made_server, tmp_path
):
    files = mixed(tmp_path, 60)
    page = open_page(made_server.url)
    rows = start(page, "convert", files)
    assert [row.state for row in rows].count("done") == 54
    assert page.page.inner_text("#failures") == "6 photos could not be done"
    failed = page.page.locator(".row[data-state=failed]")
    assert failed.count() == 6
    for number in range(6):
        page.page.click("#failures")
        reason = failed.nth(number).locator(".row-status")
        assert reason.is_visible()
        assert len(reason.inner_text()) > 40
        assert page.page.inner_text("#stage-message") == reason.inner_text()
        assert failed.nth(number).evaluate("row => row.contains(document.activeElement)")
    page.page.locator(".row[data-state=done] .row-select").first.click()

    choose(page, "convert-format", "webp")
    with page.page.expect_download() as waiting:
        page.page.click("#batch-save")
    archive = zipfile.ZipFile(waiting.value.path())
    assert archive.testzip() is None
    names = archive.namelist()
    assert len(names) == len({name.lower() for name in names}) == 54
    assert all(name.endswith(".webp") and "/" not in name for name in names)
    assert all(opened(archive.read(name)).format == "WEBP" for name in names)


def test_one_switch_keeps_every_file_from_becoming_larger(open_page, made_server, tmp_path):
    files = []
    for number, quality in enumerate((20, 25, 100)):
        files.append(tmp_path / f"photo-{number}.jpg")
        texture(400, 300).save(files[-1], quality=quality, subsampling=0)
    page = open_page(made_server.url)
    start(page, "compress", files)
    choose(page, "compress-format", "jpeg")
    move(page, "compress-quality", 95)
    totals = page.page.locator("#batch-totals")
    page.page.wait_for_function(
        "document.querySelector('#batch-totals').textContent.includes('2 larger than before')"
    )
    page.page.locator("#control-never-larger").check()
    settle(page)
    page.page.wait_for_function(
        "document.querySelector('#batch-totals').textContent.includes('2 kept as they were')"
    )
    assert "larger" not in totals.inner_text()
    with page.page.expect_download() as waiting:
        page.page.click("#batch-save")
    archive = zipfile.ZipFile(waiting.value.path())
    assert sorted(archive.namelist()) == ["photo-0.jpg", "photo-1.jpg", "photo-2-new.jpg"]
    assert [archive.read(file.name) for file in files[:2]] == [
        file.read_bytes() for file in files[:2]
    ]
    assert archive.getinfo("photo-2-new.jpg").file_size < files[2].stat().st_size


@pytest.mark.slow
def test_a_batch_can_be_paused_cancelled_and_taken_up_again(open_page, slow_server, tmp_path):
    page = open_page(slow_server.url)
    page.add_files([save_spotlight(tmp_path / f"{n}.png", seed=n) for n in range(5)])
    page.page.wait_for_selector(".row[data-state=inferring]")
    page.page.click("#batch-pause")
    page.page.wait_for_function(
        "![...document.querySelectorAll('.row')].some("
        "(row) => ['starting', 'decoding', 'inferring', 'finishing'].includes(row.dataset.state))",
        timeout=120000,
    )
    assert [row.state for row in page.rows()].count("waiting") >= 2
    page.page.click("#batch-cancel")
    rows = page.wait_until_ended()
    assert [row.state for row in rows].count("cancelled") >= 2
    page.page.click("#batch-retry")
    page.page.click("#batch-pause")
    assert {row.state for row in page.wait_until_ended()} == {"done"}


MOST_GROWTH = 900e6
"""Bytes that the browser may grow by from the twentieth photo to the last one of 200."""

MOST_KEPT = 500e6
"""Of these, how many may be left when it has had time to collect what nobody holds any more: the
200 originals and results are about 360 of them."""

COLLECTED = 60
"""Seconds that it may take for that."""


@pytest.mark.slow
def test_two_hundred_mixed_files_run_to_the_end_in_bounded_memory(
    open_page, made_server, browser, tmp_path
):
    """The growth is the files themselves, and garbage that the browser collects later."""
    page = open_page(made_server.url)
    page.page.click("#tab-convert")
    page.add_files(mixed(tmp_path, 20, seed=1))
    page.wait_until_ended()
    process = memory.browser_process(browser)
    before = memory.tree_pss(process)

    (tmp_path / "more").mkdir()
    page.add_files(mixed(tmp_path / "more", 200))
    with memory.MemorySampler(process, interval=1) as sampler:
        rows = page.wait_until_ended(500)
    states = [row.state for row in rows]
    assert states.count("done") == 18 + 180
    assert states.count("failed") == 2 + 20
    assert sampler.peak - before < MOST_GROWTH
    deadline = time.monotonic() + COLLECTED
    while (kept := memory.tree_pss(process) - before) > MOST_KEPT:
        assert time.monotonic() < deadline, kept
        page.page.wait_for_timeout(1000)


@pytest.mark.slow
def test_several_photos_become_the_pages_of_one_pdf(open_page, made_server, tmp_path):
    page = open_page(made_server.url)
    files = [save_spotlight(tmp_path / f"scan{n}.png", seed=n) for n in range(3)]
    start(page, "convert", files)
    assert not page.page.is_visible("#batch-document")
    choose(page, "convert-format", "pdf")
    choose(page, "convert-page", "a4")
    with page.page.expect_download() as waiting:
        page.page.click("#batch-document")
    assert waiting.value.suggested_filename == "homecut.pdf"
    content = Path(waiting.value.path()).read_bytes()
    parser = PdfParser.PdfParser(buf=content)
    boxes = [sorted(parser.read_indirect(one)[b"MediaBox"][2:]) for one in parser.pages]
    assert np.abs(np.subtract(boxes, [[595.3, 841.9]] * 3)).max() < 3
