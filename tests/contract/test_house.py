"""The house: which room may import from which, how large a room may be, no circles.

All of it is read off the whole tree, folders within folders included, so that a file that moves
cannot escape.
"""

import ast
import re
import sys
from pathlib import Path

import pytest

from tools.setup.checkout import ROOT

FLOORS = (
    ("common.language",),
    ("common",),
    ("common.edits", "common.media"),
    ("common.goals",),
    ("core.containers", "inference"),
    ("core.icc",),
    ("core.readers",),
    ("core.bare",),
    ("core.files",),
    ("core.matte",),
    ("core.subject",),
    ("core.strokes",),
    ("core.picture",),
    ("core.writing",),
    ("core",),
    ("lab",),
    ("pixelwork",),
    ("ui.state",),
    ("ui.look",),
    ("ui.browser", "ui.work"),
    ("ui.browser.interpreter", "ui.browser.language", "ui.browser.window"),
    ("ui.browser.editor",),
    ("ui.stage", "ui.device"),
    ("ui.list", "ui.panels", "ui.privacy", "ui.lab"),
    ("ui.aims", "ui.crop"),
    ("ui",),
    ("", "tools.setup"),
    ("tools.model.rewriting",),
    ("tools.model",),
    ("tools.site.packing",),
    ("tools.site",),
    ("tools.pages",),
    ("tools.bench.machine",),
    ("tools.bench",),
    (
        "tools",
        "tools.accuracy",
        "tools.audit",
        "tools.language",
        "tools.suite",
        "tools.lighthouse",
        "tools.survey",
        "tools.verify",
    ),
)
"""The rooms from the ground up; a room imports from itself and from floors below. "" is the top
folder: the three actors."""

LARGEST_ROOM = 16
"""Modules at one level, the room's ``__init__.py`` aside."""

FOREIGN = {
    "common": {"json"},
    "core": {"numpy", "PIL", "compression", *sys.stdlib_module_names},
    "lab": {"numpy", "PIL", *sys.stdlib_module_names},
    "pixelwork": {"numpy", "PIL", "js", "pyodide", *sys.stdlib_module_names},
    "ui/state": {"json"},
    "ui/look": {"asyncio"},
    "ui/work": {"asyncio", "gc", "json"},
}
"""What files of a folder may import besides our own rooms, where that is restricted."""

OURS = ("common", "core", "inference", "lab", "pixelwork", "ui", "tools")


def sources() -> list[Path]:
    """Return every Python file of ours, tests aside, as a path from the checkout."""
    files = [*ROOT.glob("*.py")]
    for room in OURS:
        files += (ROOT / room).rglob("*.py")
    return sorted(file.relative_to(ROOT) for file in files)


def module_of(file: Path) -> str:
    """Return the dotted name of a file."""
    parts = file.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(file): file for file in sources()}


def room_of(file: Path) -> str:
    """Return the dotted name of the folder that a file lies in."""
    return ".".join(file.parent.parts)


def imports_of(file: Path) -> set[str]:
    """Return the dotted names that a file imports: modules of ours and top-level others."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide where a name comes from"
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = {name for name in inside if name in MODULES}
            found |= modules
            if modules != inside:
                found.add(node.module or "")
    return found


def own_imports(file: Path) -> set[Path]:
    """Return the files of ours that a file imports."""
    return {MODULES[name] for name in imports_of(file) if name in MODULES} - {file}


FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def test_every_room_has_a_floor():
    assert {room_of(file) for file in sources()} - set(FLOOR_OF) == set()
    assert set(FLOOR_OF) - {room_of(file) for file in sources()} == set()


def test_no_room_imports_upwards():
    wrong = []
    for file in sources():
        if file.name == "dev.py":
            continue  # opens every door by name
        for other in own_imports(file):
            here, there = room_of(file), room_of(other)
            if here != there and FLOOR_OF[there] >= FLOOR_OF[here]:
                wrong.append(f"{file} -> {other}")
    assert wrong == []


def test_no_two_files_import_each_other():
    arrows = {file: own_imports(file) for file in sources()}
    reached: dict[Path, set[Path]] = {}
    for start in arrows:
        seen, waiting = set(), list(arrows[start])
        while waiting:
            file = waiting.pop()
            if file not in seen:
                seen.add(file)
                waiting += arrows[file]
        reached[start] = seen
    assert [str(file) for file, seen in reached.items() if file in seen] == []


@pytest.mark.parametrize("folder", sorted({file.parent for file in sources()}), ids=str)
def test_no_room_is_a_corridor(folder):
    modules = [f for f in sources() if f.parent == folder and f.name != "__init__.py"]
    assert len(modules) <= LARGEST_ROOM


@pytest.mark.parametrize("folder", FOREIGN)
def test_a_room_imports_nothing_foreign_but_what_it_may(folder):
    files = [file for file in sources() if file.is_relative_to(folder)]
    assert files
    for file in files:
        foreign = {name.split(".")[0] for name in imports_of(file)} - set(OURS)
        assert foreign - FOREIGN[folder] == set(), file


@pytest.mark.parametrize("folder", sorted({file.parent for file in sources()}), ids=str)
def test_every_room_says_why_it_exists(folder):
    if folder == Path():
        return
    docstring = ast.get_docstring(ast.parse((ROOT / folder / "__init__.py").read_text("utf-8")))
    assert docstring


def test_no_file_is_longer_than_280_lines():
    """A file that grows beyond a few screens has more than one concern."""
    long = {str(f): len((ROOT / f).read_text("utf-8").splitlines()) for f in sources()}
    assert {name: lines for name, lines in long.items() if lines > 280} == {}


def test_the_rooms_of_the_architecture_document_are_those_of_the_tree_in_their_order():
    text = (ROOT / "docs/ARCHITECTURE.md").read_text("utf-8")
    table = text.split("\n## Rooms\n")[1].split("\n## ")[0]
    listed = re.findall(r"^\| \[([\w/]+)/\]", table, re.MULTILINE)
    rooms = [name.replace("/", ".") for name in listed]
    of_the_page = [room for floor in FLOORS for room in floor if room and "tools" not in room]
    assert sorted(room for room in rooms if room in FLOOR_OF and "tools" not in room) == sorted(
        of_the_page
    )
    floors = [FLOOR_OF[room] for room in rooms if room in FLOOR_OF]
    assert floors == sorted(floors)


def names_in(file: Path) -> set[str]:
    """Return every name that a file defines, assigns or imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {alias.asname or alias.name for alias in node.names}
    return found


def test_every_name_that_is_imported_from_a_room_is_there():
    """The page's rooms are not type-checked; there such a slip would show only in the browser."""
    missing = []
    for file in sources():
        for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module in MODULES:
                there = names_in(MODULES[node.module])
                missing += [
                    f"{file}: {node.module}.{alias.name}"
                    for alias in node.names
                    if alias.name not in there and f"{node.module}.{alias.name}" not in MODULES
                ]
    assert missing == []
