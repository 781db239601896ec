"""Takes photos the page's way, through pixels.py, and the taught one; writes what both made.

Runs inside Pyodide; /exchange holds ``photos`` and the network's ``prediction.npy``. For each photo
it writes ``NAME.png``, the page's file, and in outcome.json how that compares with the file of
``core/pipeline.py``.
"""

# ruff: noqa: F704 (await outside of a function: Pyodide runs this file so)
import json
from pathlib import Path

import js
import numpy as np
from pyodide.ffi import to_js

import pixels
from core import pipeline

exchange = Path("/exchange")
scaling = json.dumps({"mean": pipeline.MEAN, "divisor": pipeline.DIVISOR})
prediction = np.load(exchange / "prediction.npy")
side = prediction.shape[-1]


def blob(content):
    """Return bytes as a Blob."""
    return js.Blob.new(to_js([to_js(content)]))


def taken(answer):
    """Return an answer's values and the bytes of its buffer."""
    assert answer.ok, answer.meta
    buffer = answer.data
    if not buffer:
        return json.loads(answer.meta), b""
    return json.loads(answer.meta), js.Uint8Array.new(buffer.buffer).to_bytes()


STANDARD, SMALL = 704, 320
"""Sides of the inputs of the first pass of the default quality and of the second network."""

doubtful = prediction * np.float32(0.6)
"""What a network answers that is sure of nothing."""

steps = np.arange(SMALL) * side // SMALL
opinion = np.rint(prediction[0, 0][steps][:, steps] * 255).astype(np.uint8)
"""What another one says to that."""


async def doubtful_file(key, photo):
    """Return the page's file of a photo that leaves doubt: another network, then both from near."""
    taken(await pixels.open_photo(key, photo, 50, False))
    await pixels.network_input(key, STANDARD, scaling)
    taken(await pixels.accept_mask(key, to_js(doubtful.ravel()), side, False))
    taken(await pixels.accept_opinion(key, to_js(opinion.ravel()), SMALL))
    where, _ = taken(await pixels.where_it_is(key))
    place = json.dumps(where["box"])
    taken(await pixels.network_input(key, STANDARD, scaling, False, place))
    taken(await pixels.accept_opinion(key, to_js(opinion.ravel()), SMALL, True))
    taken(await pixels.accept_closer_look(key, to_js(doubtful.ravel()), side, place, True))
    facts, content = taken(await pixels.finish(key, False))
    return content[: facts["sizes"][0]]


outcome = {}
for photo in sorted((exchange / "photos").iterdir()):
    data, key = photo.read_bytes(), photo.name
    # An untouched photo: decoded in part for a first look, then whole, then finished.
    taken(await pixels.open_photo(key, blob(data), 50, True))
    _, tensor = taken(await pixels.network_input(key, side, scaling))
    taken(await pixels.accept_mask(key, to_js(prediction.ravel()), side, False))
    facts, content = taken(await pixels.finish(key, False))
    finished, levels = content[: facts["sizes"][0]], content[facts["sizes"][0] :]
    # The same photo later, from its file and the matte that the page kept.
    facts, later = taken(await pixels.export(blob(data), blob(levels), "{}", None, 50))
    asked = []

    def network(values, asked=asked):
        """Answer as the page's network did, and note what was asked."""
        asked.append(values.tobytes())
        return prediction

    taught = pipeline.cut_out_file(data, network, "fast")
    outcome[key] = {
        "input": asked == [tensor],
        "finished": taught == finished,
        "later": taught == later,
        "doubtful": await doubtful_file(key, blob(data))
        == pipeline.cut_out_file(
            data, lambda _: doubtful, "standard", lambda _: opinion[np.newaxis, np.newaxis]
        ),
    }
    (exchange / f"{key}.png").write_bytes(finished)
(exchange / "outcome.json").write_text(json.dumps(outcome), "utf-8")
