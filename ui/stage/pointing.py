"""The tool that tells what of a photo is meant: a box drawn around it, or a click on it."""

from common.edits.placing import PHOTO, in_look
from ui.browser import dom

SMALLEST = 0.015
"""Parts of the photo's sides below which a drawn box is a click."""

LINE = "#ffffff"
GROUND = "rgb(0 0 0 / 65%)"
"""A light line on a dark one is seen on any picture."""


class Pointer:
    """Draws boxes over the photo; ``pointed(place)`` gets each finished one, or a click.

    ``places()`` returns those that are meant already, ``geometry()`` how the photo is seen.
    """

    def __init__(self, pointed, places, geometry):
        self.pointed = pointed
        self.places = places
        self.geometry = geometry
        self.proposed = None
        """A box that was not drawn by hand, to be seen before it is used."""
        self._start = None

    def hover(self, _view, _event):
        """A pointer has no size to show."""

    def leave(self):
        """Nothing was shown."""

    def begin(self, view, event):
        """Put the first corner where the pointer is."""
        self._start = view.on_picture(event)
        self.proposed = None

    def move(self, view, event, _dx, _dy):
        """Draw the box out to where the pointer is."""
        self.draw(place_of(self._start, view.on_picture(event)))

    def end(self, view, event, cancelled):
        """Hand the box or the click over, unless a second finger took the pointer away."""
        start, self._start = self._start, None
        if not cancelled:
            self.pointed(place_of(start, view.on_picture(event)))
        self.draw()

    def draw(self, newest=None):
        """Draw what is meant, and ``newest`` or what is proposed."""
        context, across, down = sketchpad("photo-canvas", self.geometry())
        thin = max(2.0, max(across, down) / 400)
        latest = newest or self.proposed
        for place in self.places() + ([latest] if latest else []):
            left, top = place[0] * across, place[1] * down
            width, height = place[2] * across - left, place[3] * down - top
            context.setLineDash([4 * thin, 3 * thin] if place is latest else [])
            for colour, breadth in ((GROUND, 3 * thin), (LINE, 1.5 * thin)):
                context.strokeStyle = colour
                context.lineWidth = breadth
                if width == 0 and height == 0:
                    context.strokeRect(left - 3 * thin, top - 3 * thin, 6 * thin, 6 * thin)
                else:
                    context.strokeRect(left, top, width, height)

    def clear(self):
        """Take the boxes away."""
        self._start = self.proposed = None
        dom.show("overlay-canvas", False)


def sketchpad(covered, geometry):
    """Show the canvas over the picture, empty; return its context and the photo's width and height.

    It is as large as the canvas ``covered`` (by ``id``) and drawn on in pixels of the photo that is
    seen there, turned as its ``geometry`` says.
    """
    canvas, below = dom.element("overlay-canvas"), dom.element(covered)
    canvas.width, canvas.height = below.width, below.height
    dom.show(canvas)
    seen = in_look(geometry, PHOTO)
    width, height = seen.sheet_size(canvas.width, canvas.height)
    a, b, c, d, e, f = seen.onto_sheet(width, height)
    context = canvas.getContext("2d")
    context.setTransform(a, d, b, e, c, f)
    return context, width, height


def place_of(start, end):
    """Return the box between two points (x, y) of the photo, or a click where they are one."""
    (ax, ay), (bx, by) = clamped(start), clamped(end)
    if abs(ax - bx) < SMALLEST and abs(ay - by) < SMALLEST:
        return [ax, ay, ax, ay]
    return [min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)]


def clamped(point):
    """Return a point within the photo, with the four decimals that 10,000 pixels need."""
    return [round(min(1, max(0, value)) * 10000) / 10000 for value in point]
