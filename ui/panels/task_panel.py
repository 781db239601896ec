"""The panel of the tabs Compress, Convert and Resize: figures, whom it is for, the controls."""

from ui.browser import dom
from ui.state.recipe import CUTOUT


class TaskPanel:
    """Shows the section of the chosen tab beside the stage."""

    def __init__(self, queue, sections, outcome, receipt, head):
        """``sections`` maps a tab's name to its :class:`ui.panels.panel.Section`;
        ``head(name)`` returns what stands above one.
        """
        self.queue = queue
        self.sections = sections
        self.outcome = outcome
        self.receipt = receipt
        self.head = head
        dom.element("task-body").append(outcome.element)
        self.place = dom.create("div", "task-section")
        dom.element("task-body").append(self.place, receipt.element)
        self._tab = None

    def choose(self):
        """Follow the tabs: show the chosen tab's section, or nothing."""
        tab = self.queue.recipe.tab
        dom.show("task", tab != CUTOUT)
        self._tab = None if tab == CUTOUT else tab
        if self._tab is not None:
            section = self.sections[tab]
            dom.element("task-title").textContent = section.title
            self.place.replaceChildren(*self.head(tab), section.element)
        self.draw()

    def shown_changed(self, _item):
        """Another photo is on the stage."""
        self.draw()

    def changed(self, item):
        """Follow the photo on the stage."""
        if item is self.queue.shown:
            self.draw()

    def draw(self):
        """Show the values for the photo on the stage."""
        if self._tab is None:
            return
        has_photo = self.queue.shown is not None
        dom.show(self.outcome.element, has_photo)
        dom.show(self.receipt.element, has_photo)
        self.outcome.draw()
        self.sections[self._tab].draw()
        if has_photo:
            self.receipt.draw()
