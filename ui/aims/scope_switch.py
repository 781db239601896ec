"""One switch for all panels: this photo or all of them, what that does, and the way back."""

from common.language.words import say
from ui.browser import dom
from ui.panels.controls import action
from ui.panels.fields import Pair

ONE, ALL = "one", "all"


class ScopeSwitch:
    """Shows and chooses whom a :class:`ui.panels.scope.Scope` writes to."""

    def __init__(self, scope):
        self.scope = scope
        self.element = dom.create("div", "aim")
        self.pair = Pair(
            say("Whom these settings are for"),
            ((ONE, say("This photo")), (ALL, "")),
            lambda value: scope.choose(value == ALL),
        )
        self.words = dom.create("p", "aim-words")
        self.undo = action(say("Undo"), self._undo)
        self.element.append(self.pair.element, self.words, self.undo)
        self._said = False

    def _undo(self):
        """Take back what was changed for all."""
        self.scope.undo()
        dom.announce(say("Undone"))
        self.pair.buttons[ALL].focus()

    def draw(self, _item=None):
        """Show whom changes are for, where there is more than one photo."""
        count = len(self.scope.queue.items)
        dom.show(self.element, count > 1)
        if count < 2:
            return
        for_all, changed = self.scope.is_for_all(), self.scope.can_undo()
        self.pair.buttons[ALL].textContent = say("All {count}", count=count)
        self.pair.set(ALL if for_all else ONE)
        self.words.textContent = words_of(for_all, changed)
        dom.show(self.undo, changed)
        if changed and not self._said:
            dom.announce(self.words.textContent)
        self._said = changed


def words_of(for_all, changed):
    """Return what a change does, or what one has done."""
    if changed:
        return say("Changed for all photos.")
    if not for_all:
        return say("What you change stays with this photo.")
    return say("What you change goes to all photos.")
