"""A pointer over the pictures of a stage: all of them show the same place, and what is tied to it.

With the mouse or a finger by pointing, by keyboard with the arrow keys.
"""

from ui.browser import dom
from ui.lab.stage_view import draw_pictures

STEP = 0.01
"""How far an arrow key moves the pointer, as a share of the picture."""

MOVES = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}


class Pointer:
    """``ask(x, y)`` is a coroutine that answers with the neighbours' values and picture."""

    def __init__(self, ask, begin):
        self._ask, self._begin = ask, begin
        self._x = self._y = 0.5
        self.element = dom.create("div", "lab-pointer")
        self._pad = dom.create("button", "quiet", "Point at a pixel: arrow keys, or the pictures")
        self._pad.type = "button"
        self._pictures = dom.create("div", "lab-pictures")
        self._words = dom.create("pre", "lab-printed")
        self.element.append(self._pad, self._pictures, self._words)
        dom.on(self._pad, "click", lambda event: self._look())
        dom.on(self._pad, "keydown", self._key)

    def watch(self, stage):
        """Follow clicks on the pictures of a stage that show the whole photo."""
        dom.on(stage, "click", self._clicked)

    def _clicked(self, event):
        """Look at the place that was pointed at."""
        target = event.target
        if target.tagName != "CANVAS" or "8 x" in target.ariaLabel or "neigh" in target.ariaLabel:
            return
        box = target.getBoundingClientRect()
        self._x = (event.clientX - box.left) / max(box.width, 1)
        self._y = (event.clientY - box.top) / max(box.height, 1)
        self._look()

    def _key(self, event):
        """Move by keyboard."""
        move = MOVES.get(event.key)
        if move is None:
            return
        event.preventDefault()
        self._x = min(1, max(0, self._x + STEP * move[0]))
        self._y = min(1, max(0, self._y + STEP * move[1]))
        self._look()

    def _look(self):
        """Ask for the neighbours of the place."""
        self._begin(self._show())

    async def _show(self):
        """Show the neighbours and their numbers."""
        values, data = await self._ask(self._x, self._y)
        draw_pictures(self._pictures, values["pictures"], data)
        self._words.textContent = (
            "Green neighbours are tied to the pixel in the middle, red ones pushed apart:\n"
            + values["text"]
        )
