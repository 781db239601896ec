"""How the pixel worker takes what the page hands over and answers it."""

import json
from itertools import accumulate

import js
import numpy as np
from pyodide.ffi import create_once_callable, create_proxy, to_js

from common import liveness, messages
from common.answering import answer_or_refuse
from common.buffers import give_back
from common.edits.edit import checked
from common.errors import Refusal
from core.files.decode import decode
from core.files.picture_file import PictureFile

SENT = 100
"""Milliseconds after which the page has got an answer."""

_backdrop = {}


async def hold_lock(lock_name):
    """Let the page notice the end of this worker."""
    await liveness.hold_for_life(js, lock_name, create_proxy)


def answer(values, data=None):
    """Return a successful answer: a dict of JSON values and one buffer or ``None``."""
    form = {"ok": True, "meta": messages.result(values), "data": data}
    return to_js(form, dict_converter=js.Object.fromEntries)


def refuse(error):
    """Return the answer that carries ``error`` to the page."""
    form = {"ok": False, "meta": messages.refusal(error), "data": None}
    return to_js(form, dict_converter=js.Object.fromEntries)


def answering(function):
    """Decorate a function of this worker that answers the page.

    It returns a promise, and some time later the answer's buffer is empty, for the page has got a
    copy of its own.
    """
    answered = answer_or_refuse(refuse)(function)

    def handed_over(*given):
        return js.Promise.resolve(answered(*given)).then(_given_back_later)

    return handed_over


def _given_back_later(form):
    """Return an answer whose buffer is given back when it has been sent.

    Collectors leave such buffers for long, each as large as a picture. PyScript sends the answer
    as soon as its promise is settled; only other promises lie in between, which browsers see to
    before any timer (HTML standard, 8.1.7.3: microtasks).
    """
    if form.data:
        js.setTimeout(create_once_callable(lambda: give_back(form.data.buffer)), SENT)
    return form


def moved(content):
    """Return a bytes-like object or a uint8 array as a JavaScript Uint8Array (one copy)."""
    view = memoryview(content).cast("B")
    target = js.Uint8Array.new(view.nbytes)
    target.assign(view)
    return target


def files_answer(files, facts=None):
    """Answer with files one after the other in one buffer: ``types`` and ``sizes`` tell them.

    ``facts`` are further values.
    """
    sizes = [len(file.content) for file in files]
    values = {"types": [file.media_type for file in files], "sizes": sizes}
    together = js.Uint8Array.new(sum(sizes))
    for file, end in zip(files, accumulate(sizes), strict=True):
        together.subarray(end - len(file.content), end).assign(file.content)
    return answer({**values, **(facts or {})}, together)


def edit_of(text):
    """Return the checked edit of a JSON text; raises :class:`Refusal` for a mistyped size."""
    try:
        return checked(json.loads(text))
    except ValueError as error:
        raise Refusal("size_refused", words=str(error)) from error


async def content_of(blob):
    """Return the bytes of a File, a Blob or an array of bytes."""
    if not hasattr(blob, "arrayBuffer"):
        return blob.to_bytes()
    buffer = await blob.arrayBuffer()
    content = buffer.to_bytes()
    give_back(buffer)
    return content


async def file_of(blob):
    """Return a File or a Blob as a :class:`~core.files.picture_file.PictureFile`."""
    return PictureFile(await content_of(blob))


async def matte_of(blob):
    """Return a matte, float32 (side, side) in 0..1, from the bytes that the page kept.

    ``None`` where there is none, for a photo that is not cut out.
    """
    if not blob:  # JavaScript's null is not None
        return None
    levels = np.frombuffer(await content_of(blob), np.uint8)
    side = round(levels.size**0.5)
    return levels.reshape(side, side).astype(np.float32) / 255


async def backdrop_of(file):
    """Return the user's own background picture, decoded once, or ``None`` for none."""
    if not file:
        return None
    name = (file.name, file.size, file.lastModified)
    if _backdrop.get("name") != name:
        _backdrop["picture"] = decode(await content_of(file)).image
        _backdrop["name"] = name
    return _backdrop["picture"]
