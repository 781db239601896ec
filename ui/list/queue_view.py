"""Draws the list of photos; :mod:`ui.list.row` draws one of them."""

from common.language.words import say
from ui.browser import dom
from ui.list.layout import Layout, Walk
from ui.list.row import Row, status_words
from ui.state import items


class QueueView:
    """Draws the queue; each row is made once and then only updated."""

    def __init__(self, queue, stage, saver):
        self.queue = queue
        self.stage = stage
        self.saver = saver
        self._rows = {}
        self._marked = None
        self._lent = None
        self._told = None
        self._was_grid = False
        self.layout = Layout(queue, self.laid_out)
        self.walk = Walk(queue, self.layout, self._row_of, stage.select)
        dom.on("failures", "click", lambda event: self._next_failure())

    def _row_of(self, item):
        """Return the row of an item, ``None`` where it has none."""
        return self._rows.get(item.identifier)

    def _next_failure(self):
        """Lead to the next photo that could not be done, from the last one to the first."""
        photos = self.queue.items
        place = photos.index(self.queue.shown) + 1 if self.queue.shown in photos else 0
        for item in photos[place:] + photos[:place]:
            if item.state == items.FAILED:
                self.stage.select(item)
                self._row_of(item).select.focus()
                return

    def changed(self, item):
        """Bring one row, the heading and the list's visibility up to date."""
        dom.show("queue-panel", bool(self.queue.items or self.queue.aside))
        self.layout.draw()
        if item in self.queue.items:
            row = self._row_of(item)
            if row is None:
                row = self._rows[item.identifier] = Row(
                    item, self.queue, self.stage.select, self.saver
                )
                row.reach(not self.layout.is_grid)
                self._put(row)
            row.draw()
        elif item.identifier in self._rows:
            if self._lent is item:
                self._lent = None
            self._rows.pop(item.identifier).leave()
            self.saver.release(item)
        self.mark()
        if self._was_grid != self.layout.is_grid:
            self.laid_out()
        self._draw_heading()

    def laid_out(self):
        """The list is a grid now, or rows."""
        self._was_grid = self.layout.is_grid
        self.layout.draw()
        for item in self.queue.items:
            row = self._row_of(item)
            if row is not None:
                row.reach(not self.layout.is_grid or item is self.queue.shown)
        self._lend()

    def _put(self, row):
        """Put a new row where its photo stands in the list."""
        following = self.queue.items[self.queue.items.index(row.item) + 1 :][:1]
        after = self._rows.get(following[0].identifier) if following else None
        if after is None:
            dom.element("queue").append(row.element)
        else:
            after.element.before(row.element)

    def mark(self, _item=None):
        """Mark the row on the stage; only two rows are touched, however long the list is."""
        shown = self.queue.shown
        if shown is not self._marked:
            for item in (self._marked, shown):
                if item is not None and item.identifier in self._rows:
                    self._rows[item.identifier].mark(shown)
            self._marked = shown
            self.walk.mark(shown)
        elif shown is not None and shown.identifier in self._rows:
            self._rows[shown.identifier].mark(shown)
        self._lend()

    def _lend(self):
        """Show in the grid, in one place, the name of the photo on the stage and its buttons."""
        shown = self.queue.shown
        row = None if shown is None else self._row_of(shown)
        lent = shown if self.layout.is_grid and row is not None else None
        if lent is not self._lent:
            before = None if self._lent is None else self._row_of(self._lent)
            if before is not None:
                before.lend(None)
            self._lent = lent
            if lent is not None:
                row.lend(dom.element("queue-current-actions"))
                if row.select.tabIndex != 0:
                    self.walk.mark(lent)
        dom.show("queue-current", lent is not None)
        if lent is not None:
            dom.element("queue-current").dataset.state = lent.state
            dom.element("queue-current-name").textContent = lent.name
            dom.element("queue-current-status").textContent = status_words(lent)

    def _draw_heading(self):
        """Write how many photos are done, for eyes at once and for screen readers at the end."""
        total = len(self.queue.items)
        done = self.queue.count(items.DONE)
        failed = self.queue.count(items.FAILED)
        words = say("{done} of {total} done", done=done, total=total)
        if failed:
            words = say(
                "{done} of {total} done, {failed} not", done=done, total=total, failed=failed
            )
        dom.element("queue-title").textContent = words
        ended = total and self.queue.count(*items.ENDED) == total
        if ended and self._told != words:
            dom.announce(words)
        # An undone step or another format is no news of the list.
        self._told = words if ended else None
