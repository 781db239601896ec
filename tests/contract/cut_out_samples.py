"""Cuts out every file of a folder with core/ and a stand-in for the network; keeps the numbers.

Run by CPython and by Pyodide (there as a script on /exchange); tests/contract/test_pyodide.py
compares what the two wrote.
"""

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from core import pipeline


def stand_in(tensor):
    """Answer like a network: (1, 3, s, s) to (1, 1, s, s), the subject being what is bright."""
    return np.clip(tensor.mean(axis=1, keepdims=True) * 2 + 0.5, 0, 1)


def stand_in_that_keeps(tensors):
    """Return :func:`stand_in`, which appends to a list what it was asked."""

    def network(tensor):
        tensors.append(tensor)
        return stand_in(tensor)

    return network


def cut_out_all(samples, results):
    """Write ``<name>.tensor.npy`` and ``<name>.cutout.npy`` (RGBA) for every file in a folder."""
    for sample in sorted(samples.iterdir()):
        tensors = []
        png = pipeline.cut_out_file(sample.read_bytes(), stand_in_that_keeps(tensors), "fast")
        np.save(results / f"{sample.name}.tensor.npy", tensors[0])
        np.save(results / f"{sample.name}.cutout.npy", np.asarray(Image.open(BytesIO(png))))


if __name__ == "__main__":
    cut_out_all(Path("/exchange/samples"), Path("/exchange/pyodide"))
