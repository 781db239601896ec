"""The touch-up tools: what a pointer draws becomes a stroke of the edit.

A stroke is stored as its points (0..1 of the photo) and replayed by ``core.strokes.strokes`` at any
resolution. What is seen while the pointer is down is only a sketch on the overlay canvas.
"""

import math

from ui.browser import dom
from ui.stage.pointing import sketchpad

SKETCH = {"restore": "rgb(20 140 70 / 45%)", "erase": "rgb(200 40 20 / 45%)"}


class Pencil:
    """What the touch-up tools share: kind, mode, size, and the overlay they sketch on."""

    def __init__(self, finished):
        """``finished(stroke)`` gets each finished stroke (see ``common.edits.edit``)."""
        self.finished = finished
        self.kind = "brush"
        self.mode = "erase"
        self.shape = {"radius": 0.03, "hardness": 0.7, "opacity": 1.0, "tolerance": 0.15}
        """What the sliders set: sizes in parts of the longer side, the rest from 0 to 1."""
        self._points = []
        self._place = None
        """The view and where in its frame the pointer is, in CSS pixels."""

    def hover(self, view, event):
        """Show how large the brush is where the pointer is."""
        box = view.frame.getBoundingClientRect()
        self._place = (view, event.clientX - box.left, event.clientY - box.top)
        self.outline()

    def outline(self):
        """Draw the brush's outline anew, or none for what is no brush or is not over the stage."""
        shows = self._place is not None and self.kind == "brush"
        dom.show("brush", shows)
        if shows:
            view, x, y = self._place
            width = 2 * self.shape["radius"] * view.longer_side()
            for name, value in (("--brush-x", x), ("--brush-y", y), ("--brush-size", width)):
                dom.paint(dom.element("brush"), name, str(value) + "px")

    def leave(self):
        """The pointer is no longer over the stage."""
        self._place = None
        self.outline()

    def begin(self, view, event):
        """Start a stroke at the pointer."""
        self._points = []
        self._context, self._width, self._height = sketchpad("cutout-canvas", view.geometry())
        self._context.strokeStyle = self._context.fillStyle = SKETCH[self.mode]
        self._context.lineCap = self._context.lineJoin = "round"
        self._add(view, event)

    def move(self, view, event, _dx, _dy):
        """Follow the pointer, with every place that the browser has gathered in between."""
        if self.kind == "region":
            return
        between = list(event.getCoalescedEvents()) if hasattr(event, "getCoalescedEvents") else []
        for part in between or [event]:
            self._add(view, part)

    def end(self, _view, _event, cancelled):
        """Hand the stroke over, unless a second finger or the browser took the pointer away."""
        points, self._points = self._points, []
        if cancelled or not points:
            self.clear()
            return
        if self.kind == "lasso" and len(points) < 3:
            self.clear()
            return
        self.finished(self._stroke(points))

    def rendered(self):
        """A picture has come: take the sketch away, unless the hand is drawing the next one."""
        if not self._points:
            self.clear()

    def clear(self):
        """Take the sketch away."""
        dom.show("overlay-canvas", False)

    def _add(self, view, event):
        """Take one place of the pointer and sketch it."""
        x, y = view.on_picture(event)
        pressure = event.pressure if event.pointerType == "pen" and event.pressure else 1.0
        last = self._points[-1] if self._points else None
        self._points.append([rounded(x), rounded(y), rounded(pressure)])
        self._sketch(last, self._points[-1])

    def _sketch(self, last, point):
        """Draw the newest part of the stroke on the overlay."""
        width, height = self._width, self._height
        x, y = point[0] * width, point[1] * height
        thin = max(2.0, max(width, height) / 400)
        radius = self.shape["radius"] * max(width, height) * point[2]
        self._context.beginPath()
        if self.kind == "region":
            self._context.arc(x, y, 4 * thin, 0, 2 * math.pi)
            self._context.fill()
        elif last is None:
            self._context.arc(x, y, radius if self.kind == "brush" else thin, 0, 2 * math.pi)
            self._context.fill()
        else:
            self._context.moveTo(last[0] * width, last[1] * height)
            self._context.lineTo(x, y)
            if self.kind == "brush":
                self._stroke_line(2 * radius, SKETCH[self.mode])
            else:
                # Light on dark, to be seen on any picture.
                self._stroke_line(2 * thin, "rgb(0 0 0 / 60%)")
                self._stroke_line(thin, "white")

    def _stroke_line(self, width, colour):
        """Draw the path that has been begun."""
        self._context.lineWidth = width
        self._context.strokeStyle = colour
        self._context.stroke()

    def _stroke(self, points):
        """Return the stroke in the form of ``common.edits.edit``."""
        if self.kind == "region":
            return {
                "kind": "region",
                "mode": self.mode,
                "point": points[0][:2],
                "tolerance": self.shape["tolerance"],
            }
        if self.kind == "lasso":
            return {"kind": "lasso", "mode": self.mode, "points": [p[:2] for p in points]}
        return {
            "kind": "brush",
            "mode": self.mode,
            "radius": self.shape["radius"],
            "hardness": self.shape["hardness"],
            "opacity": self.shape["opacity"],
            "points": points,
        }


def rounded(value):
    """Return a number with the four decimals that 10,000 pixels need."""
    return round(value * 10000) / 10000
