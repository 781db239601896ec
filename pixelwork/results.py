"""Results for the tools of the page: rendered once, then encoded, compared and told about.

The last picture is kept, so that trying another quality or comparing an encoded file does not
render it again.
"""

import hashlib
import json
from dataclasses import replace

import numpy as np
from PIL import Image

from common.formats import FORMATS
from core import output
from core.files import metadata
from core.readers.drawing import drawing as read_drawing
from core.similarity import luma
from core.similarity import similarity as likeness
from core.writing import keeping
from core.writing.document import joined
from core.writing.writers import png_with_colours
from pixelwork.answers import (
    answer,
    answering,
    backdrop_of,
    content_of,
    edit_of,
    file_of,
    files_answer,
    matte_of,
    moved,
)

KEPT_PIXELS = 16_000_000
"""Largest picture that is kept for the next question; a larger one would fill small devices."""

_last = {}


@answering
async def receipt(blob, finished=False):
    """Answer with what a file holds beside its pixels; see :func:`core.files.metadata.receipt`.

    ``finished`` tells that it is a result of ours, which may be a PDF file.
    """
    if finished:
        return answer(metadata.receipt_of_result(await file_of(blob)))
    return answer(metadata.receipt(await file_of(blob)))


@answering
async def drawing(blob, width, height):
    """Answer with a safe copy of an SVG file that says it is ``width`` x ``height`` pixels large.

    See :mod:`core.readers.drawing`.
    """
    return answer({}, moved(read_drawing(await content_of(blob)).drawn_at(width, height)))


@answering
async def export(blob, matte_blob, edit_text, backdrop, limit_megapixels, scale=1):
    """Answer with the full-size files of an edit, all written by Pillow.

    ``matte_blob`` may be null where the edit does not cut out; ``scale`` above 0, up to 1, reduces
    each side once more. Beside :func:`files_answer`'s, the facts are ``width``, ``height``,
    ``frames`` and ``notices``.
    """
    file, edit = await file_of(blob), edit_of(edit_text)
    moving = output.animation_of(file, edit, scale)
    if moving is not None:
        return _answer_with(moving)
    wish = (matte_blob, edit, backdrop, limit_megapixels, scale)
    return _answer_with(output.files_of(await _result(file, *wish), edit))


@answering
async def render_file(blob, matte_blob, edit_text, backdrop, limit_megapixels, scale=1):
    """Answer with finished files as :func:`export` does, or with pixels for a codec.

    For a format that a codec writes the facts are ``raw`` true, ``codec``, ``width``, ``height``,
    ``notices``, ``grey`` for a picture without colours, and ``channels`` 4 with RGBA bytes, or
    ``channels`` 0 with a PNG file (OxiPNG).
    Else ``raw`` is false.
    """
    file, edit = await file_of(blob), edit_of(edit_text)
    moving = output.animation_of(file, edit, scale)
    if moving is not None:
        return _answer_with(moving)
    result = await _result(file, matte_blob, edit, backdrop, limit_megapixels, scale)
    codec = FORMATS[edit["export"]["format"]].codec
    if codec is None:
        return _answer_with(output.files_of(result, edit))
    facts = {"raw": True, "codec": codec, "notices": result.notices, "channels": 4}
    facts["grey"] = output.is_grey(result)
    if codec == "oxipng":
        image = output.visible(result, edit["export"])
        content = png_with_colours(image, {**edit["export"], "format": "png"})
        facts["channels"] = 0
    else:
        content = output.pixels_of(result, edit)
    facts["width"], facts["height"] = result.rendering.image.size
    return answer(facts, moved(content))


@answering
async def document(joined_files, sizes_text):
    """Answer with one PDF document out of several of one page each.

    They lie one after the other in a Blob; ``sizes_text`` is the JSON text of their lengths.
    """
    content, pages = memoryview(await content_of(joined_files)), []
    for size in json.loads(sizes_text):
        pages.append(bytes(content[:size]))
        content = content[size:]
    return answer({}, moved(joined(pages)))


@answering
async def with_metadata(content, blob, edit_text, stand_in=None, finished=False):
    """Answer with an encoded file (bytes) into which went what the edit keeps of ``blob``'s.

    ``stand_in`` is the file that the pixels come from where that is another one, else null;
    ``finished`` tells that the profile is in the file already.
    """
    file, edit = await file_of(blob), edit_of(edit_text)
    kept = keeping.kept_of(file, edit, await file_of(stand_in) if stand_in else None)
    if finished:
        kept = replace(kept, profile=None)
    kind = edit["export"]["format"]
    return answer({}, moved(keeping.with_kept(kind, await content_of(content), kept)))


@answering
async def similarity(
    blob, matte_blob, edit_text, backdrop, limit_megapixels, encoded, width=0, height=0
):
    """Answer with ``ssim``: how much an encoded result looks like the result before encoding.

    ``encoded`` is a file that can be read here or, with ``width`` and ``height``, RGBA bytes.
    """
    file, edit = await file_of(blob), edit_of(edit_text)
    result = await _result(file, matte_blob, edit, backdrop, limit_megapixels, 1)
    reference = luma(output.visible(result, edit["export"]))
    content = await content_of(encoded)
    if width:
        shape = (height, width, 4)
        image = Image.fromarray(np.frombuffer(content, np.uint8).reshape(shape))
    else:
        image = output.encoded_picture(content)
    return answer({"ssim": round(likeness(reference, luma(image)), 5)})


async def _result(file, matte_blob, edit, backdrop, limit_megapixels, scale):
    """Return the finished picture, the last one if nothing but its file format has changed."""
    matte = await matte_of(matte_blob)
    picture = await backdrop_of(backdrop)
    digest = hashlib.blake2b(file.data)
    digest.update(b"" if matte is None else matte.tobytes())
    sections = {name: value for name, value in edit.items() if name != "export"}
    # Only these two of the export decide about pixels before encoding.
    holds = [what for what in ("profile", "orientation") if what in _holds(edit)]
    key = (digest.digest(), json.dumps(sections, sort_keys=True), *holds, id(picture), scale)
    if _last.get("key") != key:
        _last.clear()
        made = output.result_of(file, matte, edit, picture, limit_megapixels, scale)
        width, height = made.rendering.image.size
        if width * height > KEPT_PIXELS:
            return made
        _last.update(key=key, result=made)
    return _last["result"]


def _holds(edit):
    """Return what of a photo's metadata the format of an edit can hold."""
    return FORMATS[edit["export"]["format"]].holds


def _answer_with(made):
    """Answer with finished files and what is known of them."""
    facts = {"raw": False, "width": made.width, "height": made.height}
    return files_answer(made.files, {**facts, "frames": made.frames, "notices": made.notices})
