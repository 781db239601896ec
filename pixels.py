"""The pixel worker: everything that touches a photo's pixels, in Pyodide with NumPy and Pillow.

What the page may call is listed at the end; it lives in :mod:`pixelwork`.
"""

from pixelwork.answers import hold_lock
from pixelwork.desk import desk_open, desk_render, desk_take
from pixelwork.photos import (
    accept_closer_look,
    accept_mask,
    accept_opinion,
    close_photo,
    finish,
    give_matte,
    look_at_known,
    matte,
    network_input,
    open_photo,
    open_pixels,
    picture,
    thumbnail,
    what_is_found,
    where_it_is,
)
from pixelwork.results import (
    document,
    drawing,
    export,
    receipt,
    render_file,
    similarity,
    with_metadata,
)

__export__ = [
    "accept_closer_look",
    "accept_mask",
    "accept_opinion",
    "close_photo",
    "desk_open",
    "desk_render",
    "desk_take",
    "document",
    "drawing",
    "export",
    "finish",
    "give_matte",
    "hold_lock",
    "look_at_known",
    "matte",
    "network_input",
    "open_photo",
    "open_pixels",
    "picture",
    "receipt",
    "render_file",
    "similarity",
    "thumbnail",
    "what_is_found",
    "where_it_is",
    "with_metadata",
]
