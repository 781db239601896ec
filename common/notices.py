"""Notices: what the user should know about a picture that was nevertheless cut out.

A notice is a code, like an error (see :mod:`common.errors`), so that it can cross a worker
boundary as data and be worded in one place. A sentence says what was done with the picture.
"""

from common.language.words import phrases, say

NOTICES = {
    "animation_too_long": "This animation is too long to be kept moving here. The first picture was used.",
    "built_in_jpeg": "This is a camera's raw file. The JPEG inside of it was used; a raw converter can make more of it.",
    "first_frame": "This file holds several pictures. The first one was used.",
    "reduced_to_8_bit": "This picture has more than 8 bits per colour. It was reduced to 8 bits.",
    "profile_unreadable": "The colour profile in this file is damaged. Its colours were taken as sRGB.",
    "profile_not_applied": "The kind of colour profile in this file cannot be applied here. Colours may differ slightly.",
    "toned_down": "This picture was made for brighter screens (HDR). Its brightest parts were toned down.",
    "approximate_colours": "This picture is made for print (CMYK). Its colours were converted approximately.",
    "everything_found": "Nearly all of this photo was taken for the subject. If you mean less, show it with Only this.",
    "lower_tier": "The first try at this picture broke off. It was cut out with less memory, at a lower resolution.",
    "orientation_unreadable": "The camera data in this file is damaged. The picture may be turned the wrong way.",
    "plain_encoder": "The encoder for small files is not on this device yet. This file was written without it.",
}


def notice(code: str) -> str:
    """Return the sentence for a notice; raises ``KeyError`` for an unknown code."""
    return say(phrases(NOTICES)[code])
