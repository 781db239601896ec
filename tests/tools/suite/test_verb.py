"""What ``dev.py test`` runs, and when it stops to begin anything."""

import argparse
import os
import subprocess
import sys

import pytest

from tools.pages import browser
from tools.setup.complaint import Complaint
from tools.setup.progress import make_console
from tools.suite import time_limit, verb


def runs(*words: str, missing: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return the commands of pytest that a command line leads to."""
    parser = argparse.ArgumentParser()
    verb.add_arguments(parser)
    args, args.rest = parser.parse_known_args(words)
    return [check.command for check in verb.runs_of_pytest(args, list(missing))]


def test_what_needs_no_browser_runs_first_and_what_is_slow_only_when_asked_for():
    without, with_browser = runs()
    assert without[-2:] == ("--ignore", "tests/browser")
    assert with_browser[-1] == "tests/browser"
    assert without[-4:-2] == ("-m", "not slow")
    assert with_browser[-3:-1] == ("-m", "not slow and not later")
    assert runs("--all") == [without, with_browser, *runs("--slow")]
    assert "(slow or later)" in runs("--slow")[0]


def test_pytests_own_arguments_make_one_run_in_one_process():
    assert runs("tests/core", "-q") == [("pytest", "-m", "not slow", "tests/core", "-q")]
    assert runs("--all", "tests/core") == [("pytest", "tests/core")]
    assert runs("--slow", "tests/core") == [("pytest", "-m", "slow", "tests/core")]


def none_to_be_had(_console: object) -> None:
    """Stand in for a machine without a browser and without a way to it."""
    raise Complaint("No Firefox was found.")


def test_a_browser_that_cannot_be_had_is_left_out_only_where_time_is_limited(monkeypatch):
    console = make_console(quiet=True)
    monkeypatch.setattr(browser, "ensure_firefox", none_to_be_had)
    monkeypatch.setattr(browser, "ensure_webkit", lambda _console: "/usr/bin/driver")
    assert verb.other_browsers(console, may_be_missing=True) == ["firefox"]
    with pytest.raises(Complaint, match="No Firefox"):
        verb.other_browsers(console, may_be_missing=False)
    assert "(slow or later) and not firefox" in runs("--slow", missing=("firefox",))[0]


@pytest.mark.parametrize(("minutes", "outcome"), [(1, "1 failed"), (0, "1 skipped")])
def test_after_the_time_no_test_is_begun(tmp_path, minutes, outcome):
    (tmp_path / "test_one.py").write_text("def test_one():\n    assert False\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", time_limit.__name__, str(tmp_path)]
    environment = os.environ | time_limit.until(minutes)
    answer = subprocess.run(
        [*command, "-c", os.devnull, "--rootdir", str(tmp_path)],
        env=environment | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome in answer.stdout, answer.stdout + answer.stderr
    assert (answer.returncode == 0) == (minutes == 0)
