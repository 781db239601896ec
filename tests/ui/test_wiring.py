"""The page is built in one pass: nothing is hung onto a part later, and nobody subscribes alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.setup.checkout import ROOT

WIRING = ("main.py", "ui/tasks.py", "ui/workbench.py", "ui/work/assembly.py")
"""The files that build parts and connect them."""

LISTENERS_OF_THEIR_OWN_PART = {"ui/panels/touch_up_section.py"}
"""Listens to the studio that it is made for, with a pencil that nobody else has."""


def nodes(file: str) -> list[ast.AST]:
    """Return every node of a file's syntax tree."""
    return list(ast.walk(ast.parse((ROOT / file).read_text("utf-8"))))


@pytest.mark.parametrize("file", WIRING)
def test_the_wiring_sets_no_attribute_of_what_it_has_built(file: str) -> None:
    late = [
        ast.unparse(target)
        for node in nodes(file)
        if isinstance(node, (ast.Assign, ast.AugAssign))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and ast.unparse(target.value) != "self"
    ]
    allowed = {"chosen.value", "dom.root().dataset.python"}  # elements of the page
    assert set(late) - allowed == set()


def test_signals_are_connected_in_the_wiring_only() -> None:
    connecting = {
        path.relative_to(ROOT).as_posix()
        for path in [ROOT / "main.py", *(ROOT / "ui").rglob("*.py")]
        for node in nodes(path.relative_to(ROOT).as_posix())
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "connect"
    }
    assert connecting - set(WIRING) == LISTENERS_OF_THEIR_OWN_PART


def test_work_gets_the_browser_handed_in() -> None:
    """No module of ``ui/work`` names a module of ``ui/browser``, so all of it runs here."""
    for path in Path(ROOT / "ui/work").glob("*.py"):
        modules = [
            node.module
            for node in nodes(f"ui/work/{path.name}")
            if isinstance(node, ast.ImportFrom)
        ]
        assert [name for name in modules if name and name.startswith("ui.browser")] == [], path


FILLED_BY = {
    "source": {"ui/work/readable.py", "ui/work/cutout_run.py", "ui/work/plain_run.py"},
    "settings": {
        "ui/aims/taking.py",
        "ui/state/recipe.py",
        "ui/state/history.py",
        "ui/work/studio.py",
    },
    "result": {"ui/work/live.py"},
    "pictures": {
        "ui/look/first_look.py",
        "ui/look/thumbnails.py",
        "ui/work/pictures.py",
        "ui/work/desk.py",
        "ui/work/live.py",
        "ui/work/cutout_run.py",
        "ui/work/plain_run.py",
    },
    "timing": {"ui/look/first_look.py", "ui/work/cutout_run.py", "ui/work/plain_run.py"},
}
"""Each record of a photo and who fills it, beside the queue, which takes photos in and renews them.
A result is made whole; only how much it resembles the original is found out later."""


def fields() -> dict[str, set[str]]:
    """Return the names of the values in each record."""
    found: dict[str, set[str]] = {}
    for node in ast.parse((ROOT / "ui/state/records.py").read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef):
            names = {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
            found[node.name.lower()] = names
    return found


def assigned(file: str) -> Iterator[tuple[str, str]]:
    """Yield (record, value) of every value of a record that a file assigns.

    A record is reached by its name (``item.pictures.before``) or has been given that name.
    """
    for node in nodes(file):
        if not isinstance(node, ast.Attribute) or not isinstance(node.ctx, ast.Store):
            continue
        holder = ast.unparse(node.value).split(".")[-1]
        record = "settings" if holder == "own" else holder
        if record in FILLED_BY and node.attr in fields()[record]:
            yield record, node.attr


def test_each_record_of_a_photo_is_filled_by_its_owners_only() -> None:
    filled: dict[str, set[str]] = {record: set() for record in FILLED_BY}
    for path in [ROOT / "main.py", *(ROOT / "ui").rglob("*.py")]:
        file = path.relative_to(ROOT).as_posix()
        for record, _ in assigned(file):
            filled[record].add(file)
    assert {record: files - {"ui/state/queue.py"} for record, files in filled.items()} == FILLED_BY
