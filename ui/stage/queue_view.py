"""The list of photos: a row each with thumbnail, stage, progress and what can be done to it."""

from common import naming
from common.language.words import beside, say
from ui.browser import dom
from ui.stage.stage import paint_canvas, state_words
from ui.state import items
from ui.state.file_settings import is_original
from ui.state.totals import change_words


class QueueView:
    """Draws the queue; each row is made once and then only updated."""

    def __init__(self, queue, stage, saver):
        self.queue = queue
        self.stage = stage
        self.saver = saver
        self._rows = {}
        self._marked = None
        self._told = None

    def changed(self, item):
        """Bring one row, the heading and the list's visibility up to date."""
        dom.show("queue-panel", bool(self.queue.items or self.queue.aside))
        if item in self.queue.items:
            row = self._rows.get(item.identifier)
            if row is None:
                row = self._rows[item.identifier] = Row(item, self.queue, self.stage, self.saver)
                self._put(row)
            row.draw()
        elif item.identifier in self._rows:
            self._rows.pop(item.identifier).leave()
            self.saver.release(item)
        self.mark()
        self._draw_heading()

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
        elif shown is not None and shown.identifier in self._rows:
            self._rows[shown.identifier].mark(shown)

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


def status_words(item):
    """Return what stands beneath a photo's name."""
    if item.error:
        return item.error
    if item.state != items.DONE or item.settings.cutout or item.result is None:
        return state_words(item)
    size = item.result.file.size
    words = [naming.byte_size(size), change_words(item.size, size)]
    if is_original(item):
        words = [naming.byte_size(size), say("the original file")]
    if item.result.missed:
        words.append(say("above {limit}", limit=naming.byte_size(item.result.missed)))
    return beside(words)


class Row:
    """One photo in the list."""

    def __init__(self, item, queue, stage, saver):
        self.item = item
        self.queue = queue
        self.saver = saver
        self._thumbnail = None
        self._state = None
        self.element = dom.create("li", "row")
        self.element.dataset.item = str(item.identifier)
        self.select = dom.create("button", "row-select")
        self.select.type = "button"
        self.canvas = dom.create("canvas", "thumbnail checkerboard is-awaited")
        dom.describe(self.canvas, "aria-hidden", "true")
        text = dom.create("span", "row-text")
        self.status = dom.create("span", "row-status")
        self.bar = dom.create("progress", "row-progress")
        self.bar.max = 1
        dom.describe(self.bar, "aria-label", say("Progress of {name}", name=item.name))
        text.append(dom.create("span", "row-name", item.name), self.status)
        self.select.append(self.canvas, text)
        self.actions = dom.create("div", "row-actions")
        self.download = dom.create("a", "button quiet small", say("Download"))
        saver.bind(self.download, lambda: item)
        self.cancel = self._button(say("Cancel"), lambda event: queue.cancel(item))
        self.retry = self._button(say("Retry"), lambda event: queue.retry(item))
        self.remove = self._button(say("Remove"), lambda event: queue.set_aside([item]))
        self.actions.append(self.download, self.cancel, self.retry, self.remove)
        self.element.append(self.select, self.bar, self.actions)
        dom.on(self.select, "click", lambda event: stage.select(item))

    def _button(self, text, action):
        """Return a small button named after the photo for screen readers."""
        button = dom.create("button", "quiet small", text)
        button.type = "button"
        dom.describe(button, "aria-label", say("{action} {name}", action=text, name=self.item.name))
        dom.on(button, "click", action)
        return button

    def draw(self):
        """Show the item's present state."""
        item = self.item
        self.element.dataset.state = item.state
        self.element.dataset.fresh = "yes" if self.queue.recipe.is_fresh(item) else "no"
        self.element.dataset.seconds = item.timing.total
        self.element.dataset.previewSeconds = item.timing.preview
        self.element.dataset.inferenceSeconds = item.timing.inference
        self.element.dataset.preview = "yes" if item.pictures.provisional else "no"
        self.status.textContent = status_words(item)
        self.bar.value = items.STEPS[item.state]
        dom.show(self.bar, not item.ended)
        dom.show(self.cancel, not item.ended)
        dom.show(self.retry, item.state in (items.FAILED, items.CANCELLED))
        dom.show(self.remove, item.ended)
        what = say("Download {name}", name=item.name)
        if item.settings.cutout:
            what = say("Download the cutout of {name}", name=item.name)
        dom.describe(self.download, "aria-label", what)
        self.saver.point(self.download, item)
        if item.pictures.thumbnail and item.pictures.thumbnail is not self._thumbnail:
            self._thumbnail = item.pictures.thumbnail
            self.canvas.classList.remove("is-awaited")
            paint_canvas(self.canvas, item.pictures.thumbnail)
        if item.state == items.FAILED and self._state != item.state:
            dom.announce(item.name + ": " + item.error)
        self._state = item.state

    def mark(self, shown):
        """Mark the row whose photo is on the stage."""
        if self.item is shown:
            dom.describe(self.select, "aria-current", "true")
        else:
            self.select.removeAttribute("aria-current")

    def leave(self):
        """Take the row out of the list and keep the keyboard's place."""
        neighbour = self.element.nextElementSibling or self.element.previousElementSibling
        had_focus = dom.has_focus(self.element)
        self.element.remove()
        if had_focus:
            target = neighbour.querySelector("button") if neighbour else dom.element("choose")
            target.focus()
