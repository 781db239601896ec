"""One stage on the lab's page: its pictures, its numbers, what it promises, its code."""

from ui.browser import bitmaps, dom


class StageView:
    """Draws a stage; ``code`` is the :class:`ui.lab.code_view.CodeView` below it or ``None``."""

    def __init__(self, number, stage, code):
        self.key = stage["key"]
        self.code = code
        self.element = dom.create("section", "lab-stage")
        self.element.id = "stage-" + self.key
        self.element.dataset.state = "waiting"
        heading = dom.create("h2", "", str(number) + ". " + stage["title"])
        heading.id = "stage-title-" + self.key
        dom.describe(self.element, "aria-labelledby", heading.id)
        self._status = dom.create("p", "lab-status")
        self._pictures = dom.create("div", "lab-pictures")
        self._numbers = dom.create("dl", "lab-numbers")
        self._readings = dom.create("ul", "lab-readings")
        self.element.append(heading, dom.create("p", "lab-words", stage["words"]), self._status)
        self.element.append(self._pictures, self._numbers, self._readings)
        if code is not None:
            self.element.append(code.element)

    def say(self, state, words=""):
        """Show that the stage is ``waiting``, ``running``, ``done`` or ``failed``."""
        self.element.dataset.state = state
        self._status.textContent = words

    def show(self, values, data):
        """Show what the stage has computed; the buffer holds the pictures one after the other."""
        self.say("done", "Computed in " + ("%.2f" % values["seconds"]) + " seconds.")
        self._numbers.replaceChildren()
        for label, text in values["numbers"]:
            self._numbers.append(dom.create("dt", "", label), dom.create("dd", "", text))
        self._readings.replaceChildren()
        for reading in values["readings"]:
            holds = reading["holds"]
            words = reading["name"] + ": " + reading["found"]
            if not holds:
                words += ", but it must be " + reading["expected"]
            line = dom.create("li", "lab-reading", ("✓ " if holds else "✗ ") + words)
            line.dataset.holds = "yes" if holds else "no"
            self._readings.append(line)
        draw_pictures(self._pictures, values["pictures"], data)


def draw_pictures(target, pictures, data):
    """Draw pictures (title, width, height; RGBA in ``data``) as canvases with a caption."""
    target.replaceChildren()
    at = 0
    for picture in pictures:
        width, height = picture["width"], picture["height"]
        length = width * height * 4
        image = bitmaps.image_data(width, height, data.slice(at, at + length))
        at += length
        canvas = dom.create("canvas")
        canvas.width, canvas.height = width, height
        dom.describe(canvas, "role", "img")
        dom.describe(canvas, "aria-label", picture["title"])
        canvas.getContext("2d").putImageData(image, 0, 0)
        figure = dom.create("figure")
        figure.append(canvas, dom.create("figcaption", "", picture["title"]))
        target.append(figure)
