"""Signals: who has news sends it, who wants it is connected to it in the wiring.

One signal stands for one kind of news and always carries the same arguments; its docstring, where
it is made, names them. The pattern is that of Django's and Qt's signals.
"""


class Signal:
    """One kind of news."""

    def __init__(self):
        self._listeners = []

    def connect(self, listener):
        """Call ``listener`` with the arguments of every :meth:`send` from now on, in order."""
        self._listeners.append(listener)

    def send(self, *values):
        """Tell the listeners, one after the other, in the order in which they were connected."""
        for listener in self._listeners:
            listener(*values)
