"""Whom a change in a panel is for: all photos or the shown one, with a way back from the former.

Offers what a :class:`ui.panels.panel.Section` asks of the studio, so that the same controls serve
both.
"""

from ui.state.history import Together
from ui.state.recipe import SAME, SHARED, same_format
from ui.state.signals import Signal


class Scope:
    """For Compress, Convert and Resize: writes to the common recipe or to the shown photo."""

    begins_with_all = True
    """Whether a photo that comes on the stage is changed together with all others at first."""

    def __init__(self, studio, conductor):
        self.studio = studio
        self.queue = studio.queue
        self.conductor = conductor
        self.wants_all = self.begins_with_all
        self.moved = Signal()
        """Whom changes are for, or whether there is something to take back, is another; no
        arguments."""
        self._before = None
        self._gesture = None

    def item(self):
        """Return the item on the stage, or ``None``."""
        return self.queue.shown

    def edit(self):
        """Return the settings of the item on the stage, to look at."""
        item = self.item()
        recipe = self.queue.recipe
        return recipe.edit if item is None else recipe.settings(item)

    def is_for_all(self):
        """Tell whether a change now is for all photos that have no settings of their own."""
        item = self.item()
        return self.wants_all and not (item is not None and item.settings.overrides)

    def choose(self, wants_all):
        """Let the next changes be for all photos, or for the shown one only."""
        self.wants_all = wants_all
        item = self.item()
        if wants_all and item is not None and item.settings.overrides:
            self.begin("follow")
            self.queue.recipe.follow(item)
            self.queue.settings_changed.send(item)
        self.moved.send()

    def begin_anew(self, _item=None):
        """Another photo is on the stage, or another panel is open."""
        self.wants_all = self.begins_with_all
        self._before = self._gesture = None
        self.moved.send()

    def begin(self, gesture):
        """Remember what all photos were, before ``gesture`` (any value) changes them together.

        A slider that moves on is one gesture.
        """
        if self._gesture != gesture and len(self.queue.items) > 1:
            self._before, self._gesture = Together(self.queue), gesture
            self.moved.send()

    def can_undo(self):
        """Tell whether a change of all photos can be taken back."""
        return self._before is not None

    def undo(self):
        """Take back what was last changed for all photos."""
        before, self._before, self._gesture = self._before, None, None
        if before is not None:
            before.restore(self.queue)
            self.follow()
            self.studio.rewritten.send()
        self.moved.send()

    def follow(self):
        """Let picture and files follow what all photos are to be."""
        if self.queue.shown is not None:
            self.queue.settings_changed.send(self.queue.shown)
        self.studio.want()
        self.conductor.follow_recipe(True)

    def set_value(self, section, key, value):
        """Change one value of a shared section."""
        item = self.item()
        if self.is_for_all() or item is None:
            self.begin((section, key))
            self.queue.set_common(section, key, value)
            self.conductor.follow_recipe()
        else:
            self._forget()
            if value == SAME:
                value = same_format(item)
            self.override(item, section, key, value)

    def override(self, item, section, key, value):
        """Change one value of the shown photo's own settings."""
        for name in SHARED:
            self.queue.recipe.override(item, name)
        self.studio.set_value(section, key, value)

    def use_preset(self, preset, targets):
        """Give the sections of a preset to all photos, or to the items ``targets``."""
        if not self.is_for_all():
            self._forget()
            self.studio.use_preset(preset, targets)
            return
        self.begin(id(preset))
        self.studio.use_preset(preset, self.queue.items)
        self.queue.lead_by(self.item(), [name for name in SHARED if name in preset])
        self.follow()

    def use_presets(self, presets, leads=True):
        """Give each item a preset of its own; ``presets`` are pairs of both, one for each target.

        Where all photos are changed, what the one on the stage is given becomes the common recipe
        if it ``leads``.
        """
        self._gesture, for_all = None, self.is_for_all()
        if for_all:
            self.begin("goal")
        else:
            self._forget()
        for preset, item in presets:
            self.studio.use_preset(preset, [item])
        if for_all and leads:
            led = [preset for preset, item in presets if item is self.item()]
            self.queue.lead_by(self.item(), [name for name in SHARED if name in led[0]])
            self.follow()

    def targets(self):
        """Return the items that a change of a step is for now."""
        if self.wants_all and self.queue.recipe.tab != "cutout":
            return [item for item in self.queue.items if not item.settings.overrides]
        return [self.item()]

    def _forget(self):
        """Only one photo is changed now: what was changed for all stays so."""
        if self._before is not None:
            self._before = self._gesture = None
            self.moved.send()


class ToolScope(Scope):
    """For the tools of a cutout: writes to the shown photo, or to each photo's own settings."""

    begins_with_all = False

    def __init__(self, studio, conductor):
        super().__init__(studio, conductor)
        self.parts = ()
        """The sections of an edit that the open panel changes, "" for all that others can have."""

    def item(self):
        """Return the item on the stage if it can be edited, or ``None``."""
        return self.studio.item()

    def edit(self):
        """Return the settings of the item on the stage, to look at."""
        return self.studio.edit()

    def is_for_all(self):
        """Tell whether a change now is for all photos."""
        return self.wants_all

    def open(self, parts):
        """A panel is open that changes the sections ``parts``."""
        self.parts = parts
        self.begin_anew()

    def choose(self, wants_all):
        """Give all photos what the open panel changes, now and with each change; or no longer."""
        self.wants_all = wants_all
        if wants_all and self.item() is not None:
            self.begin("all")
            if self.parts:
                self.studio.give_to_all(self.parts)
            else:
                self.studio.apply_to_all()
            self.follow()
        self.moved.send()

    def set_value(self, section, key, value):
        """Change one value for the shown photo or for all."""
        if not self.wants_all or self.item() is None:
            self._forget()
            self.studio.set_value(section, key, value)
            return
        self.begin((section, key))
        if section in SHARED:
            self.queue.set_common(section, key, value)
        else:
            self.studio.set_for_all(section, key, value)
        self.follow()

    def set_section(self, section, values, closed=True):
        """Change a whole section for the shown photo or for all."""
        self.set_sections({section: values}, closed)

    def set_sections(self, sections, closed=True):
        """Change whole sections; what is not ``closed`` may go on in the same step."""
        if not self.wants_all or self.item() is None:
            self._forget()
            self.studio.set_sections(sections, closed)
            return
        self.begin(tuple(sorted(sections)))
        self.studio.set_sections_for_all(sections, closed)
        self.conductor.follow_recipe(True)

    def history(self):
        """Return the history of the photo on the stage."""
        return self.studio.history()

    def look_at(self, look):
        """Show something else of the photo; see :mod:`common.edits.placing`."""
        self.studio.look_at(look)

    def want(self):
        """Ask for a fresh picture of the photo on the stage."""
        self.studio.want()

    def set_backdrop(self, file):
        """Use a picture of the user's (a File) as the background, of all photos where so chosen."""
        if not self.wants_all or self.item() is None:
            self._forget()
            self.studio.set_backdrop(file)
            return
        self.begin("backdrop")
        self.studio.give_backdrop(file)
        self.follow()
