"""Python that is compiled before it is served."""

import marshal

import pytest

from tools.setup.checkout import ROOT
from tools.site.packing.compiled import READ_BY_PUPILS, compiled_for, for_micropython, for_pyodide

VENDOR = ROOT / "assets/vendor"
WHOLE = b"def answer():\n    return 6 * 7\n"
BROKEN = b"def answer(:\n"


def test_micropython_gets_its_own_form():
    name, data = for_micropython("ui/deep/a.py", WHOLE)
    assert name == "ui/deep/a.mpy"
    assert data.startswith(b"M\x06")
    assert b"ui/deep/a.py" in data
    assert for_micropython("ui/deep/a.py", WHOLE) == (name, data)
    assert for_micropython("ui/b.py", WHOLE)[1] != data


def test_what_cannot_be_compiled_stays_as_it_is():
    assert for_micropython("ui/a.py", BROKEN) == ("ui/a.py", BROKEN)
    made = for_pyodide({"core/a.py": WHOLE, "core/b.py": BROKEN}, VENDOR / "pyodide")
    assert set(made) == {"core/a.pyc", "core/b.py"}
    assert made["core/b.py"] == BROKEN


def test_pyodide_gets_its_own_form():
    made = for_pyodide({"core/a.py": WHOLE}, VENDOR / "pyodide")
    assert b"core/a.py" in made["core/a.pyc"]
    assert made["core/a.pyc"][4:8] == (1).to_bytes(4, "little")


def test_this_python_cannot_read_them():
    """Else the other test would pass with whatever Python runs it."""
    made = for_pyodide({"core/a.py": WHOLE}, VENDOR / "pyodide")
    code = marshal.dumps(compile(WHOLE, "core/a.py", "exec", optimize=0))
    assert made["core/a.pyc"][16:] != code


@pytest.mark.parametrize(
    ("interpreter", "configuration", "name"),
    [
        ("./assets/js/micropython.js", "pyscript.toml", "a.mpy"),
        ("./assets/js/pyodide.js", "pixels.toml", "a.pyc"),
        ("./assets/js/pyodide.js", READ_BY_PUPILS, "a.py"),
        ("", "pyscript.toml", "a.py"),
    ],
)
def test_each_actor_gets_what_its_interpreter_reads(interpreter, configuration, name):
    made = compiled_for(interpreter, configuration, {"a.py": WHOLE}, VENDOR)
    assert list(made) == [name]
