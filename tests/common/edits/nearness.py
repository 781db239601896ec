"""Comparing computed numbers in tests that run on MicroPython, too, where there is no pytest."""


def near(one, other, least=1e-6):
    """Tell whether two numbers, or two rows of them, are the same but for rounding."""
    if isinstance(one, (int, float)):
        return abs(one - other) <= least
    pairs = list(zip(one, other))  # noqa: B905 - MicroPython
    return len(one) == len(other) and all(abs(a - b) <= least for a, b in pairs)
