"""The one way to cancel: an object that every step of a run gets.

The name and the idea are those of structured concurrency (``trio.CancelScope``), by hand, because
the page's Python has no cancellation that reaches into a worker.
"""

from common.errors import Refusal


class CancelScope:
    """One run, which may be cancelled from outside.

    ``key`` is a text that no other run has, such as ``"3.1"``: photo three, first run.
    """

    def __init__(self, key=""):
        self.key = key
        self.cancelled = False
        self._actions = []

    def cancel(self):
        """End the run, once: what it waits for is stopped, what comes late is dropped."""
        if self.cancelled:
            return
        self.cancelled = True
        actions, self._actions = self._actions, []
        for action in actions:
            action()

    def check(self):
        """Raise ``Refusal("cancelled")`` when the run no longer counts."""
        if self.cancelled:
            raise Refusal("cancelled")

    def on_cancel(self, action):
        """Call ``action()`` when the run is cancelled; return a function that takes this back.

        In a run that is cancelled already it is called at once.
        """
        if self.cancelled:
            action()
            return _nothing
        self._actions.append(action)
        return lambda: self._forget(action)

    def _forget(self, action):
        """No longer call an action; one that was called is forgotten already."""
        self._actions = [other for other in self._actions if other is not action]

    def child(self):
        """Return the scope of a part of this run, which ends with it or alone.

        The second value takes it out of this scope again once the part is over.
        """
        part = CancelScope(self.key)
        return part, self.on_cancel(part.cancel)


def _nothing():
    """There is nothing to take back."""
