"""common/ does on the page's MicroPython what it does here: the same tests run inside it."""

import ast
import json
import shutil
import subprocess

import pytest

from tools.setup.checkout import ROOT


@pytest.fixture(scope="module")
def outcome():
    """The outcome of all tests of common/ in the real MicroPython wasm, under Node."""
    node = shutil.which("node")
    assert node, "Node.js is not installed; the set-up needs it"
    done = subprocess.run(
        [node, str(ROOT / "tests/contract/run_micropython.mjs"), str(ROOT)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def names_in_the_sources():
    """Return module.function of every test in tests/common."""
    names = set()
    for file in (ROOT / "tests/common").rglob("test_*.py"):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                names.add(f"{file.stem}.{node.name}")
    return names


def test_the_tests_of_common_pass_on_the_real_micropython(outcome):
    assert outcome["failed"] == {}


def test_none_of_the_tests_of_common_was_left_out(outcome):
    assert set(outcome["passed"]) == names_in_the_sources()
    assert len(outcome["passed"]) >= 25


def test_it_was_micropython_that_ran_them(outcome):
    assert "MicroPython" in outcome["version"]
