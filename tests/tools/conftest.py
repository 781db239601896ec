"""A small site in a temporary folder, and a cache of its own for every test."""

import json
from pathlib import Path

import pytest

CHUNK_NAME = "models/chunks/" + "ab" * 32 + ".bin"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("HOMECUT_CACHE", str(folder))
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    chunk = {"path": CHUNK_NAME, "bytes": 3, "sha256": "ab" * 32}
    files = {
        "index.html": "<!doctype html><title>page</title>" + "words " * 200,
        "main.py": "print('page')\n",
        "sw.js": 'const BUILD = "development";\nconst MANIFEST_SHA256 = "";\n',
        "common/__init__.py": "",
        "core/matte/mask.py": "THRESHOLD = 0.5\n",
        "core/__pycache__/mask.cpython-311.pyc": "stale",
        "assets/css/page.css": "body { margin: 0 }\n",
        "assets/vendor/.installed.json": "{}",
        "assets/vendor/pyodide/big.wasm": "wasm " * 40_000,
        "models/models.json": json.dumps({"variants": {"q4": {"chunks": [chunk]}}}),
        "models/README.md": "not served",
        CHUNK_NAME: "abc",
        "tools/secret.py": "not served",
        "dev.py": "not served",
        "_headers": "/*\n  X-Everywhere: yes\n"
        "/models/chunks/*\n  Cache-Control: max-age=31536000, immutable\n",
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
