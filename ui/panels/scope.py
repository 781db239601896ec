"""Whom a change in the panels of Compress, Convert and Resize is for: all photos or the shown one.

Offers what a :class:`ui.panels.panel.Section` asks of the studio, so that the same controls serve
both.
"""

from ui.state.recipe import SAME, SHARED, same_format


class Scope:
    """Reads the settings of the shown photo and writes to the common recipe or to the photo."""

    def __init__(self, studio, conductor):
        self.studio = studio
        self.queue = studio.queue
        self.conductor = conductor
        self.wants_all = True

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
            self.queue.recipe.follow(item)
            self.queue.settings_changed.send(item)

    def set_value(self, section, key, value):
        """Change one value of a shared section."""
        item = self.item()
        if self.is_for_all() or item is None:
            self.queue.set_common(section, key, value)
            self.conductor.follow_recipe()
        else:
            if value == SAME:
                value = same_format(item)
            self.override(item, section, key, value)

    def override(self, item, section, key, value):
        """Change one value of the shown photo's own settings."""
        for name in SHARED:
            self.queue.recipe.override(item, name)
        self.studio.set_value(section, key, value)

    def targets(self):
        """Return the items that a change of a step is for now."""
        if self.wants_all and self.queue.recipe.tab != "cutout":
            return [item for item in self.queue.items if not item.settings.overrides]
        return [self.item()]
