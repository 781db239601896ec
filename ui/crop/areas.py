"""What the frame on the stage stands for: the crop of a photo. Plain Python, tested on CPython."""

from common.edits.geometry import Geometry
from common.edits.placing import SHEET, in_look

DIGITS = 100000
"""A place is kept to so many parts of a side: a twentieth of a pixel of a large photo."""


class CropArea:
    """The crop of the photo on the stage; see :class:`ui.crop.frame_tool.FrameTool`.

    All in pixels of the photo's sheet (:mod:`common.edits.geometry`).
    """

    def __init__(self, studio):
        self.studio = studio

    def _size(self):
        """Return (width, height) of the photo, which is 1 x 1 while there is none."""
        item = self.studio.item()
        return (1, 1) if item is None else (item.source.width or 1, item.source.height or 1)

    def geometry(self):
        """Return the photo's :class:`Geometry`."""
        return Geometry(self.studio.edit()["geometry"])

    def ground(self):
        """Return the box that the stage shows: all of the sheet."""
        width, height = self.geometry().sheet_size(*self._size())
        return 0, 0, width, height

    def box(self):
        """Return the box that is cut out, as near as it is known."""
        return self.geometry().wished(*self._size())

    def ratio(self):
        """Return width by height of the form that is kept, 0 for none."""
        return self.geometry().proportion(*self._size())

    def fits(self, box):
        """Tell whether a box shows nothing but photo."""
        seen = in_look(self.studio.edit()["geometry"], SHEET)
        return seen.shows_only_photo(box, *self._size())

    def change(self, box):
        """Cut another box out."""
        _, _, width, height = self.ground()
        crop = [
            parts(box[0], width),
            parts(box[1], height),
            parts(box[2], width),
            parts(box[3], height),
        ]
        self.studio.set_section("geometry", self.geometry().changed(crop=crop), False)

    def finish(self):
        """Let what was dragged so far be one step."""
        if self.studio.item() is not None:
            self.studio.history().close()


def parts(place, length):
    """Return a place as a part of a side."""
    return round(place / length * DIGITS) / DIGITS
