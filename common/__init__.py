"""Plain Python shared by every actor.

The page and the segmentation worker run MicroPython, the pixel worker runs Pyodide, the tools and
the tests run CPython. What they must agree on (error codes, options, limits, the form of a
message) is written once, here, with nothing but built-ins and ``json``.
"""
