"""Ways to break a scratch copy of the site, so that a test is seen to notice."""

import re
from collections.abc import Callable
from pathlib import Path

Mutation = Callable[[Path], None]


def replaced(file: str, old: str, new: str, count: int = 1) -> Mutation:
    """Return a mutation that replaces a text in all ``count`` places of a file where it stands."""

    def mutate(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert text.count(old) == count, (file, old)
        (root / file).write_text(text.replace(old, new), encoding="utf-8")

    return mutate


def without(file: str, expression: str) -> Mutation:
    """Return a mutation that takes out what matches a regular expression."""

    def mutate(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        changed, count = re.subn(expression, "", text)
        assert count == 1, (file, expression)
        (root / file).write_text(changed, encoding="utf-8")

    return mutate


def all_of(*mutations: Mutation) -> Mutation:
    """Return a mutation that makes several."""

    def mutate(root: Path) -> None:
        for mutation in mutations:
            mutation(root)

    return mutate
