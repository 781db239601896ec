"""One stage on the lab's page: its pictures, its numbers, what it promises, its code."""

from ui.browser import bitmaps, dom


class StageView:
    """Draws a stage; ``code`` is the :class:`ui.lab.code_view.CodeView` below it or ``None``."""

    def __init__(self, number, stage, code):
        self.key = stage["key"]
        self.code = code
        self.element = dom.create("section", "lab-stage")
        self.element.id = "stage-" + self.key
        self._waits = stage["waits"]
        self.element.dataset.state = "waiting"
        heading = dom.create("h2", "", str(number) + ". " + stage["title"])
        heading.id = "stage-title-" + self.key
        dom.describe(self.element, "aria-labelledby", heading.id)
        self._status = dom.create("p", "lab-status")
        self._notice = dom.create("p", "hint")
        self._notice.hidden = True
        self._pictures = dom.create("div", "lab-pictures")
        self._numbers = dom.create("dl", "lab-numbers")
        self._readings = dom.create("ul", "lab-readings")
        self._printed = dom.create("pre", "lab-printed")
        self._printed.hidden = True
        self.element.append(heading, dom.create("p", "lab-words", stage["words"]), self._status)
        self.element.append(glossary("Words on this stage", stage["glossary"]))
        self.element.append(self._notice, self._pictures, self._numbers, self._readings)
        self.element.append(self._printed)
        self.extra = dom.create("div")
        """For what only some stages have."""
        self.element.append(self.extra)
        if code is not None:
            self.element.append(code.element)

    def say(self, state, words=""):
        """Show that the stage is ``waiting``, ``running``, ``done`` or ``failed``."""
        self.element.dataset.state = state
        self._status.textContent = words

    def fail(self, words):
        """Show that the stage's code has raised something; what it promised says nothing now."""
        self.say("failed", words)
        self._readings.replaceChildren()
        self._print("")

    def clear(self):
        """Show nothing of an earlier photo."""
        for part in (self._pictures, self._numbers, self._readings):
            part.replaceChildren()
        self._notice.hidden = True
        self._print("")

    def _print(self, text):
        """Show what the code has printed."""
        self._printed.textContent = text
        self._printed.hidden = not text

    def show(self, values, data):
        """Show what the stage has computed; the buffer holds the pictures one after the other.

        Where a contract is broken there may be none; then the last good ones stay.
        """
        words = "Computed in " + ("%.2f" % values["seconds"]) + " seconds."
        if self._waits:
            words = "The network's own seconds stand below."
        self.say("done", words)
        self._print(values["printed"])
        self._show_readings(values["readings"])
        if not all(reading["holds"] for reading in values["readings"]):
            return
        self._numbers.replaceChildren()
        self._notice.textContent = values["notice"]
        self._notice.hidden = not values["notice"]
        for label, text in values["numbers"]:
            length = values["marked"].get(label, 0)
            number = dom.create("dd")
            if length:
                number.append(dom.create("strong", "", text[:length]))
            number.append(dom.create("span", "", text[length:]))
            self._numbers.append(dom.create("dt", "", label), number)
        draw_pictures(self._pictures, values["pictures"], data)

    def _show_readings(self, readings):
        """Show what was promised of the stage's results, and whether it holds."""
        self._readings.replaceChildren()
        for reading in readings:
            holds = reading["holds"]
            line = dom.create("li", "lab-reading", ("✓ " if holds else "✗ ") + reading["words"])
            line.dataset.holds = "yes" if holds else "no"
            self._readings.append(line)


def glossary(title, words):
    """Return a list that opens on demand: words and, to each, a sentence."""
    made = dom.create("details", "lab-glossary")
    listed = dom.create("dl")
    for word, sentence in words:
        listed.append(dom.create("dt", "", word), dom.create("dd", "", sentence))
    made.append(dom.create("summary", "", title), listed)
    return made


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
        frame = dom.create("span", "lab-canvas")
        frame.append(canvas)
        figure = dom.create("figure")
        figure.append(frame, dom.create("figcaption", "", picture["title"]))
        target.append(figure)
