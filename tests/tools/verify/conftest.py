"""A small site, and the folder that is built from it."""

import json
from pathlib import Path

import pytest

from tools.site.build import build_site, collect
from tools.site.site import Site

POLICY = "default-src 'none'; connect-src 'self'"
CHUNK = "models/chunks/" + "ab" * 32 + ".bin"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout that can be built in a moment."""
    variants = {"q4": {"chunks": [{"path": CHUNK, "bytes": 3, "sha256": "ab" * 32}]}}
    files = {
        "index.html": "<!doctype html><meta content=\"connect-src 'self'\">" + "words " * 200,
        "privacy.html": "<!doctype html><meta content=\"connect-src 'self'\">",
        "sw.js": 'const BUILD = "development";\nconst MANIFEST_SHA256 = "";\n',
        "core/matte/mask.py": "THRESHOLD = 0.5\n",
        "LICENSE": "all are welcome\n",
        "models/models.json": json.dumps({"variants": variants}),
        CHUNK: "abc",
        "_headers": f"/*\n  Content-Security-Policy: {POLICY}\n"
        "  Connection-Allowlist: (response-origin)\n/sw.js\n  Cache-Control: no-cache\n",
    }
    root = tmp_path / "checkout"
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def contents(checkout: Path) -> dict[str, bytes]:
    """What the build holds."""
    return collect(Site(checkout))


@pytest.fixture
def built(checkout: Path, tmp_path: Path) -> Path:
    """The built folder."""
    build_site(checkout, tmp_path / "dist")
    return tmp_path / "dist"
