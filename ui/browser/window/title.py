"""The title of the tab."""

import js

OWN = str(js.document.title)
"""What the document says of itself."""


def write(words):
    """Give the tab a title, the document's own for ""."""
    js.document.title = words or OWN
