"""Lessons that cannot be read keep nobody from the others, and are read again on demand."""

import asyncio
import sys
from types import SimpleNamespace

import pytest

from ui.lab.drafts import Drafts


class Site:
    """Files beside the page; those in ``gone`` cannot be read."""

    def __init__(self):
        self.gone = set()

    async def paths_of(self, folder):
        if folder in self.gone:
            raise OSError("manifest.json cannot be fetched")
        return [f"{folder}02-two.py", f"{folder}01-one.py"]

    async def text_of(self, path):
        if path in self.gone:
            raise OSError(f"{path} is missing")
        return f'"""Lesson {path}.\n'


@pytest.fixture
def made(page_module):
    """Return a list of lessons, its site, and what was begun."""
    module = page_module("ui.lab.lesson_list")
    site, begun = Site(), []
    offered = module.LessonList(site.paths_of, site.text_of, Drafts(lambda: None), begun.append)
    get = sys.modules["js"].document.getElementById
    return SimpleNamespace(site=site, begun=begun, offered=offered, element=get)


def test_without_any_lesson_the_page_says_so_and_drafts_stay(made):
    made.site.gone.add("lessons/")
    asyncio.run(made.offered.collect())
    made.offered.show()
    assert "The stages work without them." in made.element("lessons-missing").textContent
    assert made.element("lessons-again").hidden is False
    assert made.offered.names == []
    assert made.offered.knows("01-one"), "it may come with the next try"
    assert not made.offered.knows("core.gone.away")


def test_one_that_is_missing_is_counted_and_comes_with_the_next_try(made):
    made.site.gone.add("lessons/01-one.py")
    asyncio.run(made.offered.collect())
    made.offered.show()
    assert made.offered.names == ["02-two"]
    assert "1 of 2 lessons" in made.element("lessons-missing").textContent
    made.site.gone.clear()
    asyncio.run(made.offered._try_again())
    assert made.offered.names == ["01-one", "02-two"]
    assert made.element("lessons-missing").textContent == ""
    assert made.element("lessons-again").hidden is True
    assert not made.offered.knows("03-three")
