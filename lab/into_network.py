"""The first four stages: from a file to what the network answers."""

import numpy as np
from PIL import Image

from common.notices import notice
from core.files import decode, metadata, sniff
from core.matte import tensor
from lab import contracts, drawing
from lab.bench import Bench, Outcome

LARGEST_SIDE = 1200
"""Longest side in pixels of the lab's copy of a photo, so that every stage takes moments."""

PATCH = 8
"""Side of the patch whose numbers are printed."""

HEAD = 64
"""Bytes of the file that are shown in hex."""


def look_into_file(bench: Bench) -> Outcome:
    """Stage 1: which kind of file it is, told from its first bytes, and what else lies in it."""
    kind = sniff.sniff(bench.data)
    bench.values["kind"] = kind
    outcome = Outcome()
    head = bench.data[:HEAD]
    for start in range(0, len(head), 16):
        row = head[start : start + 16]
        text = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
        outcome.numbers.append((f"{start:04x}", f"{row.hex(' ')}  {text}"))
    outcome.marked["0000"] = max(0, 3 * signature_length(bench.data) - 1)
    outcome.numbers.append(("kind", str(kind)))
    outcome.numbers.append(("bytes", f"{len(bench.data):,}"))
    facts = metadata.receipt(bench.data)
    outcome.numbers.append(("size", f"{facts['width']} x {facts['height']}"))
    for entry in facts["entries"]:
        outcome.numbers.append((str(entry["label"]), str(entry["value"])))
    kinds = tuple(sorted({name for name, _ in sniff.MAGIC} | {"webp", "bmp", "ico", "pnm"}))
    outcome.readings.append(contracts.one_of("kind", kind, kinds))
    return outcome


def signature_length(data: bytes) -> int:
    """Return how many of a file's first bytes tell its kind, at most 12; 0 for an unknown one."""
    for _, magic in sniff.MAGIC:
        if data.startswith(magic):
            return min(len(magic), 12)
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        return 12
    return 2 if sniff.sniff(data) else 0


def open_pixels(bench: Bench) -> Outcome:
    """Stage 2: upright 8-bit sRGB pixels, at the lab's size."""
    photo = decode.decode(bench.data)
    full = photo.image.size
    scale = min(1.0, LARGEST_SIDE / max(full))
    if scale < 1:
        size = (max(1, round(full[0] * scale)), max(1, round(full[1] * scale)))
        photo.image = photo.image.resize(size, Image.Resampling.BOX)
        photo.alpha = photo.alpha and photo.alpha.resize(size, Image.Resampling.BOX)
    bench.values["photo"] = photo
    image = photo.image
    outcome = Outcome(readings=[contracts.image_reading("photo.image", image, "RGB", image.size)])
    outcome.numbers = [
        ("width x height", f"{full[0]} x {full[1]}"),
        ("megapixels", f"{full[0] * full[1] / 1e6:.2f}"),
        ("notices", " ".join(map(notice, photo.notices)) or "none"),
    ]
    if scale < 1:
        outcome.numbers.append(("in the lab", f"{image.width} x {image.height}"))
        outcome.notice = (
            f"This photo has {full[0] * full[1] / 1e6:.1f} megapixels. The lab works on a copy of "
            f"{image.width} x {image.height} pixels, so that every stage takes moments."
        )
    outcome.pictures = [
        ("photo", drawing.shown(image)),
        ("red", drawing.channel(image, 0)),
        ("green", drawing.channel(image, 1)),
        ("blue", drawing.channel(image, 2)),
        ("histogram", drawing.histogram(image)),
    ]
    return outcome


def make_input(bench: Bench) -> Outcome:
    """Stage 3: the photo as the numbers that the network wants."""
    seen = tensor.visible_rgb(bench.values["photo"])
    numbers = tensor.to_tensor(seen, bench.side, bench.mean, bench.divisor)
    bench.values["tensor"] = numbers
    shape = (1, 3, bench.side, bench.side)
    reading = contracts.array_reading("tensor", numbers, shape, "float32", -0.5, 0.5)
    outcome = Outcome(readings=[reading])
    if not reading.holds:
        return outcome
    middle = numbers.shape[-1] // 2
    patch = numbers[0, 0, middle : middle + PATCH, middle : middle + PATCH]
    outcome.numbers = [
        ("shape", str(numbers.shape)),
        ("dtype", str(numbers.dtype)),
        ("least", f"{numbers.min():.4f}"),
        ("mean", f"{numbers.mean():.4f}"),
        ("largest", f"{numbers.max():.4f}"),
    ]
    for number, row in enumerate(patch):
        label = "red, in the middle" if number == 0 else ""
        outcome.numbers.append((label, " ".join(f"{value:6.3f}" for value in row)))
    square = np.clip(numbers[0].transpose(1, 2, 0) * 256 + 128, 0, 255).astype(np.uint8)
    outcome.pictures = [("the squashed square", drawing.shown(Image.fromarray(square)))]
    return outcome


def show_network(bench: Bench) -> Outcome:
    """Stage 4: what the network answers; it runs in a worker of its own."""
    outcome = Outcome()
    for name, raw in bench.raw.items():
        title = f"ISNet, input of {name} x {name}" if name.isdigit() else name
        outcome.pictures.append((title, drawing.plane(raw)))
        reading = contracts.array_reading(name, raw, ("side", "side"), "float32", 0, 1)
        outcome.readings.append(reading)
    return outcome
