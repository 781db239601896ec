"""The panel of the tabs Compress, Convert and Resize: figures, whom it is for, the controls."""

from common.language.words import say
from ui.browser import dom
from ui.panels.fields import Pair
from ui.state.recipe import CUTOUT

ALL, ONE = "all", "one"


class TaskPanel:
    """Shows the section of the chosen tab beside the stage."""

    def __init__(self, queue, scope, sections, outcome, receipt):
        """``sections`` maps a tab's name to its :class:`ui.panels.panel.Section`."""
        self.queue = queue
        self.scope = scope
        self.sections = sections
        self.outcome = outcome
        self.receipt = receipt
        self.pair = Pair(
            say("Whom these settings are for"),
            ((ALL, say("All photos")), (ONE, say("Only this photo"))),
            self._choose_scope,
        )
        dom.element("task-body").append(outcome.element, self.pair.element)
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
            self.place.replaceChildren(section.element)
        self.draw()

    def _choose_scope(self, value):
        """Make the next changes for all photos or for the shown one."""
        self.scope.choose(value == ALL)
        self.draw()

    def shown_changed(self, _item):
        """Another photo is on the stage; it begins with the settings that it has."""
        self.scope.wants_all = True
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
        dom.show(self.pair.element, len(self.queue.items) > 1)
        self.pair.set(ALL if self.scope.is_for_all() else ONE)
        self.sections[self._tab].draw()
        if has_photo:
            self.receipt.draw()
