"""The frame that a hand holds on the stage: moved, dragged at its edges, or led by arrow keys.

It is an element over the picture, so that it is as thin and its corners as large as a finger at any
zoom. What becomes of a drag is worked out in :mod:`common.edits.handles`.
"""

from common.edits.handles import dragged, grip_at
from ui.browser import dom

REACH, FINGER = 12, 26
"""How near to an edge, in CSS pixels, a mouse and a finger take hold of it."""

SHORTEST = 40
"""The shortest side that a hand can make, as so manyth part of the picture's longer side."""

STEP = 0.01
"""How far a press of an arrow key goes, in parts of the longer side."""

ARROWS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}

CURSORS = {
    (0, 0): "move", (0, 1): "ns", (0, -1): "ns", (1, 0): "ew", (-1, 0): "ew",
    (1, 1): "nwse", (-1, -1): "nwse", (1, -1): "nesw", (-1, 1): "nesw",
}  # fmt: skip


class FrameTool:
    """Holds the frame of an ``area``, which is asked for and told everything in its own pixels.

    An area has ``ground()``, the box that the picture on the stage shows, ``box()``, the frame,
    ``ratio()``, its form or 0, ``fits(box)``, ``change(box)`` and ``finish()``.
    """

    def __init__(self, view):
        self.view = view
        self.area = None
        self.element = dom.element("crop")
        self._held = None
        dom.on(self.element, "keydown", self._pressed)
        dom.on(self.element, "keyup", self._released)

    def take(self, area):
        """Show the frame of an area and give it the pointer, or let go of it for ``None``."""
        self.area = area
        self._held = None
        self.view.use(None if area is None else self)
        self.view.followed = None if area is None else self.draw
        dom.show(self.element, area is not None)
        self.draw()

    def draw(self):
        """Lay the frame over the picture."""
        if self.area is None:
            return
        ground, box = self.area.ground(), self.area.box()
        left, top, width, height = self.view.picture_box()
        across, down = width / (ground[2] - ground[0]), height / (ground[3] - ground[1])
        for name, value in (
            ("--crop-x", left + (box[0] - ground[0]) * across),
            ("--crop-y", top + (box[1] - ground[1]) * down),
            ("--crop-width", (box[2] - box[0]) * across),
            ("--crop-height", (box[3] - box[1]) * down),
        ):
            dom.paint(self.element, name, str(value) + "px")

    def _place(self, event):
        """Return where a pointer is in the area's pixels, and how many of them a CSS pixel is."""
        ground = self.area.ground()
        x, y = self.view.on_stage(event)
        _, _, width, _ = self.view.picture_box()
        wide, high = ground[2] - ground[0], ground[3] - ground[1]
        return ground[0] + x * wide, ground[1] + y * high, wide / width

    def _grip(self, event):
        """Return what the pointer would hold, ``None`` for nothing or while nothing is seen."""
        if not self.view.picture_box()[2]:
            return None
        x, y, scale = self._place(event)
        reach = FINGER if event.pointerType == "touch" else REACH
        return grip_at(self.area.box(), x, y, reach * scale)

    def hover(self, _view, event):
        """Show with the pointer's form what it would hold."""
        if self._held is None:
            self.element.dataset.grip = CURSORS.get(self._grip(event), "none")

    def leave(self):
        """Nothing was shown."""

    def begin(self, _view, event):
        """Take hold of the frame, one of its edges or a corner."""
        grip = self._grip(event)
        if grip is not None:
            x, y, _ = self._place(event)
            self._held = (grip, self.area.box(), x, y)
            self.element.classList.add("is-held")
            self.element.focus()

    def move(self, _view, event, _dx, _dy):
        """Follow the pointer."""
        if self._held is not None:
            grip, box, x, y = self._held
            now_x, now_y, _ = self._place(event)
            self.drag(self.area, box, grip, (now_x - x, now_y - y))

    def end(self, _view, _event, cancelled):
        """Let go; a second finger takes back what the first one did."""
        held, self._held = self._held, None
        self.element.classList.remove("is-held")
        if held is not None:
            if cancelled:
                self.area.change(held[1])
            self.area.finish()

    def _longer(self, area):
        """Return the longer side of what the stage shows of an area, in its pixels."""
        ground = area.ground()
        return max(ground[2] - ground[0], ground[3] - ground[1])

    def drag(self, area, box, grip, by):
        """Change the frame of an area from what it was, ``box``, by a grip dragged ``by``."""
        least = max(1, self._longer(area) / SHORTEST)
        area.change(dragged(box, grip, by, area.ratio(), least, area.fits))

    def _pressed(self, event):
        """Move the frame with an arrow key; with Shift its right or lower edge."""
        if event.key not in ARROWS or event.ctrlKey or event.metaKey or event.altKey:
            return
        event.preventDefault()
        event.stopPropagation()
        across, down = ARROWS[event.key]
        step = self._longer(self.area) * STEP
        grip = (abs(across), abs(down)) if event.shiftKey else (0, 0)
        self.drag(self.area, self.area.box(), grip, (across * step, down * step))

    def _released(self, event):
        """The arrow key is let go: what it did is a step of its own."""
        if event.key in ARROWS:
            self.area.finish()
