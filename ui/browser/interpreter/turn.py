"""The word that lets the pixel worker's interpreter start, where it waits for one."""

import js

CHANNEL = "homecut-turn"
"""As in ``assets/js/pyodide.js``. Another tab that hears the word starts sooner, nothing else."""


class Word:
    """The word, once it is given; a worker that comes later asks for it."""

    def __init__(self):
        self._is_given = False
        self._channel = js.BroadcastChannel.new(CHANNEL)
        self._channel.onmessage = lambda event: self._hear(event.data)

    def give(self):
        """Let the interpreter start, now and each time that it asks."""
        self._is_given = True
        self._channel.postMessage("begin")

    def _hear(self, message):
        """Answer a worker that waits."""
        if message == "waiting" and self._is_given:
            self._channel.postMessage("begin")
