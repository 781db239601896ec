import hashlib
import json
import os

import pytest

from tools.setup.complaint import Complaint
from tools.site.site import CANARY, Site, is_for_later, stamp


def test_the_site_is_what_the_page_needs_and_nothing_else(checkout):
    paths = Site(checkout).paths()
    assert [path for path in paths if not path.startswith("models/chunks/")] == [
        "assets/css/page.css",
        "assets/vendor/pyodide/big.wasm",
        "common/__init__.py",
        "core/matte/mask.py",
        "index.html",
        "main.py",
        "models/models.json",
        "sw.js",
    ]


@pytest.mark.parametrize(
    "path",
    [
        "dev.py",
        "tools/secret.py",
        "models/README.md",
        "assets/vendor/.installed.json",
        "core/__pycache__/mask.cpython-311.pyc",
        "assets/../dev.py",
        "assets//css/page.css",
        "assets",
        "",
        "assets/css\\page.css",
        "assets/\0",
        "models/chunks/other.bin",
    ],
)
def test_other_paths_lead_nowhere(checkout, path):
    assert Site(checkout).file(path) is None


def test_the_manifest_pins_every_file_but_the_two_that_are_made_from_it(checkout):
    site = Site(checkout)
    manifest = json.loads(site.manifest())
    assert set(manifest["files"]) == set(site.paths()) - {"sw.js"}
    data = (checkout / "index.html").read_bytes()
    expected = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    assert manifest["files"]["index.html"] == expected


def test_the_shell_is_everything_but_chunks_codecs_and_python_that_comes_in_archives(checkout):
    codec = checkout / "assets/vendor/codecs/avif/avif_enc.wasm"
    codec.parent.mkdir(parents=True)
    codec.write_bytes(b"wasm")
    manifest = json.loads(Site(checkout).manifest())
    chunks = {path for path in manifest["files"] if path.startswith("models/chunks/")}
    assert len(chunks) == 1
    assert manifest["later"] == ["assets/vendor/codecs/avif/avif_enc.wasm"]
    assert is_for_later("assets/js/heic.js")
    in_archives = {path for path in manifest["files"] if path.startswith(("common/", "core/"))}
    others = chunks | in_archives | set(manifest["later"])
    assert len(in_archives) == 2
    assert manifest["shell"] == sorted(set(manifest["files"]) - others)


def test_what_few_visitors_need_is_listed_with_its_hash_but_never_stored_beforehand(checkout):
    runtime = checkout / "assets/vendor/onnxruntime/ort-wasm-simd-threaded.jspi.wasm"
    runtime.parent.mkdir(parents=True, exist_ok=True)
    runtime.write_bytes(b"wasm")
    (checkout / CANARY).write_bytes(b"canary")
    shot = checkout / "assets/install/desktop-done.webp"
    shot.parent.mkdir(parents=True)
    shot.write_bytes(b"webp")
    manifest = json.loads(Site(checkout).manifest())
    rare = {
        "assets/vendor/onnxruntime/ort-wasm-simd-threaded.jspi.wasm",
        "assets/install/desktop-done.webp",
        CANARY,
    }
    assert rare <= set(manifest["files"])
    assert not rare & set(manifest["shell"] + manifest["later"])


def test_chunks_that_no_variant_names_are_left_out(checkout):
    stray = checkout / "models" / "chunks" / ("cd" * 32 + ".bin")
    stray.write_bytes(b"old")
    assert f"models/chunks/{stray.name}" not in Site(checkout).paths()


def test_a_changed_file_changes_the_build_and_the_service_worker(checkout):
    site = Site(checkout)
    before = json.loads(site.manifest())["build"], site.content("sw.js")
    file = checkout / "core" / "mask.py"
    file.write_text("THRESHOLD = 0.6\n", encoding="utf-8")
    status = file.stat()
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    after = json.loads(site.manifest())["build"], site.content("sw.js")
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_the_service_worker_names_the_build_and_the_manifest(checkout):
    site = Site(checkout)
    manifest = site.manifest()
    source = site.content("sw.js").decode()
    assert f'const BUILD = "{json.loads(manifest)["build"]}";' in source
    assert f'const MANIFEST_SHA256 = "{hashlib.sha256(manifest).hexdigest()}";' in source


def test_a_service_worker_without_the_line_to_stamp_is_refused(checkout):
    with pytest.raises(Complaint, match="exactly once"):
        stamp("const VERSION = 1;", Site(checkout).manifest())


@pytest.mark.parametrize("inside", ["assets/x", "assets/css/more/x", "core/x.py", "LICENSE"])
def test_a_link_is_never_served_wherever_it_leads(checkout, tmp_path, inside):
    (tmp_path / "secret").write_text("not yours")
    (checkout / inside).parent.mkdir(parents=True, exist_ok=True)
    (checkout / inside).symlink_to(tmp_path / "secret")
    assert Site(checkout).content(inside) is None
    assert inside not in Site(checkout).paths()


def test_a_folder_that_is_a_link_is_not_served(checkout, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home/key.txt").write_text("not yours")
    (checkout / "assets/home").symlink_to(tmp_path / "home")
    assert Site(checkout).content("assets/home/key.txt") is None
    (checkout / "assets/inner").symlink_to(checkout / "tools")
    assert Site(checkout).content("assets/inner/secret.py") is None


def test_a_checkout_that_is_itself_reached_by_a_link_is_served(checkout, tmp_path):
    (tmp_path / "short").symlink_to(checkout)
    assert Site(tmp_path / "short").paths() == Site(checkout).paths()
