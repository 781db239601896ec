"""How large the file is that comes of the settings, and the button that saves it."""

from common import formats, naming
from common.language.words import beside, say
from ui.browser import dom
from ui.state import items


class SaveLine:
    """Stands wherever a format is chosen."""

    def __init__(self, queue, saver):
        self.queue = queue
        self.saver = saver
        self.element = dom.create("div", "save-line")
        self.size = dom.create("p", "save-size")
        self.link = dom.create("a", "button quiet strong small", say("Download"))
        saver.bind(self.link, lambda: queue.shown)
        self.element.append(self.size, self.link)

    def draw(self, _item=None):
        """Show the file of the photo on the stage."""
        item = self.queue.shown
        dom.show(self.element, item is not None and item.state == items.DONE)
        if item is None:
            return
        self.saver.point(self.link, item)
        self.size.textContent = size_words(item, self.queue.recipe)


def size_words(item, recipe):
    """Return the format and the bytes of an item's file, as far as they are known."""
    known = item.result is not None and recipe.is_fresh(item)
    words = [formats.FORMATS[recipe.settings(item)["export"]["format"]].short]
    if known and item.result.size:
        width, height = item.result.size
        words.append(say("{width} x {height} px", width=width, height=height))
    if known:
        words.append(naming.byte_size(item.result.file.size))
    elif item.saving:
        words.append(say("Saving"))
    if known and item.result.missed:
        words.append(say("above {limit}", limit=naming.byte_size(item.result.missed)))
    return beside(words)
