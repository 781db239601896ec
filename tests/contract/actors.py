"""The actors of the page and of the lab, and what each of their scripts imports."""

import ast
from pathlib import Path

from tools.setup.checkout import ROOT

ACTORS = {"main.py": "pyscript.toml", "worker.py": "worker.toml", "pixels.py": "pixels.toml"}


LAB_ACTORS = {
    "lab_page.py": "lab_page.toml",
    "lab_network.py": "lab_network.toml",
    "lab_worker.py": "lab_worker.toml",
}
"""Each actor's script and its configuration, of the page and of the lab."""


ALL_ACTORS = {**ACTORS, **LAB_ACTORS}


ROOMS = ("common", "core", "inference", "lab", "pixelwork", "ui", "worker")


def imported_files(script: str) -> set[str]:
    """Return the files of our rooms that a script imports, itself or through others."""
    found: set[str] = set()
    waiting = [script]
    while waiting:
        for module in imported_modules(ROOT / waiting.pop()):
            parts = module.split(".")
            if parts[0] not in ROOMS:
                continue
            for length in range(1, len(parts) + 1):
                for path in file_of_module(parts[:length]):
                    if path not in found:
                        found.add(path)
                        waiting.append(path)
    return found


def imported_modules(file: Path) -> set[str]:
    """Return every dotted name that a file imports; ``from a import b`` gives a and a.b."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def file_of_module(parts: list[str]) -> list[str]:
    """Return the path of a module or package, none for a name inside of one."""
    candidates = ("/".join(parts) + ".py", "/".join([*parts, "__init__.py"]))
    return [path for path in candidates if (ROOT / path).is_file()]
