"""The order of all tests: what is quick and near the cause first, so that it fails first."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent

FOLDERS = ("common", "core", "ui", "tools", "privacy", "contract", "browser")
"""Folders of tests in the order in which they run."""

ENGINES = ("firefox", "webkit")
"""Markers of what takes minutes; it comes last of all."""


def place(item: pytest.Item) -> tuple[bool, bool, int]:
    """Return what a test is sorted by: other engines last, before them what is slow, then folders.

    Within a folder the order stays, so that tests that share a page stay together.
    """
    return (
        any(item.get_closest_marker(name) for name in ENGINES),
        item.get_closest_marker("slow") is not None,
        FOLDERS.index(item.path.relative_to(HERE).parts[0]),
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the tests; a folder that stands in no place of the order is an error."""
    items.sort(key=place)
