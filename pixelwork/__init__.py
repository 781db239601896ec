"""The pixel worker's functions around the cutout, and the form of all its answers, in Pyodide.

Thin like :mod:`pixels` itself: each function takes what the page hands over, lets :mod:`core` do
the work and wraps the answer.
"""
