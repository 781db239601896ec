"""The page's start lets the browser breathe: what is imported between two pauses is limited."""

import ast

from tests.contract.actors import file_of_module, imported_files
from tools.setup.checkout import ROOT

MOST_BYTES = 45_000
"""Python that may be compiled in one task; all of it at once took several tenths of a second."""


def slices() -> list[int]:
    """Return how many bytes of our Python are new in each run of imports of ``main.py``."""
    found, seen = [0], set[str]()
    for node in ast.parse((ROOT / "main.py").read_text("utf-8")).body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Await):
            found.append(0)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names] + [node.module]
            files = {path for name in names for path in file_of_module(name.split("."))}
            files |= {other for path in files for other in imported_files(path)}
            found[-1] += sum((ROOT / path).stat().st_size for path in files - seen)
            seen |= files
    return found


def test_between_two_pauses_no_more_is_imported_than_fits_into_a_short_task():
    assert max(slices()) <= MOST_BYTES
    assert sum(slices()) > 10 * MOST_BYTES, "else nothing would be found"
