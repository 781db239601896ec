"""CPython tools behind ``dev.py``: set-up, serving, building, testing.

``dev.py`` imports :mod:`tools.environment`, :mod:`tools.cache` and :mod:`tools.complaint` before
its environment exists, so these need only the standard library. Every other module may use what
``requirements/run.txt`` pins, the testing ones what ``requirements/test.txt`` adds.
"""
