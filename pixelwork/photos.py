"""The photos that the pixel worker has open, under the keys of their items.

Decoded photos stay here, with their mattes, until the page closes them.
"""

import json

import js
import numpy as np

from common.edits.edit import default_edit
from common.errors import Refusal
from core import output, pipeline
from core.files.decode import decode
from core.files.opened import Opened, opened
from core.picture import preview, render
from core.picture.desk import Desk
from core.subject.closer import box_of, subject_box
from core.subject.graphic import judge
from core.subject.known import known_matte
from core.subject.looks import Looks
from core.writing.export import ExportFile
from pixelwork.answers import answer, answering, content_of, files_answer, matte_of, moved

_photos = {}
_looks = {}
"""What the networks have said about them."""
_desks = {}
"""The small copy of a photo whose file has been made, and its cut, until the desk takes them."""


@answering
async def open_photo(key, blob, limit_megapixels, glimpse=False):
    """Decode a File or Blob and keep it under ``key``; ``glimpse``: only what a first look needs.

    Answers with ``width``, ``height``, ``format``, ``notices`` and ``known``: whether the matte is
    known without a network (:mod:`core.subject.known`). Refused by its header when it
    has more than ``limit_megapixels``.
    """
    _photos[key] = opened(await content_of(blob), limit_megapixels, glimpse)
    photo, (width, height) = _photos[key].glimpse(), _photos[key].size
    facts = {"width": width, "height": height, "format": photo.format, "known": _begin(key)}
    return answer({**facts, "notices": list(photo.notices)})


@answering
async def open_pixels(key, buffer, width, height, notices, blob):
    """Keep a photo under ``key`` that a codec or the browser decoded: RGBA bytes.

    ``notices`` is the JSON text of a list of codes. ``blob`` is the original file where the pixels
    are still in its colours, else null. Answers as :func:`open_photo` does, and
    with the photo as a PNG file (without loss), which stands in for the original from now on.
    """
    pixels = np.frombuffer(buffer.to_bytes(), np.uint8).reshape(height, width, 4)
    original = await content_of(blob) if blob else None
    photo = output.photo_of_pixels(pixels, json.loads(notices), original)
    _photos[key] = Opened(photo)
    content = output.stand_in(photo, pixels, original)
    facts = {"width": width, "height": height, "format": photo.format, "known": _begin(key)}
    return answer({**facts, "notices": photo.notices}, moved(content))


@answering
async def network_input(key, side, scaling, glimpse=False, place=None):
    """Answer with the network's input: Float32Array of 1 x 3 x side x side values.

    ``scaling`` is the JSON text of ``{"mean": [r, g, b], "divisor": [r, g, b]}``, or of ``null``
    for a network that takes pixels: then it is a Uint8Array, side x side x 4. ``glimpse`` allows
    to take them from fewer pixels than the photo has. ``place`` is the JSON text of what the user
    has pointed at (:mod:`core.subject.closer`): then it is that part of the photo.
    """
    values = json.loads(scaling)
    photo = _known(key).glimpse() if glimpse else _opened(key)
    if place:
        photo = pipeline.part_of(photo, box_of(json.loads(place), _seen(key).whole()))
    if values is None:
        return answer({}, moved(pipeline.network_pixels(photo, side)))
    tensor = pipeline.network_input(photo, side, values["mean"], values["divisor"])
    data = js.Float32Array.new(tensor.size)
    data.assign(tensor.ravel())
    return answer({}, data)


@answering
async def accept_mask(key, raw, side, add):
    """Keep the network's answer as the photo's matte.

    ``raw`` is a Float32Array of side x side values, 0 to 1, or a Uint8Array of them, 0 to 255.
    ``add`` keeps the answers of the passes before beside it, else it replaces them. Answers with
    ``doubt``, that of the first of them (:func:`core.matte.ensemble.doubt`).
    """
    return answer({"doubt": _seen(key).add(_matte_in(raw, side), add)})


@answering
async def accept_opinion(key, raw, side, of_part=False):
    """Keep the second network's answer about a photo, or about the part to be looked at next.

    ``raw`` as in :func:`accept_mask`.
    """
    _seen(key).hear(_matte_in(raw, side), of_part)
    return answer({})


@answering
async def give_matte(key, whole, closer):
    """Take in what the network said in an earlier run, each a Blob of side x side bytes.

    ``whole`` is the matte of the whole photo, ``closer`` that of the places that were looked at
    more closely so far; null where there is none.
    """
    _seen(key).recall(await matte_of(whole), await matte_of(closer))
    return answer({})


@answering
async def accept_closer_look(key, raw, side, place, of_doubt=False):
    """Keep the network's answer about a part of the photo; add it to the parts before.

    With ``of_doubt`` it is the part where the subject is, and all else of the photo stays. ``raw``
    as in :func:`accept_mask`, ``place`` as in :func:`network_input`. The second network's opinion
    about this part comes before, if there is one.
    """
    look = _matte_in(raw, side)
    if of_doubt:
        _seen(key).look_from_near(look)
    else:
        _seen(key).look_closer(look, json.loads(place))
    return answer({})


@answering
async def where_it_is(key):
    """Answer with ``box``: where the subject of a photo is (:func:`subject_box`), or null."""
    return answer({"box": subject_box(_seen(key).whole())})


@answering
async def look_at_known(key, place):
    """Add a part of a photo whose matte is known without a network; ``place`` as there."""
    _seen(key).look_closer(None, json.loads(place))
    return answer({})


@answering
async def what_is_found(key):
    """Answer with ``found``: whether there is a subject in the photo's matte, and ``doubt``."""
    seen = _seen(key)
    return answer({"found": seen.found(), "doubt": seen.doubt()})


@answering
async def matte(key):
    """Answer with the photo's matte as side x side bytes, for the page to keep with the item."""
    levels = _levels(_seen(key).matte())
    return answer({"side": levels.shape[0]}, moved(levels))


@answering
async def picture(key, side, with_matte):
    """Answer with a small picture for a canvas: ``width``, ``height`` and RGBA bytes.

    ``side`` is the longest side in pixels; ``with_matte`` cuts the background out. As long as only
    a glimpse of the photo is decoded, the picture is made from that.
    """
    shown = _seen(key).matte() if with_matte else None
    pixels, width, height = preview.preview_rgba(_known(key).glimpse(), shown, side)
    return answer({"width": width, "height": height}, moved(pixels))


@answering
async def thumbnail(blob, side, limit_megapixels):
    """Answer with a small picture of a file that waits: ``width``, ``height`` and RGBA bytes."""
    content = await content_of(blob)
    photo = decode(content, limit_megapixels, draft_side=side)
    pixels, width, height = preview.preview_rgba(photo, None, side)
    return answer({"width": width, "height": height}, moved(pixels))


@answering
async def finish(key, for_desk):
    """Answer with the full-size file of a photo that nobody has edited, and with its matte.

    The last of the files is the matte as side x side bytes, for the page to keep with the item.
    ``for_desk`` keeps what :func:`desk_take` needs, else the photo is closed.
    """
    photo, mean, edit = _opened(key), _seen(key).matte(), default_edit()
    desk = Desk(photo, mean) if for_desk else None
    photo.reduced = None  # the desk has one of its own
    _forget(key)
    cut = render.cut_out(photo, mean, edit, used_up=True)
    files = output.export(photo, mean, edit, cut=cut)
    if desk:
        _desks[key] = desk, cut
    return files_answer([*files, ExportFile(_levels(mean).tobytes(), "", "")])


@answering
async def close_photo(key):
    """Forget a photo and its matte; an unknown key is already forgotten."""
    _forget(key)
    return answer({})


def taken(key):
    """Return the desk of an open photo, which is closed here: a copy that knows its cutout.

    It is cut out at full size for that, unless its file has been made already. Raises
    :class:`Refusal` when the photo is gone.
    """
    if key in _desks:
        desk, cut = _desks.pop(key)
    else:
        photo, mean = _opened(key), _seen(key).matte()
        desk = Desk(photo, mean)
        _forget(key)
        cut = render.cut_out(photo, mean, default_edit(), used_up=True)
    desk.seed(default_edit(), cut)
    return desk


def _forget(key):
    """Let go of a photo and all that belongs to it."""
    for kept in (_photos, _looks, _desks):
        kept.pop(key, None)


def _matte_in(raw, side):
    """Return a network's answer, as :func:`accept_mask` gets it, as a matte."""
    return pipeline.to_matte(np.asarray(raw.to_py()).reshape(side, side))


def _begin(key):
    """Begin to look at a photo; return whether its matte is known without a network."""
    known = None
    if known_matte(_photos[key].glimpse()) is not None:
        known = known_matte(_opened(key))
    _looks[key] = Looks(_photos[key].size, known)
    return known is not None


def _levels(mean):
    """Return a matte as the bytes that the page keeps."""
    return np.rint(mean * 255).astype(np.uint8)


def _seen(key):
    """Return what was said about an open photo; raises :class:`Refusal` when it is gone."""
    if key not in _looks:
        raise Refusal("worker_died")
    return _looks[key]


def _opened(key):
    """Return the whole photo under ``key``; raises :class:`Refusal` when it is gone.

    Where its glimpse was no drawing, it is none either.
    """
    photo = _known(key).whole()
    if key in _looks and not _looks[key].is_known:
        judge(photo.image, None)
    return photo


def _known(key):
    """Return what is open under ``key``; raises :class:`Refusal` when it is gone."""
    if key not in _photos:
        raise Refusal("worker_died")
    return _photos[key]
