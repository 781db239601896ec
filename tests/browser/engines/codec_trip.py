"""What the codecs have to do in any browser: read what Pillow cannot, write what it writes worse.

A driver gives :class:`CodecTrip` two things: ``evaluate(code, argument)``, which returns what a
function in the page comes to, and the folder that the browser saves to. Independent readers
(Pillow's libavif, pillow-heif, imagecodecs' libjxl) say what is right.
"""

import base64
import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
from PIL import Image

from tests.browser.support.heic import heic
from tests.browser.support.jp2 import jp2
from tests.browser.support.jxl import jxl
from tests.browser.support.pictures import photo
from tests.core.pictures import save
from tests.core.tiff_file import tiff_file

PATIENCE = 300
"""Seconds for one step; a codec on a single thread is slow."""

GIVE = """({name, content}) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const given = new DataTransfer();
  given.items.add(new File([bytes], name));
  const input = document.getElementById("file-input");
  input.files = given.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}"""

LAST_ROW = """() => {
  const rows = [...document.querySelectorAll(".row")];
  const row = rows.at(-1);
  return row === undefined ? null : {
    count: rows.length,
    state: row.dataset.state,
    fresh: row.dataset.fresh === "yes",
    shown: row.querySelector("[aria-current]") !== null,
    status: row.querySelector(".row-status")?.textContent ?? "",
    name: document.getElementById("download").download,
  };
}"""

CHOOSE = """(value) => {
  const box = document.getElementById("control-convert-format");
  box.value = value;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}"""

CLICK = "() => document.getElementById('download').click()"
"""In the grid of results a row's own link stands elsewhere, so the stage's is taken."""

READERS: dict[str, Callable[[bytes], Any]] = {
    "jxl": imagecodecs.jpegxl_decode,
    "jxl-lossless": imagecodecs.jpegxl_decode,
}
"""Who reads results that Pillow cannot."""


def original() -> Image.Image:
    """Return the photo that all files of the trip show."""
    picture = photo("chelsea").resize((240, 160)).convert("RGB")
    picture.info = {}
    return picture


def brought() -> dict[str, bytes]:
    """Return files that only codecs, or readers of our own, can read, by name."""
    picture = original()
    return {
        "photo.avif": save(picture, "AVIF", quality=95, subsampling="4:4:4"),
        "photo.heic": heic(picture),
        "photo.jxl": jxl(picture),
        "photo.jp2": jp2(picture),
        "photo.tif": tiff_file(np.asarray(picture), 2, 34925, predictor=2, tile=(64, 64)),
    }


WRITTEN = ("jpeg", "webp", "webp-lossless", "avif", "jxl", "jxl-lossless", "png-small")
"""Formats that codecs write."""

EXACT = ("webp-lossless", "jxl-lossless", "png-small")


class CodecTrip:
    """A page of some browser with the tab Convert open."""

    def __init__(self, evaluate: Callable[..., Any], downloads: Path) -> None:
        self.evaluate = evaluate
        self.downloads = downloads

    def wait_for(self, what: str, come: Callable[[], Any]) -> Any:
        """Return what ``come()`` returns once it is true."""
        deadline = time.monotonic() + PATIENCE
        while not (found := come()):
            assert time.monotonic() < deadline, f"{what} has not come after {PATIENCE} s"
            time.sleep(0.1)
        return found

    def begin(self) -> None:
        """Open the tab once the page is up."""
        ready = "() => document.documentElement.dataset.python === 'ready'"
        self.wait_for("the page", lambda: self.evaluate(ready))
        self.evaluate("() => document.getElementById('tab-convert').click()")

    def give(self, name: str, content: bytes) -> None:
        """Bring a file and wait until it has ended."""
        before = (self.evaluate(LAST_ROW) or {"count": 0})["count"]
        text = base64.b64encode(content).decode()
        self.evaluate(GIVE, {"name": name, "content": text})

        def ended() -> Any:
            row = self.evaluate(LAST_ROW)
            come = row is not None and row["count"] > before
            return come and row["state"] in ("done", "failed") and row

        row = self.wait_for(name, ended)
        assert row["state"] == "done", row["status"]
        self.evaluate(
            "() => [...document.querySelectorAll('.row')].at(-1).querySelector('button').click()"
        )

    def convert(self, kind: str) -> bytes:
        """Return the last file in a format, as the browser saves it."""
        self.evaluate(CHOOSE, kind)

        def made() -> Any:
            row = self.evaluate(LAST_ROW)
            return row["state"] == "done" and row["fresh"] and row

        name = self.wait_for(kind, made)["name"]
        file = self.downloads / name
        file.unlink(missing_ok=True)
        self.evaluate(CLICK)
        partly = self.downloads / f"{name}.part"
        self.wait_for(name, lambda: file.exists() and file.stat().st_size and not partly.exists())
        return file.read_bytes()


def assert_like_the_original(content: bytes, kind: str, exact: bool) -> None:
    """Hold a result against the photo."""
    if kind in READERS:
        found = np.asarray(READERS[kind](content))[..., :3]
    else:
        with Image.open(io.BytesIO(content)) as image:
            found = np.asarray(image.convert("RGB"))
    wanted = np.asarray(original())
    assert found.shape == wanted.shape, kind
    difference = np.abs(found.astype(int) - wanted)
    assert (difference.max() == 0) if exact else (difference.mean() < 4), kind
