"""Tests run in the order in which a failure is cheapest to find."""

import itertools
import json
import re
import subprocess
import sys

import pytest

from tests.browser.journeys_of_every_run import PLACES, is_of_every_run
from tests.conftest import ENGINES, FOLDERS, JOURNEY, LATER, company
from tools.setup.checkout import ROOT

LIST = """
import json, sys
import pytest

class Teller:
    def pytest_collection_finish(self, session):
        marks = lambda item: [mark.name for mark in item.iter_markers()]
        told = [[item.nodeid, marks(item), item.fixturenames] for item in session.items]
        print("tests: " + json.dumps(told))

sys.exit(pytest.main(["--collect-only", "-q"], [Teller()]))
"""


@pytest.fixture(scope="module")
def told() -> list[tuple[str, list[str], list[str]]]:
    """Identifier, marks and fixtures of each test, in the order in which all of them run."""
    answer = subprocess.run(
        [sys.executable, "-c", LIST], cwd=ROOT, capture_output=True, text=True, check=True
    )
    (line,) = [line for line in answer.stdout.splitlines() if line.startswith("tests: ")]
    found: list[tuple[str, list[str], list[str]]] = json.loads(line.removeprefix("tests: "))
    return found


@pytest.fixture(scope="module")
def collected(told) -> list[tuple[str, bool, bool]]:
    """Folder of each test in that order; is it for later, another engine?"""
    return [
        (
            name.split("/")[1],
            any(mark in marks for mark in LATER),
            any(engine in marks for engine in ENGINES),
        )
        for name, marks, _ in told
    ]


def rooms(folders: list[str]) -> list[str]:
    """Return the folders that a list goes through, each as often as it is entered."""
    return [name for name, _ in itertools.groupby(folders)]


def test_the_quick_folders_come_first_and_the_browser_last(collected):
    quick = [folder for folder, slow, engine in collected if not slow and not engine]
    assert rooms(quick) == list(FOLDERS)


def test_slow_tests_come_after_all_others_and_foreign_engines_last(collected):
    weights = [(engine, slow) for _, slow, engine in collected]
    assert weights == sorted(weights)
    slow = [folder for folder, slow, engine in collected if slow and not engine]
    assert rooms(slow) == [folder for folder in FOLDERS if folder in slow]


def test_every_journey_of_every_run_is_there_and_runs(told):
    """A test that was renamed would otherwise leave every run in silence."""
    base = "tests/browser/"
    quick = {
        name.removeprefix(base)
        for name, marks, _ in told
        if name.startswith(base) and not any(mark in marks for mark in LATER)
    }
    found = {node.split("::")[0] for node in quick} | {node.split("[")[0] for node in quick}
    assert sorted(PLACES - found) == []
    assert all(is_of_every_run(node) for node in quick)


def test_every_folder_has_its_place():
    with_tests = {
        file.relative_to(ROOT / "tests").parts[0] for file in (ROOT / "tests").rglob("test_*.py")
    }
    assert with_tests == set(FOLDERS)


def test_all_files_that_look_at_the_journey_run_in_one_process(told):
    looking = {name.split("::")[0] for name, _, fixtures in told if "journey" in fixtures}
    assert looking == JOURNEY
    assert {company(file) for file in looking} == {"the journey"}
    assert company("tests/core/test_golden.py") == "tests/core/test_golden.py"


IMPORT = re.compile(r"^\s*from tests\.browser\.[\w.]*\btest_\w+ import", re.MULTILINE)


def test_no_browser_test_imports_from_another():
    """What several of them share lies once, in ``tests/browser/support``."""
    files = [*(ROOT / "tests/browser").rglob("*.py")]
    assert [file.name for file in files if IMPORT.search(file.read_text("utf-8"))] == []
