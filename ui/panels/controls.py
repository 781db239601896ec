"""Labelled controls made from short descriptions: each has a name, a value and a keyboard way."""

from common.language.words import UNBROKEN, number, say
from ui.browser import dom


class Slider:
    """A range input with its label and its value in words beside it."""

    def __init__(self, name, label, low, high, step, unit, changed, told=None):
        """``changed(value)`` is called with a number while the user drags or presses arrows.

        ``told(value)`` returns the words beside it, ``None`` for the number and its unit.
        """
        self.told = told
        self.unit = unit
        self.step = step
        self.noted = ""
        self.element = dom.create("div", "control")
        self.input = dom.create("input")
        self.input.type = "range"
        self.input.id = "control-" + name
        self.input.min, self.input.max, self.input.step = low, high, step
        text = dom.create("label", "", label)
        text.htmlFor = self.input.id
        self.output = dom.create("output", "control-value")
        self.output.htmlFor = self.input.id
        self.element.append(text, self.output, self.input)
        dom.on(self.input, "input", lambda event: self._moved(changed))

    def _moved(self, changed):
        """Show the new value and tell it."""
        self._draw()
        changed(float(self.input.value))

    def set(self, value):
        """Show ``value`` without telling anybody."""
        self.input.value = value
        self._draw()

    def note(self, words):
        """Write something beside the value, "" for nothing."""
        self.noted = words
        self._draw()

    def reach(self, high, unit):
        """Let the slider go as far as ``high``, in another unit."""
        self.input.max = high
        self.unit = unit
        self._draw()

    def _draw(self):
        """Write the value in words."""
        value = float(self.input.value)
        words = number(int(value) if self.step >= 1 else round(value * 100) / 100)
        words += UNBROKEN + self.unit if self.unit else ""
        if self.told is not None:
            words = self.told(value)
        self.output.textContent = words + (", " + self.noted if self.noted else "")
        dom.describe(self.input, "aria-valuetext", self.output.textContent)


class Choice:
    """A select box with its label."""

    def __init__(self, name, label, choices, changed):
        """``choices`` are pairs of value and words; ``changed(value)`` gets the chosen value."""
        self.element = dom.create("div", "control")
        self.input = dom.create("select")
        self.input.id = "control-" + name
        for value, words in choices:
            option = dom.create("option", "", words)
            option.value = value
            self.input.append(option)
        text = dom.create("label", "", label)
        text.htmlFor = self.input.id
        self.element.append(text, self.input)
        dom.on(self.input, "change", lambda event: changed(self.input.value))

    def set(self, value):
        """Show ``value`` without telling anybody."""
        self.input.value = value


class Switch:
    """A check box with its label."""

    def __init__(self, name, label, changed):
        """``changed(value)`` gets ``True`` or ``False``."""
        self.element = dom.create("label", "control switch")
        self.input = dom.create("input")
        self.input.type = "checkbox"
        self.input.id = "control-" + name
        self.element.append(self.input, dom.create("span", "", label))
        dom.on(self.input, "change", lambda event: changed(bool(self.input.checked)))

    def set(self, value):
        """Show ``value`` without telling anybody."""
        self.input.checked = value


class Colour:
    """A colour picker with a field for the hexadecimal code and the colours used before.

    The colours used before are the same for all of them; they are not kept for a later visit.
    """

    RECENT = 6
    recent = ["#ffffff", "#f2f2f2", "#000000"]

    def __init__(self, name, label, changed):
        """``changed(value)`` gets ``#rrggbb``."""
        self.changed = changed
        self._drawn = None
        self.element = dom.create("fieldset", "control colour")
        self.picker = dom.create("input")
        self.picker.type = "color"
        self.picker.id = "control-" + name
        dom.describe(self.picker, "aria-label", label)
        self.code = dom.create("input")
        self.code.type = "text"
        self.code.maxLength = 7
        self.code.spellcheck = False
        dom.describe(self.code, "aria-label", say("{colour} as hexadecimal code", colour=label))
        self.swatches = dom.create("div", "swatches")
        self.wrong = dom.create("span", "control-hint")
        self.wrong.id = "wrong-" + name
        dom.show(self.wrong, False)
        dom.describe(self.code, "aria-describedby", self.wrong.id)
        self.element.append(dom.create("legend", "", label), self.picker, self.code)
        self.element.append(self.wrong, self.swatches)
        dom.on(self.picker, "input", lambda event: self._chosen(self.picker.value))
        dom.on(self.picker, "change", lambda event: self._remember(self.picker.value))
        dom.on(self.code, "change", lambda event: self._typed())

    def _typed(self):
        """Take a typed code when it is one, else go back to the colour before and say so."""
        value = "#" + self.code.value.strip().lower().lstrip("#")
        if len(value) == 4:
            value = "#" + "".join([digit + digit for digit in value[1:]])
        if len(value) == 7 and all(digit in "0123456789abcdef" for digit in value[1:]):
            self._chosen(value)
            self._remember(value)
        else:
            self.code.value = self.picker.value
            self.wrong.textContent = say("No colour code. One looks like #12ab34 or #1a3.")
            dom.show(self.wrong)
            dom.announce(self.wrong.textContent)

    def _chosen(self, value):
        """Show a colour and tell it."""
        self.code.value = value
        dom.show(self.wrong, False)
        self.set(value)
        self.changed(value)

    def _remember(self, value):
        """Put a colour first among the recent ones."""
        others = [colour for colour in Colour.recent if colour != value]
        Colour.recent = ([value] + others)[: self.RECENT]
        self._draw_recent()

    def _draw_recent(self):
        """Draw the recent colours as buttons, unless they are there: one may have the focus."""
        if self._drawn is Colour.recent:
            return
        self._drawn = Colour.recent
        self.swatches.replaceChildren()
        for value in Colour.recent:
            button = dom.create("button", "swatch")
            button.type = "button"
            dom.paint(button, "background-color", value)
            dom.describe(button, "aria-label", say("Use {colour}", colour=value))
            dom.on(button, "click", lambda event, value=value: self._chosen(value))
            self.swatches.append(button)

    def set(self, value):
        """Show ``value`` without telling anybody; a code that is being typed stays."""
        self.picker.value = value
        if not dom.has_focus(self.code):
            self.code.value = value
        self._draw_recent()


def action(label, pressed, class_name="quiet small"):
    """Return a button that calls ``pressed()``."""
    button = dom.create("button", class_name, label)
    button.type = "button"
    dom.on(button, "click", lambda event: pressed())
    return button
