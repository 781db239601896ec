"""What the settings of a photo mean for its file: which pixels, which limit, which names.

``settings`` is a complete edit, as :meth:`ui.state.recipe.Recipe.settings` returns it.
"""

import json

from common import formats, naming
from common.edits.geometry import Geometry
from common.edits.resizing import resized_size

DRAWING = "svg"
"""The kind of file that has no pixels of its own."""

ENCODING = ("quality", "codec", "name", "never_larger", "page")
"""What of the section ``export`` changes the file but not the pixels before the encoder."""


def pixels_key(settings):
    """Return a text that is equal for settings with the same pixels before the encoder."""
    plain = dict(settings)
    # A kept profile leaves the colours, a kept orientation the rows as they are in the file.
    plain["keep"] = dict(settings["keep"])
    plain["keep"].pop("copyright")
    plain["export"] = {
        name: value for name, value in settings["export"].items() if name not in ENCODING
    }
    return settled(plain)


def settled(value):
    """Return a text that is equal for equal JSON values; MicroPython's dicts have no order."""
    if isinstance(value, dict):
        return "{" + ",".join([key + ":" + settled(value[key]) for key in sorted(value)]) + "}"
    return json.dumps(value)


def shape_of(item, settings):
    """Return (width, height) of an item's photo after it was turned and cropped, in pixels.

    (0, 0) while its size is not known.
    """
    if not item.source.width:
        return 0, 0
    return Geometry(settings["geometry"]).size(item.source.width, item.source.height)


def has_limit(export):
    """Tell whether a size limit is set and the format can be fitted below one."""
    return formats.has_limit(export["format"]) and export["codec"]["limit_kilobytes"] > 0


def with_export(settings, key, value):
    """Return a copy of settings with another value in the section ``export``."""
    changed = dict(settings)
    changed["export"] = dict(settings["export"])
    changed["export"][key] = value
    return changed


def is_original(item):
    """Tell whether an item's result is its original file, by the user's wish or as the smaller."""
    return item.settings.original_kept or (item.result is not None and item.result.original)


def ground_of(item, settings):
    """Return the colour (``#rrggbb``) that lies behind all that is transparent in an item's file.

    Empty where the file keeps its transparency.
    """
    export = settings["export"]
    if is_original(item) or not formats.is_opaque(export["format"]):
        return ""
    return export["jpeg_background"]


def stays_original(item, settings, result, size):
    """Tell whether the original file is taken instead of a larger result, as ``settings`` ask.

    ``result`` is a Blob of ``size`` (width, height) pixels. Only where the result is the same
    picture (perhaps turned, as its file has it): a cutout or another size cannot be had from it.
    """
    same = (
        not settings["steps"]["cutout"]
        and settings["framing"]["kind"] == "original"
        and Geometry(settings["geometry"]).is_neutral
        and settings["background"]["kind"] in ("transparent", "blur")
        and settings["shadow"]["kind"] == "none"
        and sorted(size or ()) == sorted((item.source.width, item.source.height))
    )
    return settings["export"]["never_larger"] and same and result.size > item.size


def missed_limit(settings, result):
    """Return the size limit in bytes that a result (a Blob) does not keep, 0 where it keeps it."""
    limit = settings["export"]["codec"]["limit_kilobytes"] * 1000
    return limit if limit and result.size > limit else 0


def resize_of(item, resize):
    """Return the section ``resize`` as it is meant for an item: drawings can always be larger."""
    if item.source.format != DRAWING:
        return resize
    resize = dict(resize)
    resize["enlarge"] = True
    return resize


def drawn_size(item, settings, limit_megapixels):
    """Return (size to draw at, size of the result) of a drawing, in pixels.

    Cut to another shape, or cropped, a result shows less than what is drawn. Raises ``ValueError``
    as :func:`common.edits.resizing.resized_size` does.
    """
    width, height = item.source.width, item.source.height
    resize, geometry = settings["resize"], Geometry(settings["geometry"])
    shape = geometry.size(width, height)
    result = resized_size(resize_of(item, resize), shape[0], shape[1], limit_megapixels)
    filled = resize["kind"] == "pixels" and resize["fit"] == "fill"
    if geometry.is_neutral and not filled:
        return result, result
    scale = max(result[0] / shape[0], result[1] / shape[1])
    least = result if geometry.is_neutral else (1, 1)
    drawn = (max(least[0], round(width * scale)), max(least[1], round(height * scale)))
    return drawn, result


def as_drawn(item, settings, limit_megapixels):
    """Return the settings for the picture that was drawn of an item, itself for a photo.

    It has the size that is asked for already, or is to be cut to it.
    """
    if item.source.drawn_at is None or settings["resize"]["kind"] == "none":
        return settings
    _, (width, height) = drawn_size(item, settings, limit_megapixels)
    drawn = dict(settings)
    drawn["resize"] = dict(settings["resize"])
    drawn["resize"].update({"kind": "pixels", "width": width, "height": height, "enlarge": True})
    if drawn["resize"]["fit"] != "fill":
        drawn["resize"]["fit"] = "stretch"
    return drawn


def backdrop_of(item, settings):
    """Return the user's own background picture if the settings ask for one, else ``None``."""
    return item.settings.backdrop if settings["background"]["kind"] == "image" else None


def names_of(queue, item):
    """Return the names of an item's files: the result's, and the mask's if there is one."""
    if is_original(item):
        return [item.name]
    place = queue.items.index(item) + 1 if item in queue.items else 1
    known = item.result is not None and item.result.size
    settings = queue.recipe.settings(item)
    width, height = known or shape_of(item, settings)
    return naming.result_names(settings, item.name, place, width, height)
