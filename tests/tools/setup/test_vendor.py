import json
from pathlib import Path

import pytest

from tools.setup import vendor
from tools.setup.complaint import Complaint
from tools.setup.progress import make_console
from tools.setup.pyodide_wheels import missing_files
from tools.site.media_types import media_type


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A node_modules folder with tiny parts, which set-up finds instead of asking npm."""
    modules = tmp_path / "node_modules"
    micropython = "@micropython/micropython-webassembly-pyscript"
    files = {f"{micropython}/{name}": name for name in vendor.MICROPYTHON}
    files |= {f"pyodide/{name}": name for name in vendor.PYODIDE}
    files |= {f"onnxruntime-web/dist/{name}": name for name in vendor.ONNXRUNTIME}
    for codec, names in vendor.CODECS.items():
        files |= {f"@jsquash/{codec}/{name}": name for name in (*names, "encode.js")}
    files |= {f"libheif-js/libheif-wasm/{name}": name for name in vendor.LIBHEIF.values()}
    files |= {f"pdfjs-dist/wasm/{name}": name for name in vendor.OPENJPEG.values()}
    files |= {f"client-zip/{name}": name for name in vendor.ZIP}
    pyscript = {
        "core.js": 'export{a}from"./core-1.js";',
        "core.css": "",
        "core-1.js": 'import("./toml-2.js");import("./codemirror-3.js")',
        "toml-2.js": 'export{a}from"./core-1.js";',
        "codemirror-3.js": "",
        "core-1.js.map": "",
        "unused-4.js": "",
    }
    files |= {f"@pyscript/core/dist/{name}": text for name, text in pyscript.items()}
    for name, text in files.items():
        path = modules / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    packages = tmp_path / "packages.tar.gz"
    packages.write_bytes(b"packages")
    monkeypatch.setattr(vendor, "node_modules", lambda *_: modules)
    monkeypatch.setattr(vendor, "pyodide_wheels", lambda *_: [])
    monkeypatch.setattr(vendor, "lean_packages", lambda *_: packages)
    return modules


@pytest.fixture
def root(checkout: Path) -> Path:
    (checkout / "requirements").mkdir()
    (checkout / "requirements" / "pyodide.txt").write_text("pin", encoding="utf-8")
    (checkout / "package-lock.json").write_text("{}", encoding="utf-8")
    return checkout


def test_a_script_begins_with_the_line_that_keeps_it_from_being_a_service_worker():
    assert vendor.shipped("zip/index.js", b"export {}") == vendor.GUARD + b"export {}"
    assert vendor.shipped("a/b.mjs", b"") == vendor.GUARD
    assert vendor.shipped("a/b.wasm", b"\0asm") == b"\0asm"


def test_a_script_under_the_lgpl_stays_as_it_is_and_is_no_script_to_a_browser(root, parts):
    ensure(root)
    name = "codecs/heic/libheif.js.txt"
    assert (root / "assets" / "vendor" / name).read_bytes() == b"libheif.js"
    assert media_type(name).startswith("text/plain")


def installed(root: Path) -> set[str]:
    folder = root / "assets" / "vendor"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def ensure(root: Path) -> None:
    vendor.ensure_vendor(root, make_console(quiet=True))


def test_what_the_page_loads_is_installed_and_everything_else_removed(root, parts):
    ensure(root)
    expected = {f"micropython/{name}" for name in vendor.MICROPYTHON}
    expected |= {f"pyodide/{name}" for name in (*vendor.PYODIDE, "packages.tar.gz")}
    expected |= {f"onnxruntime/{name}" for name in vendor.ONNXRUNTIME}
    for codec, names in vendor.CODECS.items():
        expected |= {f"codecs/{codec}/{name.rpartition('/')[2]}" for name in names}
    expected |= {f"codecs/heic/{name}" for name in vendor.LIBHEIF}
    expected |= {f"codecs/jpeg2000/{name}" for name in vendor.OPENJPEG}
    expected |= {f"client-zip/{name}" for name in vendor.ZIP}
    expected |= {f"pyscript/{name}" for name in ("core.js", "core.css", "core-1.js", "toml-2.js")}
    expected.add("pyscript/codemirror-3.js")  # the lab's editor
    assert installed(root) == expected | {vendor.STAMP}


def test_a_second_run_touches_nothing(root, parts, monkeypatch):
    ensure(root)
    monkeypatch.setattr(vendor, "node_modules", lambda *_: pytest.fail("asked npm again"))
    ensure(root)


@pytest.mark.parametrize("damage", ["missing file", "short file", "no stamp", "broken stamp"])
def test_a_damaged_installation_is_repaired(root, parts, damage):
    ensure(root)
    folder = root / "assets" / "vendor"
    if damage == "missing file":
        (folder / "pyodide" / "pyodide.mjs").unlink()
    elif damage == "short file":
        (folder / "pyodide" / "pyodide.mjs").write_bytes(b"")
    elif damage == "no stamp":
        (folder / vendor.STAMP).unlink()
    else:
        (folder / vendor.STAMP).write_text("{", encoding="utf-8")
    ensure(root)
    assert (folder / "pyodide" / "pyodide.mjs").read_bytes() == vendor.GUARD + b"pyodide.mjs"
    assert json.loads((folder / vendor.STAMP).read_bytes())["files"]


def test_another_lock_file_installs_anew(root, parts):
    ensure(root)
    (parts / "pyodide" / "pyodide.mjs").write_text("PYODIDE.MJS", encoding="utf-8")
    (root / "package-lock.json").write_text("{ }", encoding="utf-8")
    ensure(root)
    file = root / "assets" / "vendor" / "pyodide" / "pyodide.mjs"
    assert file.read_bytes() == vendor.GUARD + b"PYODIDE.MJS"


def test_a_part_that_a_new_version_no_longer_has_is_named(root, parts):
    (parts / "pyodide" / "pyodide.mjs").unlink()
    with pytest.raises(Complaint, match=r"pyodide\.mjs is missing"):
        ensure(root)


def test_a_wheel_with_another_hash_counts_as_missing(tmp_path):
    (tmp_path / "numpy.whl").write_bytes(b"tampered")
    assert missing_files(tmp_path, {"numpy.whl": "0" * 64}) == {"numpy.whl": "0" * 64}
