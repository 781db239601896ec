"""How fast, good and large the page's codecs are: ``python -m tools.bench.codecs [--write-docs]``.

Each codec writes one photo of 4000 x 3000 pixels in the page; a native encoder writes the same
pixels with the same settings on the same machine. Both files are read by Pillow and compared with
the original. ``--sizes`` only adds up what a visitor fetches of each codec, which needs no browser.
"""

import argparse
import base64
import io
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import PIL
from PIL import Image, features

from common.checks import Table
from common.edits.codec_options import codec_options
from common.edits.edit import checked
from tools.bench.photos import enlarged, sample
from tools.bench.report import write_section
from tools.setup.checkout import ROOT
from tools.setup.progress import make_console
from tools.site.compression import compress
from tools.site.preparation import prepare

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZE = (4000, 3000)
SCRIPT = Path(__file__).resolve().parent / "codecs.js"
PAGE = "privacy.html"
"""A page of the site that is isolated and starts nothing by itself."""

LIKENESS_SIDE = 1600
"""Pixels of the longer side at which two pictures are compared."""


@dataclass(frozen=True)
class Trial:
    """One way to write the photo: ``save`` are Pillow's options for the native counterpart."""

    title: str
    codec: str
    export: dict[str, object]
    threads: bool = False
    kind: str = ""
    save: dict[str, Any] | None = None


JPEG = {"format": "jpeg", "quality": 80}
WEBP = {"format": "webp", "quality": 80}
AVIF = {"format": "avif", "quality": 60}
TRIALS = (
    Trial(
        "MozJPEG, quality 80", "mozjpeg", JPEG, False, "JPEG",
        {"quality": 80, "progressive": True, "optimize": True, "subsampling": "4:2:0"},
    ),
    Trial("WebP, quality 80", "webp", WEBP, False, "WEBP", {"quality": 80, "method": 4}),
    Trial(
        "AVIF, quality 60, one thread", "avif", AVIF, False, "AVIF",
        {"quality": 60, "speed": 6, "subsampling": "4:2:0", "max_threads": 1},
    ),
    Trial(
        "AVIF, quality 60, threads", "avif", AVIF, True, "AVIF",
        {"quality": 60, "speed": 6, "subsampling": "4:2:0"},
    ),
)  # fmt: skip
"""The native JPEG is libjpeg-turbo's, which shows what MozJPEG's longer search is worth."""


@dataclass(frozen=True)
class Outcome:
    """A written file: seconds, bytes and the likeness (SSIM) to the original."""

    seconds: float
    size: int
    likeness: float


def measure_page(page: "Page", photo: bytes, trial: Trial, original: Image.Image) -> Outcome:
    """Let the page's codec write the photo (a lossless file)."""
    options = json.dumps(codec_options(checked_export(trial.export)))
    text = base64.b64encode(photo).decode()
    answer = page.evaluate(
        SCRIPT.read_text(encoding="utf-8"), [text, trial.codec, options, trial.threads]
    )
    return outcome(answer["seconds"], base64.b64decode(answer["file"]), original)


def measure_native(trial: Trial, original: Image.Image) -> Outcome:
    """Let Pillow's native encoder write the photo."""
    output = io.BytesIO()
    start = time.perf_counter()
    original.save(output, trial.kind, **(trial.save or {}))
    return outcome(time.perf_counter() - start, output.getvalue(), original)


def checked_export(export: dict[str, object]) -> dict[str, object]:
    """Return the section ``export`` of an edit with all its defaults."""
    return Table().clean(checked({"export": export})["export"], "export")


def outcome(seconds: float, content: bytes, original: Image.Image) -> Outcome:
    """Return the outcome of a file; raises ``ValueError`` when it has another size."""
    with Image.open(io.BytesIO(content)) as image:
        if image.size != original.size:
            raise ValueError(f"The file has {image.size} pixels, not {original.size}.")
        return Outcome(seconds, len(content), likeness(image, original))


def likeness(image: Image.Image, original: Image.Image) -> float:
    """Return the SSIM (Wang et al. 2004) of two pictures' brightness, both reduced alike."""
    from skimage.metrics import structural_similarity

    scale = LIKENESS_SIDE / max(original.size)
    size = round(original.width * scale), round(original.height * scale)
    small = [
        np.asarray(picture.convert("L").resize(size, Image.Resampling.BOX))
        for picture in (image, original)
    ]
    return float(structural_similarity(*small))  # type: ignore[no-untyped-call]


def rows_of(page: "Page", original: Image.Image) -> list[list[str]]:
    """Return a row of cells for each trial."""
    output = io.BytesIO()
    original.save(output, "PNG", compress_level=1)
    rows = []
    for trial in TRIALS:
        here = measure_page(page, output.getvalue(), trial, original)
        native = measure_native(trial, original)
        rows.append(
            [
                trial.title,
                f"{here.seconds:.1f}",
                f"{native.seconds:.1f}",
                f"{here.seconds / native.seconds:.1f}",
                f"{here.size / 1e6:.2f}",
                f"{native.size / 1e6:.2f}",
                f"{here.likeness:.4f}",
                f"{native.likeness:.4f}",
            ]
        )
    return rows


HEADINGS = (
    "4000 x 3000 pixels", "page, s", "native, s", "ratio", "page, MB", "native, MB", "page, SSIM",
    "native, SSIM",
)  # fmt: skip


def section_of(rows: list[list[str]], browser: str) -> str:
    """Return the section of the document."""
    load = os.getloadavg()[0]
    busy = f" **The machine was busy (load average {load:.1f}).**" if load > 2 else ""
    return "\n".join(
        [
            f"Written by `python -m tools.bench.codecs`: {os.cpu_count()} cores, {browser}, one "
            f"photo, warm codecs. The native encoders are those of Pillow {PIL.__version__} "
            f"(libjpeg-turbo, libwebp {features.version('webp')}, libavif "
            f"{features.version('avif')}) with the same settings.{busy}",
            "",
            "| " + " | ".join(HEADINGS) + " |",
            "| --- " + "| ---: " * (len(HEADINGS) - 1) + "|",
            *("| " + " | ".join(row) + " |" for row in rows),
        ]
    )


def sizes_section(folder: Path) -> str:
    """Return the table of what each codec adds to a visit; ``folder`` holds a folder for each."""
    rows = ["| folder | files | MB | MB as Brotli |", "|---|---|---:|---:|"]
    for codec in sorted(path for path in folder.iterdir() if path.is_dir()):
        contents = [path.read_bytes() for path in sorted(codec.iterdir())]
        size, packed = sum(map(len, contents)), sum(len(compress(each, "br")) for each in contents)
        rows.append(f"| {codec.name} | {len(contents)} | {size / 1e6:.2f} | {packed / 1e6:.2f} |")
    return "\n".join(rows)


def main(arguments: list[str]) -> int:
    """Measure and print; returns the exit code."""
    from tools.pages.page_driver import chromium
    from tools.site.server import running_server

    parser = argparse.ArgumentParser(prog="python -m tools.bench.codecs", description=__doc__)
    parser.add_argument(
        "--write-docs", action="store_true", help="write the table into docs/PERFORMANCE.md"
    )
    parser.add_argument("--sizes", action="store_true", help="write only the sizes of the codecs")
    chosen = parser.parse_args(arguments)
    console = make_console()
    prepare(console)
    document = ROOT / "docs/PERFORMANCE.md"
    if chosen.sizes:
        sizes = sizes_section(ROOT / "assets/vendor/codecs")
        write_section(document, sizes, "sizes", "## The codecs")
        return 0
    original = enlarged(sample("coffee"), 12).resize(SIZE)
    with running_server() as server, chromium(console) as browser:
        page = browser.new_context().new_page()
        page.goto(server.url + PAGE)
        rows = rows_of(page, original)
        section = section_of(rows, f"Chromium {browser.version}")
    console.print(section, markup=False, highlight=False)
    if chosen.write_docs:
        write_section(document, section, "codecs", "## The codecs")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
