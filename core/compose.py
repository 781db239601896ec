"""Joins a photo and its alpha channel into the cutout."""

from PIL import Image

from core.files.decode import Photo


def cut_out(photo: Photo, alpha: Image.Image) -> Image.Image:
    """Return the cutout as an RGBA image with straight (not premultiplied) alpha.

    ``alpha`` has mode L and the photo's size, 0 transparent and 255 opaque. The colours are the
    photo's own, bit for bit, also where they are hidden.

    To save four bytes per pixel this happens in place: the result *is* ``photo.image``, which
    from now on has mode RGBA. Calling it again with another alpha replaces the first one.

    Raises ``ValueError`` when the sizes differ.
    """
    if alpha.size != photo.image.size:
        raise ValueError(f"alpha of {alpha.size} for a photo of {photo.image.size}")
    photo.image.putalpha(alpha)
    return photo.image
