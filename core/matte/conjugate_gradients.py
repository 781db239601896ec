"""Solves large symmetric systems that exist only as a multiplication.

M. R. Hestenes, E. Stiefel, "Methods of Conjugate Gradients for Solving Linear Systems", 1952,
with the diagonal as preconditioner.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.float32]


def solve(
    multiply: Callable[[Plane], Plane],
    target: Plane,
    start: Plane,
    diagonal: Plane,
    iterations: int,
    tolerance: float = 1e-3,
) -> Plane:
    """Return ``x`` with ``multiply(x)`` near ``target``.

    ``multiply`` is a symmetric, positive definite map of planes (float32 of one shape) to
    planes; ``start`` the first guess; ``diagonal`` an estimate of the map's diagonal, positive.
    Ends after ``iterations`` multiplications, or when the preconditioned residual has fallen by
    the factor ``tolerance``.
    """
    solution = start.copy()
    residual = target - multiply(solution)
    direction = residual / diagonal
    weight = float(np.vdot(residual, direction))
    goal = max(weight * tolerance**2, float(np.finfo(np.float32).tiny))
    for _ in range(iterations):
        if weight <= goal:
            break
        product = multiply(direction)
        step = np.float32(weight / float(np.vdot(direction, product)))
        solution += step * direction
        residual -= step * product
        scaled = residual / diagonal
        previous, weight = weight, float(np.vdot(residual, scaled))
        direction *= np.float32(weight / previous)
        direction += scaled
    return solution
