"""Write the pictures in the documents: ``python -m tools.pages.screenshots``.

They show the real page with the sample photo, so that they are true and can be made again after
every change of the page. Run it with the test environment's Python.
"""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from tools.pages.page_driver import HomecutPage, chromium, new_page
from tools.pages.screenshots_editor import states
from tools.pages.screenshots_lab import lab_states
from tools.setup.cache import write_atomically
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint
from tools.setup.progress import make_console
from tools.site.preparation import prepare
from tools.site.server import running_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
    from rich.console import Console

FOLDER = ROOT / "docs" / "screenshots"

INSTALL_FOLDER = ROOT / "assets" / "install"
INSTALLED = ("desktop-done", "desktop-compress", "phone-done", "phone-compress")
"""What a browser shows before it installs the app (``screenshots`` in app.webmanifest)."""

INSTALL_QUALITY = 80
"""WebP quality, 0 to 100, of those; a browser shows them smaller than they are."""

DESKTOP = (1280, 800)
"""Viewport of the desktop pictures, in CSS pixels, one device pixel each."""

PHONE = (360, 740)
"""Viewport of the phone pictures, in CSS pixels, two device pixels each way."""

LARGEST = 400_000
"""Bytes of a picture's file."""

COLOUR_BITS = (8, 7, 6, 5, 4)
"""Bits of each channel that are tried, the finest first, until a file is small enough."""

FLAT_COLOURS = 64
"""How many of the most frequent colours are never made coarser."""

PATIENCE = 600
"""Seconds for one step of the page; the machine may be shared."""

SPLIT = "35"
"""Percent of the cutout that the original covers in the pictures of a finished photo."""

MODEL_IS_READY = "document.querySelector('#engine').hidden"
IS_COMPARED = "document.querySelector('.outcome-likeness').textContent.includes('SSIM')"
REVEAL_HAS_ENDED = "!document.querySelector('#frame').classList.contains('is-revealing')"


def take_desktop(browser: "Browser", url: str) -> None:
    """Take the pictures of a wide window: empty, working, done, dark, details, the editor."""
    context = browser.new_context(
        viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, reduced_motion="reduce"
    )
    page = open_page(context, url)
    shoot(page, "desktop-empty")
    page.page.click("#sample")
    page.page.wait_for_selector(".row[data-preview=yes]")
    shoot(page, "desktop-working")
    wait_until_done(page)
    shoot(page, "desktop-done")
    page.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.page.wait_for_selector("html[data-theme=dark]")
    shoot(page, "desktop-dark")
    page.page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.page.wait_for_selector("html[data-theme=light]")
    page.page.click("#details-open")
    page.page.wait_for_function("document.querySelector('#stored').textContent.includes('MB')")
    shoot(page, "desktop-details")
    page.page.click("#details-close")
    for name in states(page.page, page.page.click, "desktop"):
        shoot(page, name)
    page.page.keyboard.press("?")
    shoot(page, "desktop-shortcuts")
    context.close()


def take_phone(browser: "Browser", url: str) -> None:
    """Take the pictures of a narrow touch screen: empty, done, the editor."""
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        reduced_motion="reduce",
    )
    page = open_page(context, url)
    shoot(page, "phone-empty")
    page.page.tap("#sample")
    wait_until_done(page)
    shoot(page, "phone-done")
    for name in states(page.page, page.page.tap, "phone"):
        shoot(page, name)
    context.close()


def take_tabs(browser: "Browser", url: str) -> None:
    """Take the pictures of the other tabs: compress wide and narrow, convert, resize."""
    context = browser.new_context(
        viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, reduced_motion="reduce"
    )
    page = open_page(context, url)
    page.page.click("#tab-compress")
    page.page.click("#sample")
    page.wait_until_ended(PATIENCE)
    page.page.wait_for_function(IS_COMPARED)
    shoot(page, "desktop-compress")
    page.page.click("#tab-convert")
    shoot(page, "desktop-convert")
    page.page.click("#tab-resize")
    page.page.select_option("#control-resize-kind", "percent")
    shoot(page, "desktop-resize")
    context.close()
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        color_scheme="dark",
        reduced_motion="reduce",
    )
    page = open_page(context, url)
    page.page.tap("#tab-compress")
    page.page.tap("#sample")
    page.wait_until_ended(PATIENCE)
    page.page.wait_for_function(IS_COMPARED)
    shoot(page, "phone-compress")
    context.close()


def open_page(context: "BrowserContext", url: str) -> HomecutPage:
    """Return the page, open, with its model loaded."""
    context.set_default_timeout(PATIENCE * 1000)
    page = new_page(context).open(url, timeout=PATIENCE)
    page.page.wait_for_function(MODEL_IS_READY)
    return page


def wait_until_done(page: HomecutPage) -> None:
    """Wait for the cutout and cover a part of it with the original.

    Raises :class:`Complaint` when the photo was refused.
    """
    rows = page.wait_until_ended(PATIENCE)
    if rows[0].state != "done":
        raise Complaint(f"The sample photo was refused: {rows[0].status}")
    page.page.wait_for_function(REVEAL_HAS_ENDED)
    page.page.fill("#split", SPLIT)


def shoot(page: HomecutPage, name: str) -> None:
    """Write what the window shows to ``docs/screenshots/<name>.png``."""
    picture(page.page, name)


def picture(page: "Page", name: str) -> None:
    """Write what a window shows to ``docs/screenshots/<name>.png``."""
    write_atomically(FOLDER / f"{name}.png", small_png(page.screenshot()))


def take_lab(browser: "Browser", url: str) -> list[str]:
    """Take the pictures of the lab; return their names."""
    return list(lab_states(browser, url, picture))


def write_install_pictures() -> None:
    """Write those of the pictures that the web manifest names, as small files."""
    for name in INSTALLED:
        output = BytesIO()
        with Image.open(FOLDER / f"{name}.png") as picture:
            picture.convert("RGB").save(output, "WEBP", quality=INSTALL_QUALITY, method=6)
        write_atomically(INSTALL_FOLDER / f"{name}.webp", output.getvalue())


def small_png(screenshot: bytes) -> bytes:
    """Return a PNG file of at most :data:`LARGEST` bytes, in coarser colours if it must be.

    Raises :class:`Complaint` when that does not suffice.
    """
    with Image.open(BytesIO(screenshot)) as image:
        picture = image.convert("RGB")
    for bits in COLOUR_BITS:
        output = BytesIO()
        coarser(picture, bits).save(output, "PNG", optimize=True)
        if output.tell() <= LARGEST:
            return output.getvalue()
    raise Complaint(f"A screenshot has {output.tell()} bytes. Take a smaller window.")


def coarser(picture: Image.Image, bits: int) -> Image.Image:
    """Return a picture with ``bits`` of each channel left, but with its frequent colours exact.

    Frequent colours are the flat ones of the page itself; the photo's many are what costs bytes.
    """
    pixels = np.asarray(picture).astype(np.uint32)
    codes = pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]
    colours, counts = np.unique(codes, return_counts=True)
    flat = colours[np.argsort(counts)[-FLAT_COLOURS:]]
    step = 255 / (2**bits - 1)
    rounded = np.rint(np.rint(pixels / step) * step)
    kept = np.isin(codes, flat)[..., np.newaxis]
    return Image.fromarray(np.where(kept, pixels, rounded).astype(np.uint8))


def take_all(console: "Console", folder: Path = FOLDER) -> None:
    """Take all pictures with one browser and one server."""
    prepare(console)
    with running_server() as server, chromium(console) as browser:
        take_desktop(browser, server.url)
        take_phone(browser, server.url)
        take_tabs(browser, server.url)
        take_lab(browser, server.url)
    write_install_pictures()
    for file in sorted(folder.glob("*.png")):
        console.print(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    take_all(make_console())
