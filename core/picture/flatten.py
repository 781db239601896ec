"""Takes away what must not get into a file: metadata, hidden colours, transparency if need be."""

from PIL import Image


def bare(image: Image.Image) -> Image.Image:
    """Return an image that shares the pixels and has nothing for Pillow's writers to pick up."""
    clean = image.copy() if image.info or type(image) is not Image.Image else image
    clean.info = {}
    return clean


def flattened(image: Image.Image, colour: str) -> Image.Image:
    """Return an image over a colour ``#rrggbb``, mode RGB; an opaque one is returned itself."""
    if image.mode in ("RGB", "L", "1"):
        return image
    canvas = Image.new("RGB", image.size, colour)
    canvas.paste(image, mask=image)
    return canvas


def in_layout(image: Image.Image, layout: str) -> Image.Image:
    """Return an opaque image (mode RGB) in the layout of its photo: ``1``, ``L`` or, empty, RGB.

    One that is no longer black and white, because it was resized, becomes grey. Others come back
    as they are.
    """
    if not layout or image.mode != "RGB":
        return image
    grey = image.convert("L")
    if layout == "1" and sum(grey.histogram()[1:255]) == 0:
        return grey.convert("1", dither=Image.Dither.NONE)
    return grey


def without_hidden_colours(image: Image.Image) -> Image.Image:
    """Return an image whose fully transparent pixels are black, mode RGBA or RGB as it came.

    Straight alpha would keep the background's colours under an alpha of 0, where any viewer can
    uncover them; who removes a background does not expect to send it along. Files get smaller,
    too. All other pixels stay bit for bit.
    """
    if image.mode != "RGBA":
        return image
    clean = image.copy()
    clean.paste((0, 0, 0, 0), mask=image.getchannel("A").point([255] + [0] * 255))
    return clean
