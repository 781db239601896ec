"""The pixel worker: everything that touches a photo's pixels, in Pyodide with NumPy and Pillow.

A thin room: each function takes what the page hands over, lets :mod:`core` do the work and wraps
the answer. Decoded photos stay here under the key of their item until the page closes them.
"""

import json

import js
import numpy as np
from pyodide.ffi import create_proxy, to_js

from common import liveness, messages
from common.edit import checked, default_edit
from common.errors import Refusal
from core import pipeline, preview, render
from core.desk import Desk, render_preview
from core.ensemble import mean_matte

_photos = {}
_mattes = {}
_desk = {}


def answer(values, data=None):
    """Return a successful answer: a dict of JSON values and one buffer or ``None``."""
    form = {"ok": True, "meta": messages.result(values), "data": data}
    return to_js(form, dict_converter=js.Object.fromEntries)


def refuse(error):
    """Return the answer that carries ``error`` to the page."""
    form = {"ok": False, "meta": messages.refusal(error), "data": None}
    return to_js(form, dict_converter=js.Object.fromEntries)


def moved(content):
    """Return a bytes-like object or a uint8 array as a JavaScript Uint8Array (one copy)."""
    view = memoryview(content).cast("B")
    target = js.Uint8Array.new(view.nbytes)
    target.assign(view)
    return target


async def hold_lock(lock_name):
    """Let the page notice the end of this worker."""
    await liveness.hold_for_life(js, lock_name, create_proxy)


async def open_photo(key, blob, limit_megapixels):
    """Decode a File or Blob and keep it under ``key``.

    Answers with ``width``, ``height``, ``format`` and ``notices``. Refused by its header when it
    has more than ``limit_megapixels``.
    """
    try:
        content = await content_of(blob)
        photo = pipeline.open_photo(content, limit_megapixels)
        _photos[key] = photo
        width, height = photo.image.size
        facts = {"width": width, "height": height, "format": photo.format}
        return answer({**facts, "notices": list(photo.notices)})
    except Exception as error:
        return refuse(error)


def network_input(key, side, scaling):
    """Answer with the network's input: Float32Array of 1 x 3 x side x side values.

    ``scaling`` is the JSON text of ``{"mean": [r, g, b], "divisor": [r, g, b]}``.
    """
    try:
        values = json.loads(scaling)
        tensor = pipeline.network_input(_opened(key), side, values["mean"], values["divisor"])
        data = js.Float32Array.new(tensor.size)
        data.assign(tensor.ravel())
        return answer({}, data)
    except Exception as error:
        return refuse(error)


def accept_mask(key, raw, side, add):
    """Keep the network's answer (a Float32Array of side x side) as the photo's matte.

    ``add`` averages it with the answers of the passes before, else it replaces them.
    """
    try:
        mask = np.asarray(raw.to_py(), np.float32).reshape(side, side)
        earlier = _mattes.get(key, []) if add else []
        _mattes[key] = [*earlier, pipeline.matte(mask)]
        return answer({})
    except Exception as error:
        return refuse(error)


def matte(key):
    """Answer with the photo's matte as side x side bytes, for the page to keep with the item."""
    try:
        levels = np.rint(mean_matte(_mattes[key]) * 255).astype(np.uint8)
        return answer({"side": levels.shape[0]}, moved(levels))
    except Exception as error:
        return refuse(error)


def picture(key, side, with_matte):
    """Answer with a small picture for a canvas: ``width``, ``height`` and RGBA bytes.

    ``side`` is the longest side in pixels; ``with_matte`` cuts the background out.
    """
    try:
        shown = mean_matte(_mattes[key]) if with_matte else None
        pixels, width, height = preview.preview_rgba(_opened(key), shown, side)
        return answer({"width": width, "height": height}, moved(pixels))
    except Exception as error:
        return refuse(error)


async def thumbnail(blob, side, limit_megapixels):
    """Answer with a small picture of a file that waits: ``width``, ``height`` and RGBA bytes."""
    try:
        content = await content_of(blob)
        pixels, width, height = pipeline.thumbnail(content, side, limit_megapixels)
        return answer({"width": width, "height": height}, moved(pixels))
    except Exception as error:
        return refuse(error)


def finish(key):
    """Answer with the full-size file of a photo that nobody has edited; the photo is closed."""
    try:
        photo, mean = _opened(key), mean_matte(_mattes[key])
        close_photo(key)
        return files_answer(render.export(photo, mean, default_edit()))
    except Exception as error:
        return refuse(error)


def desk_take(key):
    """Put an open photo with its matte on the desk, where it is edited."""
    try:
        _desk["desk"] = Desk(_opened(key), mean_matte(_mattes[key]))
        return answer({})
    except Exception as error:
        return refuse(error)


async def desk_open(blob, matte_blob, limit_megapixels):
    """Put a photo on the desk from its file and its matte (a Blob of side x side bytes)."""
    try:
        photo = pipeline.open_photo(await content_of(blob), limit_megapixels)
        _desk["desk"] = Desk(photo, await matte_of(matte_blob))
        return answer({})
    except Exception as error:
        return refuse(error)


async def desk_render(edit_text, whole, backdrop):
    """Answer with the desk's picture of an edit: ``width``, ``height``, ``framed``, RGBA bytes.

    ``edit_text`` is the edit as JSON, ``whole`` leaves the frame out, ``backdrop`` is the File of
    the user's own background picture or ``None``.
    """
    try:
        edit = checked(json.loads(edit_text))
        shown, _ = render_preview(_desk["desk"], edit, await backdrop_of(backdrop), whole)
        height, width = shown.shape[:2]
        framed = edit["framing"]["kind"] != "original" and not whole
        return answer({"width": width, "height": height, "framed": framed}, moved(shown))
    except Exception as error:
        return refuse(error)


async def export(blob, matte_blob, edit_text, backdrop, limit_megapixels):
    """Answer with the full-size files of an edit; see :func:`files_answer`."""
    try:
        edit = checked(json.loads(edit_text))
        photo = pipeline.open_photo(await content_of(blob), limit_megapixels)
        matte_values = await matte_of(matte_blob)
        picture_behind = await backdrop_of(backdrop)
        return files_answer(render.export(photo, matte_values, edit, picture_behind))
    except Exception as error:
        return refuse(error)


def files_answer(files):
    """Answer with files one after the other in one buffer: ``types`` and ``sizes`` tell them."""
    facts = {
        "types": [file.media_type for file in files],
        "sizes": [len(file.content) for file in files],
    }
    return answer(facts, moved(b"".join([file.content for file in files])))


async def content_of(blob):
    """Return the bytes of a File or Blob."""
    return (await blob.arrayBuffer()).to_bytes()


async def matte_of(blob):
    """Return a matte, float32 (side, side) in 0..1, from the bytes that the page kept."""
    levels = np.frombuffer(await content_of(blob), np.uint8)
    side = round(levels.size**0.5)
    return levels.reshape(side, side).astype(np.float32) / 255


async def backdrop_of(file):
    """Return the user's own background picture, decoded once, or ``None`` for none."""
    if not file:  # JavaScript's null is not None
        return None
    name = (file.name, file.size, file.lastModified)
    if _desk.get("backdrop_name") != name:
        _desk["backdrop"] = pipeline.open_photo(await content_of(file)).image
        _desk["backdrop_name"] = name
    return _desk["backdrop"]


def close_photo(key):
    """Forget a photo and its matte; an unknown key is already forgotten."""
    _photos.pop(key, None)
    _mattes.pop(key, None)
    return answer({})


def _opened(key):
    """Return the photo under ``key``; raises :class:`Refusal` when it is gone."""
    if key not in _photos:
        raise Refusal("worker_died")
    return _photos[key]


__export__ = [
    "accept_mask",
    "close_photo",
    "desk_open",
    "desk_render",
    "desk_take",
    "export",
    "finish",
    "hold_lock",
    "matte",
    "network_input",
    "open_photo",
    "picture",
    "thumbnail",
]
