"""The desk in the pixel worker: the one photo that is being edited, and its pictures."""

from common.edits.placing import AROUND, PHOTO, SHEET
from core.files.decode import decode
from core.picture.desk import Desk, render_preview
from pixelwork import photos
from pixelwork.answers import answer, answering, backdrop_of, content_of, edit_of, matte_of, moved

_desk = {}


@answering
async def desk_take(key):
    """Put an open photo with its matte on the desk, where it is edited, and close it.

    It is cut out at full size for that, unless its file has been made already.
    """
    _desk["desk"] = photos.taken(key)
    return answer({})


@answering
async def desk_open(blob, matte_blob, limit_megapixels):
    """Put a photo on the desk from its file and its matte (a Blob of side x side bytes).

    Without a matte (null) the photo is shown as it is.
    """
    photo = decode(await content_of(blob), limit_megapixels)
    _desk["desk"] = Desk(photo, await matte_of(matte_blob))
    return answer({})


@answering
async def desk_render(edit_text, look, backdrop, draft):
    """Answer with the desk's picture of an edit: its size, ``framed``, ``exact``, RGBA bytes.

    ``edit_text`` is the edit as JSON, ``look`` one of :mod:`common.edits.placing`, ``backdrop`` is
    the File of the user's own background picture or ``None``, ``draft`` asks for a quick, small
    one. With the look "around", ``frame`` and ``ground`` are the boxes of the frame and of what is
    seen, in parts of the sides of the photo as it was turned and cropped.
    """
    edit, around, whole = edit_of(edit_text), look == AROUND, look in (PHOTO, SHEET)
    behind = await backdrop_of(backdrop)
    desk = _desk["desk"].draft() if draft else _desk["desk"]
    shown, rendering = render_preview(desk, edit, behind, whole, False, around)
    height, width = shown.shape[:2]
    framed = edit["framing"]["kind"] != "original" and not whole
    exact = desk is _desk["desk"]
    facts = {"width": width, "height": height, "framed": framed, "exact": exact}
    if around:
        facts["frame"] = desk.frame_box(edit)
        facts["ground"] = desk.ground_box(edit, rendering)
    return answer(facts, moved(shown))
