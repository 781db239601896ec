"""What the page asks of a worker is what that worker offers, by name and by number of arguments.

The names are texts on the page's side, so nothing else would notice a slip before a browser does.
"""

import ast
from collections.abc import Iterator

import pytest

from tools.setup.checkout import ROOT

WRAPPERS = ("call", "_call", "_pixels", "_rendered")
"""Methods of the page's whose first argument is the name of a worker's function."""


def calls() -> Iterator[tuple[str, str, int | None]]:
    """Yield (place, function, number of arguments) of every call; ``None`` where one is starred."""
    for file in [ROOT / "lab_page.py", *sorted((ROOT / "ui").rglob("*.py"))]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            name = node.args[0] if node.args else None
            if node.func.attr in WRAPPERS and isinstance(name, ast.Constant):
                starred = any(isinstance(argument, ast.Starred) for argument in node.args)
                count = None if starred or node.func.attr == "_rendered" else len(node.args) - 1
                yield f"{file.name}:{node.lineno}", str(name.value), count


def offered() -> dict[str, ast.AsyncFunctionDef | ast.FunctionDef]:
    """Return the functions that the workers export, by name."""
    exported: set[str] = set()
    for script in ("worker.py", "pixels.py", "lab_network.py", "lab_worker.py"):
        for node in ast.parse((ROOT / script).read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__export__":
                exported |= set(ast.literal_eval(node.value))
    functions = {}
    for file in (
        ROOT / "worker.py",
        ROOT / "lab_network.py",
        *sorted((ROOT / "pixelwork").glob("*.py")),
    ):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, (ast.AsyncFunctionDef, ast.FunctionDef)) and node.name in exported:
                functions[node.name] = node
    return functions


CALLS = list(calls())


@pytest.mark.parametrize(("place", "function", "count"), CALLS, ids=[c[0] for c in CALLS])
def test_a_worker_offers_what_it_is_asked(place: str, function: str, count: int | None) -> None:
    arguments = offered()[function].args
    most = len(arguments.args)
    least = most - len(arguments.defaults)
    assert count is None or least <= count <= most, place


def test_nothing_is_offered_that_nobody_asks() -> None:
    asked = {function for _, function, _ in CALLS} | {"hold_lock"}
    assert set(offered()) - asked == set()
