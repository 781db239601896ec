"""Controls for the task panels: typed numbers that may be refused, choices as buttons, folds."""

from common.language.words import say
from ui.browser import dom


class NumberField:
    """A typed whole number with its unit; a refused one says why and changes nothing."""

    def __init__(self, name, label, unit, changed, empty=None):
        """``changed(number)`` may raise ``ValueError`` with one sentence.

        An empty field stands for the number ``empty``; with ``None`` it has to hold one.
        """
        self.changed = changed
        self.empty = empty
        self.element = dom.create("div", "control number")
        self.input = dom.create("input")
        self.input.type = "text"
        self.input.inputMode = "numeric"
        self.input.autocomplete = "off"
        self.input.id = "control-" + name
        dom.describe(self.input, "aria-describedby", "refused-" + name)
        text = dom.create("label", "", label)
        text.htmlFor = self.input.id
        self.refused = dom.create("p", "refused")
        self.refused.id = "refused-" + name
        dom.describe(self.refused, "role", "alert")
        unit_words = dom.create("span", "unit", unit)
        self.element.append(text, self.input, unit_words, self.refused)
        dom.on(self.input, "change", lambda event: self._typed())

    def _typed(self):
        """Take the typed number, or say why not."""
        typed = self.input.value.strip()
        try:
            if not typed and self.empty is not None:
                number = self.empty
            elif typed.isdigit():
                number = int(typed)
            else:
                raise ValueError(say("Type a whole number."))
            self.changed(number)
            self.refuse("")
        except ValueError as error:
            self.refuse(str(error))

    def refuse(self, words):
        """Show why the typed number is not taken, or nothing."""
        self.refused.textContent = words
        dom.describe(self.input, "aria-invalid", "true" if words else "false")

    def set(self, value):
        """Show ``value`` without telling anybody, unless the user is typing or was refused."""
        if dom.has_focus(self.input) or self.refused.textContent:
            return
        self.input.value = "" if value == self.empty else str(value)


class Pair:
    """Two buttons of which one is chosen, for a question with two answers."""

    def __init__(self, label, answers, changed):
        """``answers`` are two pairs of value and words; ``changed(value)`` gets the chosen one."""
        self.element = dom.create("div", "pair")
        dom.describe(self.element, "role", "group")
        dom.describe(self.element, "aria-label", label)
        self.buttons = {}
        for value, words in answers:
            button = dom.create("button", "quiet small", words)
            button.type = "button"
            dom.on(button, "click", lambda event, value=value: changed(value))
            self.buttons[value] = button
            self.element.append(button)

    def set(self, value):
        """Show which one is chosen."""
        for other, button in self.buttons.items():
            dom.describe(button, "aria-pressed", "true" if other == value else "false")


def fold(title, class_name=""):
    """Return a closed fold (``details``) and its heading (``summary``)."""
    element = dom.create("details", ("fold " + class_name).strip())
    summary = dom.create("summary", "", title)
    element.append(summary)
    return element, summary
