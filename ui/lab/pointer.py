"""One pointer over the pictures of the edge stage: what is around it before and after, eight times.

With the mouse by moving over the pictures, with a finger by touching them, by keyboard with the
arrow keys on the button.
"""

from ui.browser import dom
from ui.lab.stage_view import draw_pictures

MOVES = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}

LEAP = 10
"""Pixels that an arrow key moves with Shift; without it is one."""


class Pointer:
    """``ask(x, y)`` is a coroutine that answers with a close-up; ``begin`` starts one."""

    def __init__(self, stage, ask, begin):
        self._stage, self._ask, self._begin = stage, ask, begin
        self._x = self._y = -1
        self._width = self._height = 1
        self._is_there = self._asks = self._again = False
        self.element = dom.create("div", "lab-pointer")
        self._pad = dom.create("button", "quiet", "Move the pointer with the arrow keys")
        self._pad.type = "button"
        hint = "Move over the pictures above: the close-ups enlarge what is under the pointer. "
        hint += "By keyboard: the arrow keys, with Shift ten pixels at once."
        self._pictures = dom.create("div", "lab-pictures lab-close-ups")
        self._words = dom.create("pre", "lab-printed")
        self.element.append(dom.create("p", "lab-hint", hint), self._pad)
        self.element.append(self._pictures, self._words)
        dom.on(stage, "pointermove", self._pointed)
        dom.on(stage, "click", self._pointed)
        dom.on(self._pad, "keydown", self._key)

    def leave(self):
        """What is shown belongs to an earlier run; there is nothing to point at now."""
        self._is_there = False

    def arrive(self):
        """The stage has run: look at the same place again, at first where the edge is softest."""
        self._is_there = True
        self._look()

    def _pointed(self, event):
        """Look at the place of the whole photo that is pointed at."""
        target = event.target
        if target.tagName != "CANVAS" or self.element.contains(target):
            return
        box = target.getBoundingClientRect()
        self._x = min(1, max(0, (event.clientX - box.left) / max(box.width, 1)))
        self._y = min(1, max(0, (event.clientY - box.top) / max(box.height, 1)))
        self._look()

    def _key(self, event):
        """Move by keyboard."""
        move = MOVES.get(event.key)
        if move is None:
            return
        event.preventDefault()
        step = LEAP if event.shiftKey else 1
        self._x = min(1, max(0, self._x + step * move[0] / self._width))
        self._y = min(1, max(0, self._y + step * move[1] / self._height))
        self._look()

    def _look(self):
        """Ask for the close-up of the place; while one is on its way, the last place waits."""
        self._again = True
        if self._is_there and not self._asks:
            self._begin(self._show())

    async def _show(self):
        """Show close-ups until the pointer rests."""
        self._asks = True
        try:
            while self._again and self._is_there:
                self._again = False
                values, data = await self._ask(self._x, self._y)
                self._width, self._height = values["width"], values["height"]
                if not self._again:
                    self._x, self._y = values["x"], values["y"]
                dom.paint(self._stage, "--x", str(100 * values["x"]) + "%")
                dom.paint(self._stage, "--y", str(100 * values["y"]) + "%")
                draw_pictures(self._pictures, values["pictures"], data)
                self._words.textContent = values["text"]
        finally:
            self._asks = False
