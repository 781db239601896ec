"""The machine's own speed: a fixed piece of NumPy work, so that two days can be compared."""

import time

import numpy as np

SIDE = 768
PASSES = 12
ROUNDS = 3


def numpy_seconds() -> float:
    """Return the seconds of the quickest of three rounds of the same work.

    Products of matrices, sorting and element-wise float32 arithmetic, like a page's workers do.
    """
    random = np.random.default_rng(7)
    matrix = random.standard_normal((SIDE, SIDE)).astype(np.float32)
    quickest = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        value = matrix
        for _ in range(PASSES):
            value = np.tanh(value @ matrix / SIDE**0.5)
            value = np.sort(value, axis=0) * 0.5 + value * 0.5
        quickest = min(quickest, time.perf_counter() - started)
    return quickest
