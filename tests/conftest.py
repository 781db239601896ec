"""The order of all tests: what is quick and near the cause first, so that it fails first."""

from collections.abc import Generator
from pathlib import Path

import pytest

HERE = Path(__file__).parent

FOLDERS = ("common", "core", "lab", "ui", "tools", "privacy", "contract", "browser")
"""Folders of tests in the order in which they run."""

ENGINES = ("firefox", "webkit")
"""Markers of what takes minutes; it comes last of all."""

COSTLY = ("journey",)
"""Fixtures that several files look at and that are made once; their tests stay together."""


def place(item: pytest.Item) -> tuple[bool, bool, int]:
    """Return what a test is sorted by: other engines last, before them what is slow, then folders.

    Within a folder the order stays, so that tests that share a page stay together.
    """
    return (
        any(item.get_closest_marker(name) for name in ENGINES),
        item.get_closest_marker("slow") is not None,
        FOLDERS.index(item.path.relative_to(HERE).parts[0]),
    )


def company(item: pytest.Item) -> str:
    """Return the name of the group that a test runs with, in one process: its file as a rule."""
    wanted = getattr(item, "fixturenames", ())
    return next((name for name in COSTLY if name in wanted), str(item.path.relative_to(HERE)))


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, object, object]:
    """Say which tests stay together, before anybody else looks; sort them after all others did."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(company(item)))
    answer = yield
    items.sort(key=place)
    return answer
