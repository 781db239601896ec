"""Editing one finished cutout: its edit, its history, and fresh pictures after each change.

The network is never asked again. The full size is rendered only when the user saves.
"""

import asyncio

from common.edits import edit as edits
from common.edits.placing import RESULT
from common.errors import Refusal
from common.language.words import say
from ui.state.history import History
from ui.state.items import CANCELLED, FAILED
from ui.state.recipe import SHARED
from ui.state.signals import Signal

REST_STEPS = 5
REST_STEP = 0.05
"""Seconds, :data:`REST_STEPS` times, that the hand must rest before the exact picture is made."""


class Studio:
    """The edits of all items and the render loop for the one on the stage."""

    def __init__(self, queue, desk, powers):
        self.queue = queue
        self.desk = desk
        self.clock = powers.clock
        self.report = powers.report
        self.rendered = Signal()
        """The newest picture has come, or none will; no arguments."""
        self.behind = Signal()
        """Whether the picture on the stage is behind the settings has changed: a truth value."""
        self.rewritten = Signal()
        """Values have changed that no control has set; no arguments."""
        self.looked = Signal()
        """Something else of the photo is to be seen: a look of :mod:`common.edits.placing`."""
        self.said = Signal()
        """There is something to say to the user: a sentence."""
        self._wanted = asyncio.Event()

    def start(self):
        """Begin to render what is wanted."""
        asyncio.create_task(self._loop())

    def item(self):
        """Return the item on the stage if it can be edited, else ``None``."""
        item = self.queue.shown
        if item is None or (item.settings.cutout and not item.mattes):
            return None
        return item

    def edit(self):
        """Return the settings of the item on the stage, to look at (the default without one)."""
        item = self.item()
        return edits.default_edit() if item is None else self.queue.recipe.settings(item)

    def own_edit(self):
        """Return the edit of the item on the stage, to be changed."""
        return own_edit(self.item())

    def history(self):
        """Return the history of the item on the stage."""
        return history_of(self.item())

    def set_value(self, section, key, value):
        """Change one value of the edit on the stage."""
        if self.item() is not None:
            self.queue.recipe.override(self.item(), section)
            self.history().set_value(self.own_edit(), section, key, value)
            self._changed()

    def set_section(self, section, values, closed=True):
        """Change a whole section of the edit; what is not ``closed`` may go on in the same step."""
        self.set_sections({section: values}, closed)

    def set_sections(self, sections, closed=True):
        """Change whole sections of the edit in one step."""
        if self.item() is not None:
            self.history().replace(self.own_edit(), sections, closed)
            # A frame that is being dragged is drawn by the page.
            self._changed(closed or self.desk.look == RESULT)

    def set_backdrop(self, file):
        """Use a picture of the user's (a File) as the background."""
        if self.item() is not None:
            self.item().settings.backdrop = file
            self.set_value("background", "kind", "image")

    def add_stroke(self, stroke):
        """Append a touch-up stroke."""
        if self.item() is not None:
            self.history().add_stroke(self.own_edit(), stroke)
            self._changed()

    def point_at(self, place):
        """Let also this be meant of the photo on the stage, and nothing that was not pointed at.

        ``place`` is a box or a click (see :mod:`common.edits.edit`). Before there is a first
        cutout, too.
        """
        self._mean(self.queue.shown.places + [place])

    def mean_everything(self):
        """Let all of the photo on the stage be meant again."""
        self._mean([])

    def _mean(self, places):
        """Change what is meant of the photo on the stage, in a step of its own."""
        item = self.queue.shown
        history = history_of(item)
        history.close()
        history.set_value(own_edit(item), "subject", "places", places)
        history.close()
        self._changed()

    def undo(self):
        """Take the last step back."""
        item = self.queue.shown
        if item is not None and history_of(item).undo(own_edit(item)):
            self._rewrite(say("Undone"))

    def redo(self):
        """Repeat the step taken back last."""
        item = self.queue.shown
        if item is not None and history_of(item).redo(own_edit(item)):
            self._rewrite(say("Repeated"))

    def _rewrite(self, words):
        """Show what a step back or forth has changed, in the picture, the controls and in words."""
        self._changed()
        self.rewritten.send()
        self.said.send(words)

    def use_preset(self, preset, targets):
        """Give background, shadow, frame and format of ``preset`` to the items ``targets``."""
        for item in targets:
            own_edit(item)
            for name in SHARED:
                if name in preset:
                    self.queue.recipe.override(item, name)
            edit = item.settings.edit
            changed = edits.with_preset(edit, preset)
            sections = {name: changed[name] for name in edits.SHARED_BY_PRESETS}
            history_of(item).replace(edit, sections)
            cutout = item.settings.cutout
            if preset.get("steps", {}).get("cutout", cutout) != cutout:
                self.queue.set_cutout(item, not cutout)
            else:
                self.queue.touch(item)
        self.want()

    def apply_to_all(self):
        """Let all photos look like the one on the stage; return how many others there are."""
        shown = self.item()
        others = [item for item in self.queue.items if item is not shown]
        edit = self.edit()
        self.use_preset(edits.preset_of(edit), others)
        self.queue.recipe.adopt(edit)
        shown.settings.overrides = []
        for item in others:
            item.settings.backdrop = shown.settings.backdrop
            item.settings.overrides = []
        return len(others)

    def give_to_all(self, parts):
        """Give sections of the edit on the stage (their names) to all other photos."""
        edit = self.edit()
        self._give({name: edit[name] for name in parts}, True)
        if "background" in parts:
            for item in self.queue.items:
                item.settings.backdrop = self.queue.shown.settings.backdrop

    def set_sections_for_all(self, sections, closed=True):
        """Change whole sections of the edit in all photos, in one step each."""
        self._give(sections, closed)
        self.set_sections(sections, closed)

    def _give(self, sections, closed):
        """Give sections to all other photos; where a hand has put a frame stays with its photo."""
        for item in self.queue.items:
            if item is not self.queue.shown:
                copies = {name: for_others(name, sections[name]) for name in sections}
                history_of(item).replace(own_edit(item), copies, closed)
                item.settings.touch()

    def set_for_all(self, section, key, value):
        """Change one value of a section that each photo has for itself, in all of them.

        The one on the stage tells at once, the others when their files follow.
        """
        for item in self.queue.items:
            history_of(item).set_value(own_edit(item), section, key, value)
            item.settings.touch()
        self._changed()

    def give_backdrop(self, file):
        """Use a picture of the user's (a File) as the background of all photos."""
        for item in self.queue.items:
            item.settings.backdrop = file
        self.set_for_all("background", "kind", "image")

    def look_at(self, look):
        """Let the stage show the result, or more than that; see :mod:`common.edits.placing`."""
        self.desk.look = look
        self.looked.send(look)
        self.want()

    def _changed(self, wants=True):
        """Note that the saved file no longer matches; ask for a fresh picture if it ``wants``."""
        item = self.queue.shown
        if item.settings.cutout and (item.matte is None or item.state in (FAILED, CANCELLED)):
            self.queue.look_again(item)
        self.queue.touch(item)
        if wants:
            self.want()

    def want(self):
        """Ask for a fresh picture of the item on the stage."""
        self._wanted.set()
        self.behind.send(True)

    async def _loop(self):
        """Render the newest settings, one after the other; those in between are skipped."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            item = self.item()
            if item is not None and item.matte is not None and self._shows(item):
                await self._follow(item)
            if not self._wanted.is_set():
                self.behind.send(False)

    def _shows(self, item):
        """Tell whether the stage shows the desk's pictures of an item, and not a file's."""
        return item.settings.cutout and not self.queue.recipe.compares(item)

    async def _follow(self, item):
        """Render the settings of an item, first as a draft if it is large."""
        try:
            if not await self.desk.render(item, draft=True) and await self._rests(item):
                await self.desk.render(item)
        except Refusal as error:
            self.said.send(str(error))
            self.report(error)
            self.tell_rendered()

    def tell_rendered(self):
        """Pass on that a picture has come, unless a newer one is wanted already."""
        if not self._wanted.is_set():
            self.rendered.send()

    async def _rests(self, item):
        """Wait a moment after a draft; return whether nothing else is wanted meanwhile."""
        for _ in range(REST_STEPS):
            if self._wanted.is_set():
                return False
            await self.clock.sleep(REST_STEP)
        return item is self.item() and not self._wanted.is_set()


def for_others(name, section):
    """Return a copy of a section of an edit as it makes sense for other photos."""
    return dict(section, place=[]) if name == "framing" else dict(section)


def own_edit(item):
    """Return the edit of an item, which is the default when it is first asked for."""
    if item.settings.edit is None:
        item.settings.edit = edits.default_edit()
    return item.settings.edit


def history_of(item):
    """Return the history of an item, which begins when it is first asked for."""
    if item.settings.history is None:
        item.settings.history = History()
    return item.settings.history
