"""Tests run in the order in which a failure is cheapest to find."""

import itertools
import json
import subprocess
import sys

import pytest

from tests.conftest import ENGINES, FOLDERS
from tools.setup.checkout import ROOT

LIST = """
import json, sys
import pytest

class Teller:
    def pytest_collection_finish(self, session):
        marks = lambda item: [mark.name for mark in item.iter_markers()]
        print("tests: " + json.dumps([[item.nodeid, marks(item)] for item in session.items]))

sys.exit(pytest.main(["--collect-only", "-q"], [Teller()]))
"""


@pytest.fixture(scope="module")
def collected() -> list[tuple[str, bool, bool]]:
    """Folder of each test in the order in which all of them run; is it slow, another engine?"""
    answer = subprocess.run(
        [sys.executable, "-c", LIST], cwd=ROOT, capture_output=True, text=True, check=True
    )
    (line,) = [line for line in answer.stdout.splitlines() if line.startswith("tests: ")]
    return [
        (name.split("/")[1], "slow" in marks, any(engine in marks for engine in ENGINES))
        for name, marks in json.loads(line.removeprefix("tests: "))
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


def test_every_folder_has_its_place():
    with_tests = {
        file.relative_to(ROOT / "tests").parts[0] for file in (ROOT / "tests").rglob("test_*.py")
    }
    assert with_tests == set(FOLDERS)
