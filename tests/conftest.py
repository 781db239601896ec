"""The order of all tests: what is quick and near the cause first, so that it fails first."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent

FOLDERS = ("common", "core", "lab", "ui", "tools", "privacy", "contract", "browser")
"""Folders of tests in the order in which they run."""

# Helpers say what differs, too, not only the files of tests.
pytest.register_assert_rewrite(*(f"tests.{folder}" for folder in FOLDERS))

ENGINES = ("firefox", "webkit")
"""Markers of what takes minutes; it comes last of all."""

LATER = ("slow", "later")
"""Markers of what only ``dev.py test --all`` runs."""

JOURNEY = frozenset(
    f"tests/browser/{name}"
    for name in ("cutout/test_cutout.py", "offline/test_offline.py", "privacy/test_network.py")
)
"""Files whose tests look at the one journey with the real weights: one process makes it."""


def place(item: pytest.Item) -> tuple[bool, bool, int]:
    """Return what a test is sorted by: other engines last, before them what comes later, folders.

    Within a folder the order stays, so that tests that share a page stay together.
    """
    return (
        any(item.get_closest_marker(name) for name in ENGINES),
        any(item.get_closest_marker(name) for name in LATER),
        FOLDERS.index(item.path.relative_to(HERE).parts[0]),
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the tests."""
    items.sort(key=place)


def company(file: str) -> str:
    """Return the name of what runs in one process with a file's tests: the file as a rule."""
    return "the journey" if file in JOURNEY else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Hand the tests of a file, and of the files around the journey, to one process."""
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        """Knows which files stay together."""

        def _split_scope(self, nodeid: str) -> str:
            return company(super()._split_scope(nodeid))

    return Scheduling(config, log)
