"""Pictures given to the page's encoders."""

import base64
import json
from typing import Any

from PIL import Image
from playwright.sync_api import Page

from common.edits.codec_options import codec_options
from common.edits.edit import checked
from tests.browser.support.decoding import TO_TEXT
from tests.browser.support.in_page import run_in_page
from tests.browser.support.pictures import encoded


def options_of(**export: Any) -> dict[str, Any]:
    """Return the options that the page's export gives to a codec."""
    return codec_options(checked({"export": export})["export"])


def encode(page: Page, codec: str, image: Image.Image, options: dict[str, Any]) -> bytes:
    """Return the file that a codec in the page makes of an image."""
    pixels = encoded(image, "png") if codec == "oxipng" else image.convert("RGBA").tobytes()
    answer = run_in_page(
        page,
        TO_TEXT
        + """
import json
from __main__ import work
made = await work.codecs.encode(
    asked.codec, asked.width, asked.height, asked.pixels, json.loads(asked.options)
)
return await to_text(made)
""",
        codec=codec,
        width=image.width,
        height=image.height,
        pixels=pixels,
        options=json.dumps(options),
    )
    return base64.b64decode(answer)
