"""Pixels in, pixels out: everything that happens to a photo except the neural network.

Runs wherever NumPy and Pillow run: in the page's Pyodide worker, in the tests and in anybody's
notebook. Nothing here knows about browsers, files or networks. Start reading at
:mod:`core.pipeline`.
"""
