"""core/ runs wherever NumPy and Pillow run, so it may import nothing else."""

import ast
import sys
from pathlib import Path

import core

ALLOWED = {"numpy", "PIL", "common", "core"}


def imported_names(source):
    """Return the top-level names of all modules that a source text imports."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where a name comes from"
            names.add(node.module.split(".")[0])
    return names


def test_core_imports_nothing_but_numpy_pillow_common_and_the_standard_library():
    files = sorted(Path(core.__file__).parent.glob("*.py"))
    assert len(files) >= 9
    for file in files:
        foreign = imported_names(file.read_text("utf-8")) - ALLOWED - set(sys.stdlib_module_names)
        assert not foreign, (file.name, foreign)


def test_no_file_of_core_is_longer_than_250_lines():
    for file in Path(core.__file__).parent.glob("*.py"):
        assert len(file.read_text("utf-8").splitlines()) <= 250, file.name
