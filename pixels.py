"""The pixel worker: everything that touches a photo's pixels, in Pyodide with NumPy and Pillow.

A thin room: each function takes what the page hands over, lets :mod:`core` do the work and wraps
the answer. Decoded photos stay here under the key of their item until the page closes them.
"""

import json

import js
import numpy as np
from pyodide.ffi import create_proxy

from common import liveness
from common.edits.edit import default_edit
from common.errors import Refusal
from core import output, pipeline
from core.files.opened import Opened, opened
from core.matte.ensemble import doubt, kept_matte
from core.picture import preview, render
from core.picture.desk import Desk, render_preview
from core.writing.encode import png
from core.writing.export import ExportFile
from pixelwork.answers import (
    answer,
    backdrop_of,
    content_of,
    edit_of,
    files_answer,
    matte_of,
    moved,
    refuse,
)
from pixelwork.results import (  # noqa: F401 (handed to the page by __export__)
    export,
    receipt,
    render_file,
    similarity,
    with_metadata,
)

_photos = {}
_mattes = {}
_cuts = {}
"""What was cut out at full size for the file, until the desk has taken it."""
_desk = {}


async def hold_lock(lock_name):
    """Let the page notice the end of this worker."""
    await liveness.hold_for_life(js, lock_name, create_proxy)


async def open_photo(key, blob, limit_megapixels, glimpse=False):
    """Decode a File or Blob and keep it under ``key``; ``glimpse``: only what a first look needs.

    Answers with ``width``, ``height``, ``format`` and ``notices``. Refused by its header when it
    has more than ``limit_megapixels``.
    """
    try:
        _photos[key] = opened(await content_of(blob), limit_megapixels, glimpse)
        photo, (width, height) = _photos[key].glimpse(), _photos[key].size
        facts = {"width": width, "height": height, "format": photo.format}
        return answer({**facts, "notices": list(photo.notices)})
    except Exception as error:
        return refuse(error)


async def open_pixels(key, buffer, width, height, notices, blob):
    """Keep a photo under ``key`` that a codec or the browser decoded: RGBA bytes.

    ``notices`` is the JSON text of a list of codes. ``blob`` is the original file where the pixels
    are still in its colours, else null. Answers as :func:`open_photo` does, and
    with the photo as a PNG file (without loss), which stands in for the original from now on.
    """
    try:
        pixels = np.frombuffer(buffer.to_bytes(), np.uint8).reshape(height, width, 4)
        original = await content_of(blob) if blob else None
        photo = output.photo_of_pixels(pixels, json.loads(notices), original)
        _photos[key] = Opened(photo)
        image = photo.image
        if photo.alpha is not None:
            image = image.copy()
            image.putalpha(photo.alpha)
        facts = {"width": width, "height": height, "format": photo.format}
        return answer({**facts, "notices": photo.notices}, moved(png(image)))
    except Exception as error:
        return refuse(error)


def network_input(key, side, scaling, glimpse=False):
    """Answer with the network's input: Float32Array of 1 x 3 x side x side values.

    ``scaling`` is the JSON text of ``{"mean": [r, g, b], "divisor": [r, g, b]}``; ``glimpse``
    allows to take them from fewer pixels than the photo has.
    """
    try:
        values = json.loads(scaling)
        photo = _known(key).glimpse() if glimpse else _opened(key)
        tensor = pipeline.network_input(photo, side, values["mean"], values["divisor"])
        data = js.Float32Array.new(tensor.size)
        data.assign(tensor.ravel())
        return answer({}, data)
    except Exception as error:
        return refuse(error)


def accept_mask(key, raw, side, add):
    """Keep the network's answer (a Float32Array of side x side) as the photo's matte.

    ``add`` averages it with the answers of the passes before, else it replaces them. Answers with
    ``doubt``, that of the most doubtful of them (:func:`core.matte.ensemble.doubt`).
    """
    try:
        mask = np.asarray(raw.to_py(), np.float32).reshape(side, side)
        earlier = _mattes.get(key, []) if add else []
        _mattes[key] = [*earlier, pipeline.matte(mask)]
        return answer({"doubt": max(doubt(matte) for matte in _mattes[key])})
    except Exception as error:
        return refuse(error)


def matte(key):
    """Answer with the photo's matte as side x side bytes, for the page to keep with the item."""
    try:
        levels = _levels(kept_matte(_mattes[key]))
        return answer({"side": levels.shape[0]}, moved(levels))
    except Exception as error:
        return refuse(error)


def picture(key, side, with_matte):
    """Answer with a small picture for a canvas: ``width``, ``height`` and RGBA bytes.

    ``side`` is the longest side in pixels; ``with_matte`` cuts the background out. As long as only
    a glimpse of the photo is decoded, the picture is made from that.
    """
    try:
        shown = kept_matte(_mattes[key]) if with_matte else None
        pixels, width, height = preview.preview_rgba(_known(key).glimpse(), shown, side)
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


def finish(key, for_desk):
    """Answer with the full-size file of a photo that nobody has edited, and with its matte.

    The last of the files is the matte as side x side bytes, for the page to keep with the item.
    ``for_desk`` keeps what :func:`desk_take` needs, else the photo is closed.
    """
    try:
        photo, mean, edit = _opened(key), kept_matte(_mattes[key]), default_edit()
        cut = render.cut_out(photo, mean, edit)
        if for_desk:
            _cuts[key] = cut
        else:
            close_photo(key)
        files = output.export(photo, mean, edit, cut=cut)
        return files_answer([*files, ExportFile(_levels(mean).tobytes(), "", "")])
    except Exception as error:
        return refuse(error)


def desk_take(key):
    """Put an open photo with its matte on the desk, where it is edited, and close it.

    It is cut out at full size for that, unless its file has been made already.
    """
    try:
        photo, mean, edit = _opened(key), kept_matte(_mattes[key]), default_edit()
        cut = _cuts.get(key)
        close_photo(key)
        desk = Desk(photo, mean)
        desk.seed(edit, cut or render.cut_out(photo, mean, edit))
        _desk["desk"] = desk
        return answer({})
    except Exception as error:
        return refuse(error)


async def desk_open(blob, matte_blob, limit_megapixels):
    """Put a photo on the desk from its file and its matte (a Blob of side x side bytes).

    Without a matte (null) the photo is shown as it is.
    """
    try:
        photo = pipeline.open_photo(await content_of(blob), limit_megapixels)
        _desk["desk"] = Desk(photo, await matte_of(matte_blob))
        return answer({})
    except Exception as error:
        return refuse(error)


async def desk_render(edit_text, whole, backdrop, draft):
    """Answer with the desk's picture of an edit: its size, ``framed``, ``exact``, RGBA bytes.

    ``edit_text`` is the edit as JSON, ``whole`` leaves the frame out, ``backdrop`` is the File of
    the user's own background picture or ``None``, ``draft`` asks for a quick, small one.
    """
    try:
        edit = edit_of(edit_text)
        behind = await backdrop_of(backdrop)
        shown, _ = render_preview(_desk["desk"], edit, behind, whole, draft)
        height, width = shown.shape[:2]
        framed = edit["framing"]["kind"] != "original" and not whole
        exact = not draft or _desk["desk"].draft() is _desk["desk"]
        facts = {"width": width, "height": height, "framed": framed, "exact": exact}
        return answer(facts, moved(shown))
    except Exception as error:
        return refuse(error)


def close_photo(key):
    """Forget a photo and its matte; an unknown key is already forgotten."""
    _photos.pop(key, None)
    _mattes.pop(key, None)
    _cuts.pop(key, None)
    return answer({})


def _levels(mean):
    """Return a matte as the bytes that the page keeps."""
    return np.rint(mean * 255).astype(np.uint8)


def _opened(key):
    """Return the whole photo under ``key``; raises :class:`Refusal` when it is gone."""
    return _known(key).whole()


def _known(key):
    """Return what is open under ``key``; raises :class:`Refusal` when it is gone."""
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
    "open_pixels",
    "picture",
    "receipt",
    "render_file",
    "similarity",
    "thumbnail",
    "with_metadata",
]
