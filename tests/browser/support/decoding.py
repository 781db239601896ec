"""Files given to the page's decoders, and what comes out of them."""

import base64
import json
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Error, Page

from tests.browser.support.in_page import run_in_page

TO_TEXT = """
async def to_text(made):
    reader = js.FileReader.new()
    loaded = js.Promise.withResolvers()
    reader.onload = lambda event: loaded.resolve(None)
    reader.readAsDataURL(js.Blob.new(js.Array.of(made)))
    await loaded.promise
    return reader.result.split(",")[1]
"""


def decode_all(page: Page, content: bytes, kind: str) -> tuple[Image.Image, dict[str, Any]]:
    """Return the RGBA image that the page decodes, and what it says: finished, notices."""
    answer = run_in_page(
        page,
        TO_TEXT
        + """
import json
from __main__ import work
from ui.state.cancel_scope import CancelScope
blob = js.Blob.new(js.Array.of(asked.content))
made = await work.readable.read(blob, asked.kind, CancelScope())
facts = {"finished": made.finished, "notices": made.notices}
return json.dumps([made.width, made.height, await to_text(made.pixels), facts])
""",
        content=content,
        kind=kind,
    )
    width, height, pixels, facts = json.loads(answer)
    return Image.frombytes("RGBA", (width, height), base64.b64decode(pixels)), facts


def decode(page: Page, content: bytes, kind: str = "avif") -> tuple[Image.Image, bool]:
    """Return the image that the page decodes, and whether the browser has finished it."""
    image, facts = decode_all(page, content, kind)
    return image, bool(facts["finished"])


def refusal(page: Page, content: bytes, kind: str = "avif") -> str:
    """Return the message of the error that decoding a file ends with."""
    with pytest.raises(Error) as caught:
        decode(page, content, kind)
    return str(caught.value)
