"""One photo of the list: thumbnail, state in a word and a colour, what can be done to it."""

from common import naming
from common.language.words import beside, say
from ui.browser import dom
from ui.stage.stage import paint_canvas, state_words
from ui.state import items
from ui.state.file_settings import is_original
from ui.state.totals import change_words

AT_WORK = say("At work")

SHORT = {
    items.WAITING: say("Waits"),
    items.DONE: say("Done"),
    items.FAILED: say("Failed"),
    items.CANCELLED: say("Stopped"),
}
"""A photo's state in one word, for the grid; all states that are missing mean work."""

DOUBT = say("Check")
"""The word for a photo of which the network was not sure."""

NEEDS_A_LOOK = say("Needs a look: the network was not sure")


def mark_of(item):
    """Return what the styles call an item's state: that of work for all of its steps, ``look``
    where somebody should look at what came out.
    """
    if item.needs_a_look:
        return "look"
    return "work" if item.state in items.WORKING else item.state


def word_of(item):
    """Return an item's state in one word."""
    return DOUBT if item.needs_a_look else SHORT.get(item.state, AT_WORK)


def status_words(item):
    """Return what stands beneath a photo's name."""
    if item.error:
        return item.error
    if item.needs_a_look:
        return NEEDS_A_LOOK
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
    """One photo in the list; ``select(item)`` shows it on the stage."""

    def __init__(self, item, queue, select, saver):
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
        self.text = dom.create("span", "row-text")
        self.status = dom.create("span", "row-status")
        self.word = dom.create("span", "row-word")
        self.bar = dom.create("progress", "row-progress")
        self.bar.max = 1
        dom.describe(self.bar, "aria-label", say("Progress of {name}", name=item.name))
        self.text.append(dom.create("span", "row-name", item.name), self.status)
        self.select.append(self.canvas, self.text, self.word)
        self.actions = dom.create("div", "row-actions")
        self.download = dom.create("a", "button quiet small", say("Download"))
        saver.bind(self.download, lambda: item)
        self.cancel = self._button(say("Cancel"), lambda event: queue.cancel(item))
        self.retry = self._button(say("Retry"), lambda event: queue.retry(item))
        self.remove = self._button(say("Remove"), lambda event: queue.set_aside([item]))
        self.actions.append(self.download, self.cancel, self.retry, self.remove)
        self.element.append(self.select, self.bar, self.actions)
        dom.on(self.select, "click", lambda event: select(item))

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
        self.element.dataset.mark = mark_of(item)
        self.element.dataset.fresh = "yes" if self.queue.recipe.is_fresh(item) else "no"
        self.element.dataset.seconds = item.timing.total
        self.element.dataset.previewSeconds = item.timing.preview
        self.element.dataset.inferenceSeconds = item.timing.inference
        self.element.dataset.preview = "yes" if item.pictures.provisional else "no"
        self.status.textContent = status_words(item)
        self.word.textContent = word_of(item)
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

    def reach(self, reached):
        """Let the Tab key lead here, or only the arrow keys."""
        self.select.tabIndex = 0 if reached else -1

    def lend(self, place):
        """Show in ``place`` what can be done to the photo, or here again for ``None``."""
        (self.element if place is None else place).append(self.actions)

    def leave(self):
        """Take the row out of the list and keep the keyboard's place."""
        neighbour = self.element.nextElementSibling or self.element.previousElementSibling
        had_focus = dom.has_focus(self.element) or dom.has_focus(self.actions)
        self.element.remove()
        self.actions.remove()
        if had_focus:
            target = neighbour.querySelector("button") if neighbour else dom.element("choose")
            target.focus()
