"""Lets modules of the lab's page be imported without a browser."""

import importlib
import sys
from unittest.mock import MagicMock

import pytest


@pytest.fixture
def page_module(monkeypatch):
    """Return a function that imports a page module afresh, its browser being stand-ins.

    Every element, file and worker of that browser answers to anything with nothing; an element is
    the same one whenever it is asked for by its ``id``.
    """
    # What another test has imported holds on to that test's browser.
    for name in [name for name in sys.modules if name.startswith(("ui.browser", "ui.lab"))]:
        monkeypatch.delitem(sys.modules, name)
    before = set(sys.modules)
    names = ("js", "jsffi", "pyscript", "pyscript.js_modules")
    stand_ins = {name: MagicMock(name=name) for name in names}
    stand_ins["jsffi"].JsException = type("JsException", (Exception,), {})
    elements = {}
    document = stand_ins["js"].document
    document.createElement.side_effect = lambda tag: MagicMock(name=tag)
    document.getElementById.side_effect = lambda key: elements.setdefault(key, MagicMock(name=key))
    for name, module in stand_ins.items():
        monkeypatch.setitem(sys.modules, name, module)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if name.startswith("ui."):
            del sys.modules[name]
