"""Zoom and pan of the stage, and who gets the pointer.

Two fingers always pinch and pan; one pointer belongs to the chosen tool. The pictures are moved
by a CSS transform only, so zooming never computes a pixel. The wheel scrolls the page as long as
the whole picture is seen, then it moves the picture; with Ctrl, which browsers also say of a pinch
on a trackpad, it zooms.
"""

import math

from common.edits.placing import in_photo
from common.language.words import say
from ui.browser import dom
from ui.state.zoom import fit, held, limits, pixels, zoom_factor

STEP = 1.25
PAN_STEP = 60


class View:
    """The frame's zoom and its pointers; ``tool`` gets ``begin``, ``move`` and ``end``."""

    def __init__(self, tool, full_size, enlarged, geometry):
        """``enlarged()`` is called when the screen shows more pixels than the stage's copy has.

        ``full_size(shown)`` returns the picture's (width, height) in pixels at its full size.

        ``shown`` is that of its copy on the stage. ``geometry()`` returns the section of the edit
        with which the photo is seen (:mod:`common.edits.placing`).
        """
        self.full_size = full_size
        self.enlarged = enlarged
        self.geometry = geometry
        self.home_tool = self.tool = tool
        self.followed = None
        """What is called when the picture lies elsewhere, ``None`` for nothing."""
        self.frame = dom.element("frame")
        self.zoom = 1.0
        self.x = self.y = 0.0
        self._pointers = {}
        self._pinch = None
        self._active = False
        dom.on(self.frame, "pointerdown", self._down)
        dom.on(self.frame, "pointermove", self._moved)
        dom.on(self.frame, "pointerleave", lambda event: self._left())
        for event in ("pointerup", "pointercancel"):
            dom.on(self.frame, event, self._up)
        dom.on(self.frame, "wheel", self._wheel)
        dom.on("zoom-in", "click", lambda event: self.zoom_by(STEP))
        dom.on("zoom-out", "click", lambda event: self.zoom_by(1 / STEP))
        dom.on("zoom-fit", "click", lambda event: self.reset())
        dom.on("zoom-actual", "click", lambda event: self.show_pixels())
        dom.on_resize(self.frame, self.resized)
        self._draw()

    def use(self, tool):
        """Give one-pointer gestures to ``tool``, or back to the home tool for ``None``."""
        self.tool = tool or self.home_tool
        self.frame.classList.toggle("is-drawing", tool is not None)

    def reset(self):
        """Show the whole picture."""
        self.zoom, self.x, self.y = 1.0, 0.0, 0.0
        self._draw()
        self._tell_zoom()

    def show_pixels(self):
        """Show one pixel of the picture for each pixel of the screen."""
        self.zoom_by(1 / (self._whole() * self.zoom))

    def resized(self):
        """The stage or its picture has another size: say the percentage anew."""
        self._clamp(self.frame.getBoundingClientRect())
        self._draw()
        self._tell_zoom()

    def _whole(self):
        """Return how many pixels of the screen a pixel of the whole picture is wide."""
        canvas = self._canvas()
        shown = (canvas.width or 1, canvas.height or 1)
        box = (self.frame.clientWidth, self.frame.clientHeight)
        return fit(box, self.full_size(shown), dom.pixel_ratio()) or 1

    def _canvas(self):
        """Return the canvas that shows the result, or the photo while nothing is cut out."""
        canvas = dom.element("cutout-canvas")
        return dom.element("photo-canvas") if canvas.hidden else canvas

    def zoom_by(self, factor, at=None):
        """Zoom around a point of the frame (its centre if ``None``), in CSS pixels."""
        box = self.frame.getBoundingClientRect()
        if at is None:
            at = (box.width / 2, box.height / 2)
        least, most = limits(self._whole())
        zoom = min(most, max(least, self.zoom * factor))
        ratio = zoom / self.zoom
        self.x = at[0] - (at[0] - self.x) * ratio
        self.y = at[1] - (at[1] - self.y) * ratio
        self.zoom = zoom
        self._clamp(box)
        self._draw()
        self._tell_zoom()
        canvas = self._canvas()
        shown = fit((box.width, box.height), (canvas.width or 1, canvas.height or 1), zoom)
        if shown * dom.pixel_ratio() > 1 and self.tool is self.home_tool:
            self.enlarged()

    def pan_by(self, dx, dy):
        """Move the picture by CSS pixels; return whether there was anywhere to go."""
        before = (self.x, self.y)
        self.x += dx
        self.y += dy
        self._clamp(self.frame.getBoundingClientRect())
        self._draw()
        return (self.x, self.y) != before

    def _clamp(self, box):
        """Keep the picture's edge outside the frame's, a small one in its middle."""
        self.x = held(self.x, box.width, self.zoom)
        self.y = held(self.y, box.height, self.zoom)

    def _draw(self):
        """Move the pictures."""
        dom.paint(self.frame, "--x", str(self.x) + "px")
        dom.paint(self.frame, "--y", str(self.y) + "px")
        dom.paint(self.frame, "--zoom", str(self.zoom))
        self.frame.classList.toggle("is-zoomed", self.zoom > 1)
        if self.followed is not None:
            self.followed()

    def _tell_zoom(self):
        """Say the percentage, which measures the frame: not while the picture is only moved."""
        dom.element("zoom-value").textContent = say(
            "{percent} %", percent=round(self.zoom * self._whole() * 100)
        )

    def _placed(self):
        """Return the canvas, its box, and how many CSS pixels one of its own is wide."""
        canvas = self._canvas()
        box = canvas.getBoundingClientRect()
        return canvas, box, min(box.width / canvas.width, box.height / canvas.height)

    def longer_side(self):
        """Return how long the picture's longer side is on the screen, in CSS pixels."""
        canvas, _, scale = self._placed()
        return max(canvas.width, canvas.height) * scale

    def _picture(self):
        """Return (left, top, width, height) of the picture in the window, in CSS pixels."""
        canvas, box, scale = self._placed()
        width, height = canvas.width * scale, canvas.height * scale
        return (
            box.left + (box.width - width) / 2,
            box.top + (box.height - height) / 2,
            width,
            height,
        )

    def picture_box(self):
        """Return (left, top, width, height) of the picture in the frame, in CSS pixels."""
        left, top, width, height = self._picture()
        frame = self.frame.getBoundingClientRect()
        left, top = left - frame.left, top - frame.top
        return left - self.frame.clientLeft, top - self.frame.clientTop, width, height

    def on_stage(self, event):
        """Return a pointer event's place as (x, y) in 0..1 of the picture on the canvas."""
        left, top, width, height = self._picture()
        return (event.clientX - left) / width, (event.clientY - top) / height

    def on_picture(self, event):
        """Return a pointer event's place as (x, y) in 0..1 of the photo."""
        canvas = self._canvas()
        return in_photo(self.geometry(), self.on_stage(event), canvas.width, canvas.height)

    def _down(self, event):
        """A pointer comes down: begin the tool's gesture, or a pinch with the second one."""
        if event.target.closest("button, a") or event.button > 1:
            return
        self.frame.setPointerCapture(event.pointerId)
        self._pointers[event.pointerId] = (event.clientX, event.clientY)
        if len(self._pointers) == 2:
            if self._active:
                self.tool.end(self, event, True)
            self._active = False
            self._pinch = self._spread()
        elif len(self._pointers) == 1:
            event.preventDefault()
            self._active = True
            self.tool.begin(self, event)

    def _moved(self, event):
        """A pointer moves: the tool's gesture, a pinch, or only hovering."""
        before = self._pointers.get(event.pointerId)
        if event.pointerType != "touch" and len(self._pointers) < 2:
            self.tool.hover(self, event)
        if before is None:
            return
        self._pointers[event.pointerId] = (event.clientX, event.clientY)
        if self._pinch is not None and len(self._pointers) == 2:
            spread = self._spread()
            box = self.frame.getBoundingClientRect()
            at = (spread[1] - box.left, spread[2] - box.top)
            self.zoom_by(spread[0] / max(1.0, self._pinch[0]), at)
            self.pan_by(spread[1] - self._pinch[1], spread[2] - self._pinch[2])
            self._pinch = spread
        elif self._active:
            dx, dy = event.clientX - before[0], event.clientY - before[1]
            self.tool.move(self, event, dx, dy)

    def _left(self):
        """The pointer is no longer over the frame."""
        self.tool.leave()

    def _up(self, event):
        """A pointer leaves."""
        if self._pointers.pop(event.pointerId, None) is None:
            return
        if len(self._pointers) < 2:
            self._pinch = None
        if self._active and not self._pointers:
            self._active = False
            self.tool.end(self, event, event.type == "pointercancel")

    def _spread(self):
        """Return the distance of two pointers and their middle, in CSS pixels."""
        (ax, ay), (bx, by) = list(self._pointers.values())[:2]
        distance = math.sqrt((ax - bx) ** 2 + (ay - by) ** 2)
        return distance, (ax + bx) / 2, (ay + by) / 2

    def _wheel(self, event):
        """Zoom around the pointer, move the picture, or leave the turn to the page."""
        if event.ctrlKey or event.metaKey:
            event.preventDefault()
            box = self.frame.getBoundingClientRect()
            at = (event.clientX - box.left, event.clientY - box.top)
            self.zoom_by(zoom_factor(event.deltaY, event.deltaMode, STEP), at)
            return
        right, down = (pixels(turn, event.deltaMode) for turn in (event.deltaX, event.deltaY))
        if self.zoom > 1 and self.pan_by(-right, -down):
            event.preventDefault()


class Hand:
    """The home tool: moves the before/after line, or the picture when it is zoomed in."""

    NEAR = 30
    """How close to the line, in CSS pixels, a pointer takes hold of it."""

    def __init__(self, set_split):
        """``set_split(percent)`` moves the line."""
        self.set_split = set_split
        self.holds_line = False

    def hover(self, _view, _event):
        """A hand has no size to show."""

    def leave(self):
        """Nothing was shown."""

    def begin(self, _view, event):
        """Take hold of the line or of the picture."""
        box = dom.element("handle").getBoundingClientRect()
        middle = box.left + box.width / 2
        self.holds_line = abs(event.clientX - middle) < self.NEAR

    def move(self, view, event, dx, dy):
        """Follow the pointer."""
        if not self.holds_line:
            view.pan_by(dx, dy)
            return
        box = view.frame.getBoundingClientRect()
        percent = 100 * (event.clientX - box.left) / box.width
        self.set_split(min(100, max(0, round(percent))))

    def end(self, _view, _event, _cancelled):
        """Let go."""
        self.holds_line = False
