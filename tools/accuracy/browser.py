"""The method as its users get it: photos go into the real page, cutouts are downloaded."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image

from tools.accuracy.native import to_unit
from tools.pages.page_driver import HomecutPage, chromium, new_page
from tools.setup.complaint import Complaint

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from rich.console import Console

    from tools.accuracy.pairs import Pair

SECONDS_PER_PHOTO = 120
"""After which the page counts as stuck."""

Alphas = Iterator[tuple["Pair", npt.NDArray[np.float32]]]


@contextlib.contextmanager
def page_alphas(console: "Console") -> Iterator["Pages"]:
    """Serve the checkout and start Chromium while the ``with`` block runs."""
    from tools.site.preparation import prepare
    from tools.site.server import running_server

    prepare(console)
    with running_server() as server, chromium(console) as browser:
        yield Pages(server.url, browser)


class Pages:
    """Homecut's page (or the peer's) in a browser."""

    def __init__(self, url: str, browser: "Browser") -> None:
        self.url = url
        self.browser = browser
        self.context = browser.new_context(accept_downloads=True)

    def alphas(self, pairs: "list[Pair]", variant: str, quality: str) -> Alphas:
        """Yield each pair with the alpha that Homecut's page gives it, float32 (h, w) in 0..1."""
        page = new_page(self.context).open(self.url)
        page.choose(variant, quality)
        yield from saved_alphas(page, pairs)
        page.page.close()

    def peer_alphas(self, pairs: "list[Pair]", console: "Console") -> Alphas:
        """Yield each pair with the alpha that the peer's own library gives it."""
        from tools.bench.peer import peer_server

        with peer_server(console) as server:
            page = new_page(self.context).open(server.url)
            yield from saved_alphas(page, pairs)
            page.page.close()


def saved_alphas(page: HomecutPage, pairs: "list[Pair]") -> Alphas:
    """Give the photos to an open page and yield the downloads' alpha channels."""
    page.add_files([pair.photo for pair in pairs])
    try:
        rows = page.wait_until_ended(SECONDS_PER_PHOTO * (1 + len(pairs)))
    except TimeoutError as error:
        raise Complaint(
            f"The page is stuck: {error}. Watch it with 'dev.py serve', or give --limit."
        ) from error
    with tempfile.TemporaryDirectory(prefix="homecut-accuracy-") as folder:
        for index, (row, pair) in enumerate(zip(rows, pairs, strict=True)):
            if row.state != "done":
                raise Complaint(f"The page refused {pair.photo}: {row.status} Remove that pair.")
            target = Path(folder) / f"{index}.png"
            page.save(index, target)
            with Image.open(target) as cutout:
                yield pair, to_unit(cutout.convert("RGBA").getchannel("A"))
