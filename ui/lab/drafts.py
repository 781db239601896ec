"""What is written in the lab's editors and was not run yet, and what a button has taken away.

Plain Python, like :mod:`ui.lab.course`. Each text has a key: a function's dotted name, or the name
of a lesson, in which there is no dot.
"""

import json


class Drafts:
    """The texts by their keys; ``changed()`` is called when there is something new to keep."""

    def __init__(self, changed):
        self.texts = {}
        """What stands in an editor, or stood, and differs from what was run or checked last."""
        self._replaced = {}
        self._changed = changed

    def note(self, key, text, used):
        """Take down what stands in an editor; ``used`` is what was run or checked last."""
        before = self.texts.get(key)
        if text.strip() == used.strip():
            self.texts.pop(key, None)
        else:
            self.texts[key] = text
        if self.texts.get(key) != before:
            self._changed()

    def forget(self, keys):
        """Drop what was written under some keys: something else took its place."""
        gone = [self.texts.pop(key) for key in keys if key in self.texts]
        if gone:
            self._changed()

    def put_aside(self, key, text, plain):
        """Remember a text that a button is about to replace.

        ``plain`` are texts that are there at a press anyway: the original, a start, a solution.
        """
        if text is not None and not is_one_of(text, plain):
            self._replaced[key] = text

    def can_bring_back(self, key, now):
        """Tell whether something was put aside that does not stand in the editor ``now``."""
        return key in self._replaced and self._replaced[key].strip() != now.strip()

    def bring_back(self, key, now, plain):
        """Return what was put aside, and put aside what stands there ``now``."""
        text = self._replaced.pop(key)
        self.put_aside(key, now, plain)
        return text

    def saved(self):
        """Return all drafts as a text, empty for none."""
        return json.dumps(self.texts) if self.texts else ""

    def load(self, text, is_known):
        """Take over what :meth:`saved` has given on an earlier visit.

        Only keys of which ``is_known(key)`` now: a newer version may have other functions. Raises
        ``ValueError`` for a text that is damaged.
        """
        for key, draft in json.loads(text).items():
            if is_known(key) and key not in self.texts:
                self.texts[key] = draft


def is_one_of(text, others):
    """Tell whether a text is one of some others, blanks at both ends aside."""
    return text.strip() in [other.strip() for other in others]


def changed_words(names):
    """Return in a sentence which functions are changed."""
    if not names:
        return "None: every stage runs the page's own code."
    return "Changed: " + ", ".join(sorted(names)) + "."


def waiting_words(drafts, before):
    """Return which functions were written and not run, ``before`` these names, empty for none.

    ``drafts`` are the keys of :class:`Drafts`; of lessons nothing is said.
    """
    written = sorted([key for key in drafts if "." in key])
    return " " + before + ", ".join(written) + "." if written else ""
