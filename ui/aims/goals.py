"""What a file is for, before how it is made: one press sets all that follows from it."""

from common.language.words import say
from ui.aims.taking import Taking
from ui.browser import dom


class Goals:
    """A button for each goal; ``chosen()`` is called once one was taken or taken back."""

    def __init__(self, scope, goals, chosen):
        """``goals`` are :class:`common.edits.presets.Goal`."""
        self.scope = scope
        self.taking = Taking(scope, goals)
        self.chosen = chosen
        self.element = dom.create("div", "goals")
        dom.describe(self.element, "role", "group")
        question = say("What is the file for?")
        dom.describe(self.element, "aria-label", question)
        heard = dom.create("p", "goals-question", question)
        # The group has the same name.
        dom.describe(heard, "aria-hidden", "true")
        self.buttons = []
        for goal in goals:
            button = dom.create("button", "quiet small goal", goal.name)
            button.type = "button"
            button.title = goal.words
            dom.describe(button, "aria-description", goal.words)
            dom.on(button, "click", lambda event, goal=goal: self._take(goal))
            self.buttons.append(button)
        self.words = dom.create("p", "aim-words")
        self.element.append(heard, *self.buttons)
        self.element.append(self.words)

    def _take(self, goal):
        """Set what follows from a goal, or take it back where it is set."""
        self.taking.press(goal)
        self.chosen()
        self.draw()
        dom.announce(self.words.textContent or say("Undone"))

    def follow(self):
        """Draw if a panel has the buttons."""
        if self.element.isConnected:
            self.draw()

    def draw(self):
        """Show which goal the settings of the photo on the stage fit."""
        item = self.scope.item()
        dom.show(self.element, item is not None)
        said = ""
        for button, goal in zip(self.buttons, self.taking.goals):
            fits = self.taking.has(goal)
            dom.describe(button, "aria-pressed", "true" if fits else "false")
            if fits:
                said = goal.words
        self.words.textContent = said
        dom.show(self.words, said != "")
