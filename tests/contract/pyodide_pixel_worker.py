"""Calls the pixel worker's functions inside Pyodide as the page does; writes outcome.json.

Node has the page's Blob and Uint8Array; what a worker adds is not needed here.
"""

# ruff: noqa: F704 (await outside of a function: Pyodide runs this file so)
import json
from pathlib import Path

import js
import numpy as np
from PIL import Image
from pyodide.ffi import to_js

import pixels
from tests.core import camera_file
from tests.core.pictures import save, texture

exchange = Path("/exchange")
outcome = {}


def blob(content):
    """Return bytes as a Blob."""
    return js.Blob.new(to_js([moved(content)]))


def moved(content):
    """Return bytes as a Uint8Array."""
    return to_js(content)


def taken(answer):
    """Return an answer's values and its buffer as bytes, or its refusal and ``None``."""
    values = json.loads(answer.meta)
    return {"ok": answer.ok, **values}, answer.data.to_bytes() if answer.data else None


def recipe(kind, **sections):
    """Return the JSON text of an edit that does not cut out."""
    export = {"format": kind, **sections.pop("export", {})}
    return json.dumps({"steps": {"cutout": False}, "export": export, **sections})


photo = blob(camera_file.camera_jpeg(orientation=6))
rgba = texture(90, 60)
rgba.putalpha(Image.linear_gradient("L").resize(rgba.size))

outcome["receipt"], _ = taken(await pixels.receipt(photo))
for kind in ("png", "webp", "webp-lossless", "jpeg", "avif", "png-small", "gif", "pdf"):
    small = recipe(kind, resize={"kind": "longest", "longest": 80})
    facts, content = taken(await pixels.render_file(photo, None, small, None, 50))
    outcome[kind] = {**facts, "length": len(content), "head": list(content[:12])}
    if kind == "png-small":
        outcome["png-small secret"] = b"SECRET" in content

facts, content = taken(await pixels.export(photo, None, recipe("jpeg"), None, 50, 0.5))
outcome["half"] = facts
keep = recipe("jpeg", keep={"copyright": True, "orientation": True})
facts, raw = taken(await pixels.render_file(photo, None, keep, None, 50))
encoded = save(
    Image.fromarray(
        np.frombuffer(raw, np.uint8).reshape(facts["height"], facts["width"], 4)[..., :3]
    ),
    "JPEG",
    quality=80,
)
outcome["lying"] = [facts["width"], facts["height"]]
facts, content = taken(await pixels.with_metadata(moved(encoded), photo, keep))
outcome["with_metadata"] = b"SECRET-COPYRIGHT" in content and b"SECRET-NOTE" not in content
outcome["ssim file"], _ = taken(
    await pixels.similarity(photo, None, keep, None, 50, moved(encoded))
)
outcome["ssim blob"], _ = taken(await pixels.similarity(photo, None, keep, None, 50, blob(encoded)))
outcome["ssim pixels"], _ = taken(
    await pixels.similarity(photo, None, keep, None, 50, moved(raw), *outcome["lying"])
)

facts, content = taken(
    await pixels.open_pixels("a", moved(rgba.tobytes()), 90, 60, '["first_frame"]', None)
)
outcome["open_pixels"] = facts
(exchange / "stand-in.png").write_bytes(content)
outcome["input"], _ = taken(
    await pixels.network_input("a", 64, json.dumps({"mean": [128] * 3, "divisor": [256] * 3}))
)
outcome["desk"], _ = taken(await pixels.desk_open(photo, None, 50))
outcome["shown"], content = taken(await pixels.desk_render(recipe("png"), "result", None, False))
outcome["shown alpha"] = min(content[3::4])
matte = np.zeros((32, 32), np.uint8)
matte[8:24, 8:24] = 255
cut = json.dumps({"export": {"format": "webp"}})
outcome["cutout"], content = taken(
    await pixels.render_file(photo, blob(matte.tobytes()), cut, None, 50)
)
outcome["cutout corner"] = list(content[:4])
large = recipe("png", resize={"kind": "percent", "percent": 400, "enlarge": True})
wide = blob(save(Image.new("L", (6000, 5000)), "PNG"))
outcome["too large"], _ = taken(await pixels.render_file(wide, None, large, None, 50))
typed = recipe("png", resize={"kind": "pixels", "width": 50000})
outcome["mistyped"], _ = taken(await pixels.render_file(photo, None, typed, None, 50))
outcome["no matte"], _ = taken(await pixels.export(photo, None, "{}", None, 50))
outcome["no avif"], _ = taken(await pixels.export(photo, None, recipe("avif"), None, 50))
deflated = blob((exchange / "deflated.tiff").read_bytes())
outcome["deflated"], _ = taken(await pixels.open_photo("b", deflated, 50))
(exchange / "outcome.json").write_text(json.dumps(outcome), "utf-8")
