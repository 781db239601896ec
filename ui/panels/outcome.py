"""What came out for the photo on the stage: bytes, bytes saved, how alike the two pictures are."""

from common import naming
from common.edits.geometry import Geometry
from common.language.words import beside, number, say
from ui.browser import dom
from ui.panels.controls import action
from ui.state import items
from ui.state.file_settings import is_original
from ui.state.totals import change_words

LIKENESS = (
    (0.98, say("looks the same")),
    (0.95, say("very close")),
    (0.88, say("close, differs when zoomed in")),
    (0, say("differs visibly")),
)
"""What a structural similarity from each figure on means to the eye, roughly."""


class Outcome:
    """The figures at the head of a task panel; they keep their place while they change."""

    def __init__(self, queue, live):
        self.queue = queue
        self.live = live
        self.element = dom.create("div", "outcome")
        self.size = dom.create("p", "outcome-size")
        self.change = dom.create("p", "outcome-change")
        self.likeness = dom.create("p", "outcome-likeness")
        self.warning = dom.create("p", "outcome-warning")
        self.keep = action(say("Keep the original file"), self._keep_original, "link")
        # Warnings take the place of the likeness, so that nothing below them moves.
        more = dom.create("div", "outcome-more")
        more.append(self.likeness, self.warning, self.keep)
        self.element.append(self.size, self.change, more)

    def _keep_original(self):
        """Use the original file as the result."""
        self.queue.keep_original(self.queue.shown)

    def draw(self):
        """Show the figures of the photo on the stage."""
        item = self.queue.shown
        if item is None:
            return
        fresh = self.queue.recipe.is_fresh(item)
        working = item.saving or not item.ended or (not fresh and not self.live.failure)
        dom.describe(self.element, "aria-busy", "true" if working else "false")
        before = item.size
        after = item.result.file.size if item.result is not None else 0
        self.size.textContent = naming.byte_size(after) if after else "–"
        self.change.textContent = self._change(item, before, after)
        # A cutout is another picture: neither its bytes nor its likeness compare with the photo's.
        plain = after and not item.settings.cutout
        words = [say("was {size}", size=naming.byte_size(before))] if plain else []
        if fresh:
            words += [likeness_words(item.result.similarity), fitted_words(item.result.fitted)]
        self.likeness.textContent = beside(words)
        words, offers = self._warning(item, fresh, before, after)
        self.warning.textContent = words
        dom.show(self.warning, bool(words))
        dom.show(self.likeness, not words)
        dom.show(self.keep, offers)

    def _change(self, item, before, after):
        """Return how the result compares with the original."""
        if item.error:
            return item.error
        if not after:
            return say("Original {size}", size=naming.byte_size(before))
        if is_original(item):
            return say("The original file, with all that is in it")
        if item.settings.cutout:
            return say("Without the background")
        return change_words(before, after)

    def _warning(self, item, fresh, before, after):
        """Return what the user has to know, and whether the original file is offered."""
        if self.live.failure:
            return self.live.failure, False
        if item.state != items.DONE or not fresh:
            return "", False
        if item.result.missed:
            limit = naming.byte_size(item.result.missed)
            return say("It does not get below {limit} in this format.", limit=limit), False
        if is_original(item):
            return "", False
        if after <= before or item.settings.cutout:
            return "", False
        size = naming.byte_size(before)
        same = Geometry(self.queue.recipe.settings(item)["geometry"]).is_neutral
        return say("This file is larger than the original, {size}.", size=size), same


def fitted_words(fitted):
    """Return what the search below a limit has chosen: a quality, perhaps fewer pixels."""
    if fitted is None:
        return ""
    if fitted[1] < 1:
        percent = round(100 * fitted[1])
        return say("quality {quality}, {percent} % of the size", quality=fitted[0], percent=percent)
    return say("quality {quality}", quality=fitted[0])


def likeness_words(similarity):
    """Return a structural similarity (0..1) as a figure and in words."""
    if not similarity:
        return ""
    fitting = [words for least, words in LIKENESS if similarity >= least]
    figure = number(similarity, 3)
    return say("SSIM {figure}, {words}", figure=figure, words=fitting[0])
