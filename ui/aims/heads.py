"""What stands above the controls of every panel: the goal, whom it is for, the file's size."""

from ui.aims.goals import Goals
from ui.aims.save_line import SaveLine
from ui.aims.scope_switch import ScopeSwitch


class Head:
    """The parts above the panels of one :class:`ui.panels.scope.Scope`."""

    def __init__(self, scope, goals, saver, chosen):
        """``goals`` are :class:`common.edits.presets.Goal`; ``chosen()`` is called once one was
        taken.
        """
        self.queue = scope.queue
        self.switch = ScopeSwitch(scope)
        self.goals = Goals(scope, goals, chosen)
        self.line = SaveLine(scope.queue, saver)

    def elements(self, has_format):
        """Return the elements for a panel; ``has_format`` tells whether one is chosen there."""
        self.draw()
        if not has_format:
            return [self.switch.element]
        self.goals.draw()
        return [self.line.element, self.switch.element, self.goals.element]

    def changed(self, item):
        """Follow the photo on the stage."""
        if item is self.queue.shown:
            self.draw()

    def draw(self, _item=None):
        """Show what is so by now."""
        self.switch.draw()
        self.goals.follow()
        self.line.draw()
