"""The lab: every stage of the cutout, with its numbers, its pictures and its Python to change.

Runs in a Pyodide worker of its own (``lab_worker.py``) and under CPython in the tests. It computes
nothing itself that the page computes: each stage calls the function of :mod:`core` that the page
calls, and shows that function's own source.
"""
