"""What a codec gets to see of a file that is larger than it says."""

import io

import pytest
from PIL import Image

from common.errors import Refusal
from tests.ui.work.fakes import FakeBlob
from tests.ui.work.house import House
from ui.state.cancel_scope import CancelScope


def avif(width: int, height: int, told: tuple[int, int]) -> FakeBlob:
    """Return an AVIF file whose container names another size than its AV1 data."""
    output = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(output, "AVIF", speed=10)
    content = output.getvalue()
    at = content.index(b"ispe") + 8
    sizes = b"".join(side.to_bytes(4, "big") for side in told)
    blob = FakeBlob(content, "image/avif", len(content))
    blob.head = content[:at] + sizes + content[at + 8 :]
    return blob


async def test_a_picture_that_its_container_makes_small_is_refused_before_it_is_decoded() -> None:
    house = House()
    readable = house.readable
    readable.limit_megapixels = 0.1
    with pytest.raises(Refusal) as caught:
        await readable.read(avif(640, 480, (64, 48)), "avif", CancelScope())
    assert caught.value.code == "too_large"
    assert house.encodings == []
    made = await readable.read(avif(64, 48, (64, 48)), "avif", CancelScope())
    assert (made.width, made.height) == (30, 20)  # the fake's
    assert len(house.encodings) == 1


async def test_a_file_without_any_av1_data_is_damaged() -> None:
    blob = avif(64, 48, (64, 48))
    blob.head = blob.head.replace(b"av01", b"mime")
    with pytest.raises(Refusal) as caught:
        await House().readable.read(blob, "avif", CancelScope())
    assert caught.value.code == "damaged"
