"""A picture's size is read off its first bytes as Pillow reads it."""

import asyncio
import io

import numpy as np
import pytest
from PIL import Image

from ui.look.picture_size import size_of

SIZE = (371, 263)


def encoded(form: str, **options: object) -> bytes:
    pixels = np.random.default_rng(1).integers(0, 255, (SIZE[1], SIZE[0], 3), np.uint8)
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, form, **options)
    return stream.getvalue()


def told(content: bytes) -> tuple[int, int] | None:
    async def read(start: int, end: int) -> bytes:
        return content[start:end]

    return asyncio.run(size_of(read))


def with_alpha() -> bytes:
    stream = io.BytesIO()
    Image.new("RGBA", SIZE, (1, 2, 3, 4)).save(stream, "WEBP", exif=b"Exif\0\0II*\0")
    return stream.getvalue()


FILES = {
    "baseline": encoded("JPEG"),
    "progressive": encoded("JPEG", progressive=True),
    "much metadata": encoded("JPEG", exif=bytes(60000), icc_profile=bytes(200000)),
    "filled markers": encoded("JPEG").replace(b"\xff\xdb", b"\xff\xff\xff\xdb", 1),
    "PNG": encoded("PNG"),
    "lossy WebP": encoded("WEBP"),
    "lossless WebP": encoded("WEBP", lossless=True),
    "extended WebP": with_alpha(),
}


@pytest.mark.parametrize("name", FILES)
def test_the_size_is_read_off_the_header(name: str) -> None:
    assert told(FILES[name]) == SIZE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8",
        encoded("GIF"),
        encoded("TIFF"),
        FILES["baseline"][:40],
        b"\xff\xd8" + b"\xff\xe0\0\x02" * 5000,
        b"\xff\xd8\xff\xda" + bytes(60),
        b"\xff\xd8" + b"\xff" * 5000,
        b"RIFF\0\0\0\0WEBPVP8 " + bytes(30),
        b"RIFF\0\0\0\0WEBPVP8L" + bytes(30),
    ],
    ids=range(10),
)
def test_of_other_and_of_damaged_files_nothing_is_told(content: bytes) -> None:
    assert told(content) is None
