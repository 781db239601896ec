"""The last four stages: from the network's answer to the cutout's file."""

from typing import Any

import numpy as np
from PIL import Image

from common.edits.edit import default_edit
from core.matte import colour_evidence, edges, ensemble, foreground, mask, planes, trimap
from core.picture import render
from core.subject import known
from core.writing import encode, quick_png, writers
from lab import contracts, drawing
from lab.bench import Bench, Outcome

CLOSE_UP = 112
"""Side in pixels of what is enlarged four times."""


FILTERS = {
    1: ("Sub", "red", (255, 120, 90)),
    2: ("Up", "green", (110, 200, 120)),
    3: ("Average", "blue", (110, 150, 255)),
}
"""PNG's filters that the page uses, by number: name, and the colour that they are drawn in."""

TOLD = tuple(FILTERS.values())


def make_matte(bench: Bench) -> Outcome:
    """Stage 5: the answer as a matte, where it doubts, and the trimap."""
    raw = bench.raw[str(bench.side)]
    matte = mask.normalise(raw, 0.0, 1.0)
    bench.values["matte"] = matte
    reading = contracts.array_reading("matte", matte, raw.shape, "float32", 0, 1)
    outcome = Outcome(readings=[reading])
    if not reading.holds:
        return outcome
    told = known.known_matte(bench.values["photo"])
    if told is not None:  # a drawing, or a cutout that came as one: nobody asks the network
        matte = bench.values["matte"] = told
    size = bench.values["photo"].image.size
    clear = trimap.decided(matte)
    large = np.clip(planes.resize_plane(clear, size, Image.Resampling.BICUBIC), 0, 1)
    parts = trimap.make_trimap(large, max(0.5, max(size) / max(matte.shape)))
    bench.values["trimap"] = parts
    unsure = 1 - np.abs(2 * matte - 1)
    outcome.numbers = [
        ("subject", f"{100 * float(np.mean(matte > 0.5)):.1f} % of the square"),
        ("doubt", f"{ensemble.doubt(matte):.3f}"),
        ("unknown band", f"{100 * float(parts.unknown.mean()):.1f} % of the photo"),
    ]
    outcome.pictures = [
        ("matte", drawing.plane(large)),
        ("where it doubts", drawing.plane(unsure)),
        ("trimap", drawing.trimap_colours(parts.unknown, parts.subject)),
    ]
    return outcome


def refine_edges(bench: Bench) -> Outcome:
    """Stage 6: the edge found in the photo itself."""
    image, matte = bench.values["photo"].image, bench.values["matte"]
    before = mask.to_alpha_matte(matte, image.size)
    edit: dict[str, Any] = default_edit()
    settings = edit["edges"]
    own = bench.values["photo"].alpha
    first = known.subject_alpha(image, own, matte, settings["refinement"])
    alpha = edges.adjusted(first, settings)
    bench.values["before"], bench.values["alpha"] = before, alpha
    outcome = Outcome(readings=[contracts.image_reading("alpha", alpha, "L", image.size)])
    if not outcome.readings[0].holds:
        return outcome
    parts = bench.values["trimap"]
    told, confidence = colour_evidence.colour_evidence(image, parts.subject, parts.background)
    outcome.numbers = [
        ("changed pixels", f"{int(np.sum(np.asarray(before) != np.asarray(alpha))):,}")
    ]
    outcome.pictures = [
        ("photo", drawing.shown(image)),
        ("alpha", drawing.shown(alpha)),
        ("what colours tell", drawing.plane(told)),
        ("how sure they are", drawing.plane(confidence)),
    ]
    return outcome


def take_own_colours(bench: Bench) -> Outcome:
    """Stage 7: the subject's colours without the old background."""
    image, alpha = bench.values["photo"].image, bench.values["alpha"]
    clean = foreground.own_colours(image, alpha)
    bench.values["clean"] = clean
    outcome = Outcome(readings=[contracts.image_reading("colours", clean, "RGB", image.size)])
    if not outcome.readings[0].holds:
        return outcome
    centre = softest(alpha)
    for name, colours in (("with the seam", image), ("own colours", clean)):
        cutout = colours.copy()
        cutout.putalpha(alpha)
        for ground, values in (("dark", drawing.DARK), ("light", drawing.LIGHT)):
            close = drawing.around(drawing.over(cutout, values), centre, CLOSE_UP)
            outcome.pictures.append(
                (f"{name}, {ground} ground", drawing.shown(close, nearest=True))
            )
    changed = np.any(np.asarray(image) != np.asarray(clean), axis=2)
    outcome.numbers = [("changed pixels", f"{int(changed.sum()):,}")]
    return outcome


def write_file(bench: Bench) -> Outcome:
    """Stage 8: the cutout, straight alpha against premultiplied, and the file."""
    photo, matte = bench.values["photo"], bench.values["matte"]
    edit = default_edit()
    cutout = render.cut_out(photo, matte, edit).cutout
    bench.values["cutout"] = cutout
    outcome = Outcome(
        readings=[contracts.image_reading("cutout", cutout, "RGBA", photo.image.size)]
    )
    content = encode.png(cutout, hidden=False)
    bench.values["file"] = content
    strips = quick_png.filtered_rows(cutout, hidden=False)
    filters = [int(kind) for rows in strips for kind in rows[:, 0]]
    used = [f"{FILTERS[kind][0]} {filters.count(kind)} rows" for kind in sorted(set(filters))]
    outcome.numbers = [
        ("as pixels", f"{cutout.width * cutout.height * 4:,} bytes"),
        ("PNG", f"{len(content):,} bytes"),
        ("PNG filters", ", ".join(used)),
    ]
    opaque = drawing.over(cutout, (255, 255, 255))
    outcome.numbers.append(("JPEG, quality 85", f"{len(writers.jpeg(opaque, 85)):,} bytes"))
    outcome.numbers.append(("WebP, quality 85", f"{len(writers.webp(cutout, 85)):,} bytes"))
    outcome.readings.append(contracts.one_of("signature", content[:8], (b"\x89PNG\r\n\x1a\n",)))
    pixels = np.asarray(cutout).astype(np.uint16)
    product = (pixels[..., :3] * pixels[..., 3:] + 127) // 255
    straight = Image.fromarray(np.asarray(cutout)[..., :3].copy())
    outcome.pictures = [
        ("the cutout", drawing.over_squares(cutout)),
        ("straight: colours as they are", drawing.shown(straight)),
        (
            "premultiplied: colours times alpha",
            drawing.shown(Image.fromarray(product.astype(np.uint8))),
        ),
        (
            "the PNG's filter of each row: " + ", ".join(f"{name} {hue}" for name, hue, _ in TOLD),
            filter_map(cutout, filters),
        ),
    ]
    return outcome


def filter_map(cutout: Image.Image, filters: list[int]) -> drawing.Pixels:
    """Return the cutout, faded, in the colours of its rows' filters (one of each row)."""
    grey = np.asarray(drawing.over(cutout, (255, 255, 255)).convert("L"), np.float32) / 255
    colours = np.array([FILTERS[kind][2] for kind in filters], np.float32)[:, np.newaxis]
    drawn = colours * (0.35 + 0.65 * grey[..., np.newaxis])
    return drawing.shown(Image.fromarray(np.rint(drawn).astype(np.uint8)))


def softest(alpha: Image.Image) -> tuple[int, int]:
    """Return the place (x, y) around which most pixels are neither subject nor background."""
    values = np.asarray(alpha.resize((48, 48), Image.Resampling.BOX), np.float32) / 255
    row, column = np.unravel_index(int(np.argmax(values * (1 - values))), values.shape)
    return int((column + 0.5) * alpha.width / 48), int((row + 0.5) * alpha.height / 48)
