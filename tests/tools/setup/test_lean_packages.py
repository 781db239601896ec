"""NumPy and Pillow for the pixel worker: what is left out, and the same bytes each time."""

import json
import zipfile

import pytest

from tools.setup.cache import file_digest
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint
from tools.setup.in_pyodide import run_in_pyodide
from tools.setup.lean_packages import NAME, PROGRAM, WHAT
from tools.setup.lean_packages_inside import contents, is_used, packed
from tools.setup.node import node_modules
from tools.setup.progress import make_console
from tools.setup.pyodide_wheels import pyodide_wheels
from tools.setup.vendor_lock import locked_hashes


@pytest.fixture
def wheel(tmp_path):
    file = tmp_path / "a.whl"
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("a/__init__.py", "a/tests/test_a.py", "a/a.pyi", "a/_a.so", "a/"):
            archive.writestr(name, "x = 1\n" if name.endswith(".py") else "")
        for name in ("METADATA", "RECORD", "licenses/LICENSE.txt"):
            archive.writestr(f"a-1.dist-info/{name}", "")
    return file


def test_what_nobody_imports_is_left_out_and_python_is_compiled(wheel):
    names = ["a-1.dist-info/METADATA", "a-1.dist-info/licenses/LICENSE.txt"]
    assert list(contents([wheel])) == [*names, "a/__init__.pyc", "a/_a.so"]


def test_what_numpy_itself_imports_stays():
    assert is_used("numpy/testing/__init__.py")
    assert is_used("numpy/typing/__init__.py")
    assert not is_used("numpy/testing/tests/test_utils.py")
    assert not is_used("numpy/f2py/f2py2e.py")


def test_the_same_files_make_the_same_bytes(wheel):
    assert packed(contents([wheel])) == packed(contents([wheel]))


def test_made_anew_it_is_the_archive_that_the_checkout_knows(tmp_path):
    console = make_console(quiet=True)
    pyodide = node_modules(ROOT, console) / "pyodide"
    wheels = pyodide_wheels(pyodide, console)
    run_in_pyodide(WHAT, PROGRAM, pyodide, wheels, tmp_path / NAME)
    assert file_digest(tmp_path / NAME) == locked_hashes(ROOT)[f"pyodide/{NAME}"]


def test_a_pyodide_that_does_not_start_is_told_of(tmp_path):
    (tmp_path / "package.json").write_text(json.dumps({"version": "0"}), encoding="utf-8")
    with pytest.raises(Complaint, match="could not make the archive"):
        run_in_pyodide(WHAT, PROGRAM, tmp_path, [], tmp_path / NAME)
