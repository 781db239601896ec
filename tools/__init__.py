"""CPython tools behind ``dev.py``, one folder per concern.

``dev.py`` imports from :mod:`tools.setup` before its environment exists, so what it needs there
uses only the standard library. Every other module may use what ``requirements/run.txt`` pins, the
testing ones what ``requirements/test.txt`` adds.
"""
