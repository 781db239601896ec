"""Undo and redo of one item's edit: the steps are kept, not pictures of the result.

What is changed for all photos at once is taken back at once, too.
"""

from ui.state.recipe import SHARED


class History:
    """The steps that made an edit from the default, and those taken back."""

    def __init__(self):
        self.done = []
        self.undone = []

    def can_undo(self):
        """Tell whether there is a step to take back."""
        return bool(self.done)

    def can_redo(self):
        """Tell whether there is a step to repeat."""
        return bool(self.undone)

    def set_value(self, edit, section, key, value):
        """Change ``edit[section][key]``; a dragged slider is one step, however far it goes."""
        last = self.done[-1] if self.done else None
        same = last and last["kind"] == "value" and last["place"] == (section, key)
        if same and not last["closed"]:
            last["new"] = value
        else:
            old = edit[section][key]
            step = {"kind": "value", "place": (section, key), "old": old, "new": value}
            step["closed"] = False
            self.done.append(step)
        self.undone = []
        edit[section][key] = value

    def close(self):
        """End the present step, so that the next change is one of its own."""
        if self.done:
            self.done[-1]["closed"] = True

    def add_stroke(self, edit, stroke):
        """Append a touch-up stroke."""
        self.done.append({"kind": "stroke", "new": stroke, "closed": True})
        self.undone = []
        edit["strokes"].append(stroke)

    def replace(self, edit, sections, closed=True):
        """Give ``edit`` whole sections at once, as a preset does: one step, however many.

        As long as steps are not ``closed``, those about the same sections are one, as with a
        dragged frame.
        """
        last = self.done[-1] if self.done else None
        same = last and last["kind"] == "sections" and sorted(last["new"]) == sorted(sections)
        if same and not last["closed"]:
            last["new"], last["closed"] = dict(sections), closed
        else:
            old = {name: edit[name] for name in sections}
            step = {"kind": "sections", "old": old, "new": dict(sections), "closed": closed}
            self.done.append(step)
        self.undone = []
        edit.update(sections)

    def undo(self, edit):
        """Take the last step back; return whether there was one."""
        if not self.done:
            return False
        step = self.done.pop()
        self.undone.append(step)
        if step["kind"] == "stroke":
            edit["strokes"].pop()
        elif step["kind"] == "sections":
            edit.update(step["old"])
        else:
            section, key = step["place"]
            edit[section][key] = step["old"]
        return True

    def redo(self, edit):
        """Repeat the step that was taken back last; return whether there was one."""
        if not self.undone:
            return False
        step = self.undone.pop()
        self.done.append(step)
        if step["kind"] == "stroke":
            edit["strokes"].append(step["new"])
        elif step["kind"] == "sections":
            edit.update(step["new"])
        else:
            section, key = step["place"]
            edit[section][key] = step["new"]
        return True


class Together:
    """What all photos were like before they were changed together."""

    def __init__(self, queue):
        recipe = queue.recipe
        self._shared = {name: dict(recipe.edit[name]) for name in SHARED}
        self._same_format = recipe.same_format
        self._items = [(item, _copy(item.settings)) for item in queue.items]

    def restore(self, queue):
        """Make all photos that are still in the list what they were, and tell."""
        recipe = queue.recipe
        recipe.restore(self._shared, self._same_format)
        for item, (edit, overrides, backdrop, cutout, done) in self._items:
            if item not in queue.items:
                continue
            own = item.settings
            own.edit, own.overrides, own.backdrop = edit, overrides, backdrop
            if own.history is not None:
                own.history.done, own.history.undone = done, []
            if own.cutout != cutout:
                queue.set_cutout(item, cutout)
            else:
                queue.touch(item)


def _copy(own):
    """Return a copy of what settings (:class:`ui.state.records.Settings`) hold, to go back to."""
    edit = own.edit
    if edit is not None:
        edit = {
            name: list(part) if isinstance(part, list) else dict(part)
            for name, part in edit.items()
        }
    done = []
    if own.history is not None:
        own.history.close()
        done = list(own.history.done)
    return edit, list(own.overrides), own.backdrop, own.cutout, done
