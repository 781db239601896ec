"""A plugin for pytest: after some minutes no further test is begun.

So that a machine that ends whatever takes too long gets a result in time. What was not begun stands
in the summary, one line for each file. Loaded with ``-p tools.suite.time_limit``; the processes of
one run read the same end from the environment.
"""

import os
import time

import pytest

UNTIL = "HOMECUT_TESTS_BEGIN_UNTIL"
"""Environment variable: seconds since 1970 after which no test is begun."""


def until(minutes: float) -> dict[str, str]:
    """Return the environment variable for a run that begins no test after so many minutes."""
    return {UNTIL: str(time.time() + 60 * minutes)}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Do not begin a test when the time is over; nothing of it is set up then."""
    if time.time() > float(os.environ[UNTIL]):
        pytest.skip("not begun: the time for this run is over")
