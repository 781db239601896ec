"""Takes a goal and takes it back, so that one goal does not pile up on another.

A goal begins from what a photo was before the goal that it has now. Whatever a hand has changed
meanwhile in sections that this goal had set goes with it; all else stays. Plain Python without a
browser import, so that its rules are tested on CPython, too.
"""

from common.edits.edit import default_edit
from ui.state.recipe import CUTOUT, SHARED, Recipe


class Taking:
    """The goals that one :class:`ui.panels.scope.Scope` can be given."""

    def __init__(self, scope, goals):
        """``goals`` are :class:`common.edits.presets.Goal`."""
        self.scope = scope
        self.goals = goals

    def press(self, goal):
        """Take a goal, or take it back if the photo on the stage has it."""
        if self.has(goal):
            self._leave()
        else:
            self._take(goal)

    def has(self, goal):
        """Tell whether the settings of the photo on the stage are those of a goal."""
        return self.scope.item() is not None and fits_goal(self.scope.edit(), goal.preset)

    def _targets(self):
        """Return the items that are given a goal now."""
        if self.scope.is_for_all():
            return list(self.scope.queue.items)
        return [self.scope.item()]

    def _take(self, goal):
        """Give the photos what follows from a goal, and to what another had set what was before."""
        recipe, presets, kept = self.scope.queue.recipe, [], []
        for item in self._targets():
            before = self._before(item) or state_before(recipe, item, ())
            also = state_before(recipe, item, [n for n in goal.preset if n not in before["seen"]])
            preset = dict(before["seen"])
            preset.update(goal.preset)
            for part in ("seen", "own"):
                before[part].update(also[part])
            before["given"] = preset
            presets.append((preset, item))
            kept.append(before)
        self.scope.use_presets(presets)
        for (_, item), before in zip(presets, kept):
            item.settings.before_goal = before

    def _leave(self):
        """Let the photos be what they were before the goal, as far as they have it."""
        queue, leader = self.scope.queue, self.scope.item()
        for_all = self.scope.is_for_all()
        found = [(item, self._before(item)) for item in self._targets()]
        found = [(item, before) for item, before in found if before is not None]
        self.scope.use_presets([(before["own"], item) for item, before in found], False)
        for item, before in found:
            if for_all and item is leader:
                queue.recipe.restore(before["shared"], before["same_format"])
        for item, before in found:
            own = item.settings
            own.before_goal = None
            own.overrides = [name for name in SHARED if name in before["overrides"]]
            for name in SHARED:
                if name in before["seen"] and not is_common(queue.recipe, before, name):
                    queue.recipe.override(item, name)
                    own.edit[name] = dict(before["seen"][name])
            queue.touch(item)
        self.scope.follow()

    def _before(self, item):
        """Return what an item was before the goal that it has, ``None`` where it has none."""
        recipe, before = self.scope.queue.recipe, item.settings.before_goal
        settings = recipe.settings(item)
        if before is not None:
            given, seen = before["given"], before["seen"]
            if [n for n in given if settings[n] == given[n] and given[n] != seen[n]]:
                return before
        for goal in self.goals:
            if fits_goal(settings, goal.preset):
                return untouched(recipe.tab, goal.preset)
        return None


def state_before(recipe, item, names):
    """Return what is remembered of an item before it is given sections of these names.

    ``seen`` is what makes its file, ``own`` what its own edit holds; beside them what all photos
    follow.
    """
    settings, own = recipe.settings(item), item.settings.edit or default_edit()
    seen = {name: dict(settings[name]) for name in names}
    return {
        "seen": seen,
        "own": {name: dict((seen if name == "steps" else own)[name]) for name in names},
        "overrides": list(item.settings.overrides),
        "shared": {name: dict(recipe.edit[name]) for name in SHARED},
        "same_format": recipe.same_format,
    }


def untouched(tab, preset):
    """Return the same for a photo that nobody has touched, as after a reload."""
    edit, recipe = default_edit(), Recipe()
    edit["steps"] = {"cutout": tab == CUTOUT}
    return {
        "seen": {name: dict(edit[name]) for name in preset},
        "own": {name: dict(edit[name]) for name in preset},
        "overrides": [],
        "shared": recipe.edit,
        "same_format": recipe.same_format,
    }


def is_common(recipe, before, name):
    """Tell whether all photos follow what they followed before, in one section."""
    same = name != "export" or recipe.same_format == before["same_format"]
    return same and recipe.edit[name] == before["shared"][name]


def fits_goal(settings, preset):
    """Tell whether complete settings are those of a goal's preset."""
    return not [name for name in preset if settings[name] != preset[name]]
