"""Grid or rows: which of them is shown, chosen by a button and kept, and the keys that walk.

Only one photo of the grid is in the order of the Tab key, the one that was walked to last (a roving
tabindex, WAI-ARIA Authoring Practices); arrows, Home and End lead to the others.
"""

import asyncio

from common.language.words import say
from ui.browser import clock, dom
from ui.browser.window import choices
from ui.state.window import GRID, ROWS, layout_of, stepped

REST_SECONDS = 0.15
"""How long the keyboard must stay on a photo before the stage shows it."""


class Layout:
    """Knows how the list is laid out; ``changed()`` is called when that is another."""

    def __init__(self, queue, changed):
        self.queue = queue
        self._changed = changed
        self._choice = ""
        dom.on("list-rows", "click", lambda event: self._switch())

    def start(self):
        """Do as an earlier visit has chosen."""
        asyncio.create_task(self._recall())

    async def _recall(self):
        """Read what was chosen."""
        self._choice = (await choices.kept()).get(choices.LIST_PREFIX, "")
        self._changed()

    @property
    def is_grid(self):
        """Whether the photos stand in a grid."""
        return layout_of(self._choice, len(self.queue.items)) == GRID

    def _switch(self):
        """Change to the other one and keep it."""
        self._choice = ROWS if self.is_grid else GRID
        self._changed()
        asyncio.create_task(choices.keep(choices.LIST_PREFIX, self._choice))

    def draw(self):
        """Tell the styles and the button."""
        dom.element("main").dataset.list = GRID if self.is_grid else ROWS
        dom.show("list-rows", len(self.queue.items) > 1)
        dom.describe(dom.element("list-rows"), "aria-pressed", "false" if self.is_grid else "true")


class Walk:
    """Leads the keyboard through the list.

    ``row_of(item)`` returns an item's :class:`ui.list.row.Row`, ``select(item)`` shows it on the
    stage.
    """

    def __init__(self, queue, layout, row_of, select):
        self.queue = queue
        self.layout = layout
        self.row_of = row_of
        self.select = select
        self.at = None
        """The item that the Tab key leads to."""
        dom.describe(
            dom.element("queue"), "aria-label", say("Photos, arrow keys walk through them")
        )
        dom.on("queue", "keydown", self._down)

    def mark(self, item):
        """Let the Tab key lead to an item from now on, in the grid to no other."""
        before, self.at = self.at, item
        for one in (before, item):
            row = None if one is None else self.row_of(one)
            if row is not None:
                row.reach(not self.layout.is_grid or one is item)

    def _down(self, event):
        """Walk with the arrow keys, show with Enter (as a click does), remove with Delete."""
        focused = [item for item in self.queue.items if self._has_focus(item)]
        if not focused or event.ctrlKey or event.metaKey or event.altKey or event.shiftKey:
            return
        item, photos = focused[0], self.queue.items
        if event.key == "Delete" and item.ended:
            event.preventDefault()
            self.queue.set_aside([item])
            return
        place = photos.index(item)
        there = stepped(event.key, place, len(photos), dom.is_rtl(), self._lies)
        if there is None:
            return
        event.preventDefault()
        target = photos[there]
        self.mark(target)
        self.row_of(target).select.focus()
        clock.later(REST_SECONDS, lambda: self._rest(target))

    def _rest(self, item):
        """Show a photo on which the keyboard has stayed."""
        if self.at is item and item is not self.queue.shown and self._has_focus(item):
            self.select(item)

    def _has_focus(self, item):
        """Tell whether the keyboard is on the button of an item."""
        row = self.row_of(item)
        return row is not None and dom.has_focus(row.select)

    def _lies(self, place):
        """Return where the photo at a place of the list stands, (top, left) in CSS pixels."""
        element = self.row_of(self.queue.items[place]).element
        return element.offsetTop, element.offsetLeft
