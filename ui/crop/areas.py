"""What the frame on the stage stands for: the crop of a photo, or the frame of a cutout.

Plain Python, tested on CPython. Both offer what :class:`ui.crop.frame_tool.FrameTool` asks for.
"""

from common.edits.edit import canvas_size
from common.edits.geometry import Geometry
from common.edits.placing import AROUND, SHEET, in_look
from ui.state.file_settings import shape_of

DIGITS = 100000
"""A place is kept to so many parts of a side: a twentieth of a pixel of a large photo."""


class CropArea:
    """The crop of the photo on the stage, in pixels of its sheet (:mod:`common.edits.geometry`)."""

    look = SHEET
    """What the stage shows under it."""

    def __init__(self, studio, changed):
        """``changed()`` is called after each change."""
        self.studio = studio
        self.changed = changed
        self._seen = (None, None)

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
        values = self.studio.edit()["geometry"]
        if self._seen[0] is not values:  # a drag asks many times
            self._seen = (values, in_look(values, SHEET))
        return self._seen[1].shows_only_photo(box, *self._size())

    def change(self, box):
        """Cut another box out."""
        _, _, width, height = self.ground()
        crop = in_parts(box, width, height)
        self.studio.set_section("geometry", self.geometry().changed(crop=crop), False)
        self.changed()

    def finish(self):
        """Let what was dragged so far be one step."""
        if self.studio.item() is not None:
            self.studio.history().close()


class FrameArea:
    """The frame of the cutout on the stage, in pixels of the photo as it was turned and cropped."""

    look = AROUND

    def __init__(self, studio, changed):
        """``changed()`` is called after each change."""
        self.studio = studio
        self.changed = changed

    def _size(self):
        """Return (width, height) of what is framed, (1, 1) while there is nothing."""
        item = self.studio.item()
        size = (0, 0) if item is None else shape_of(item, self.studio.edit())
        return size if size[0] else (1, 1)

    def _boxes(self):
        """Return the boxes of the frame and of what the stage shows, in parts of the sides."""
        item = self.studio.item()
        known = item and item.pictures.around
        frame, ground = known or ((0, 0, 1, 1), (0, 0, 1, 1))
        return self.studio.edit()["framing"]["place"] or frame, ground

    def ground(self):
        """Return the box that the stage shows: photo and frame, with room around them."""
        return in_pixels(self._boxes()[1], self._size())

    def box(self):
        """Return the frame."""
        return in_pixels(self._boxes()[0], self._size())

    def ratio(self):
        """Return width by height of the canvas, 0 where the frame may have any form."""
        framing = self.studio.edit()["framing"]
        canvas = framing["canvas"]
        return canvas["width"] / canvas["height"] if framing["kind"] == "canvas" else 0

    def size(self):
        """Return (width, height) in pixels of what is saved of the frame."""
        framing = self.studio.edit()["framing"]
        fixed = canvas_size(framing["canvas"]) if framing["kind"] == "canvas" else None
        box = self.box()
        return fixed or (round(box[2] - box[0]), round(box[3] - box[1]))

    def fits(self, box):
        """Tell whether a frame lies within what the stage shows."""
        ground = self.ground()
        inside = box[0] >= ground[0] and box[1] >= ground[1]
        return inside and box[2] <= ground[2] and box[3] <= ground[3]

    def change(self, box):
        """Put the frame elsewhere."""
        framing = dict(self.studio.edit()["framing"])
        framing["place"] = in_parts(box, *self._size())
        self.studio.set_section("framing", framing, False)
        self.changed()

    def finish(self):
        """Let what was dragged so far be one step, and show what lies around the frame now."""
        if self.studio.item() is not None:
            self.studio.history().close()
            self.studio.want()


def in_parts(box, width, height):
    """Return a box in pixels in parts of the sides of what it lies in."""
    sides = (width, height, width, height)
    return [round(place / side * DIGITS) / DIGITS for place, side in zip(box, sides)]


def in_pixels(box, size):
    """Return a box in parts of the sides of ``size`` in pixels."""
    return box[0] * size[0], box[1] * size[1], box[2] * size[0], box[3] * size[1]
