"""The self-audit knows all that the page keeps, so that only what a stranger keeps is a problem."""

import re

from tools.setup.checkout import ROOT
from tools.site.site import Site

NAME = re.compile(
    r"^(?:const )?(?:\w*PREFIX|FOLDER|NOTHING|KEPT|\w*CACHE(?:_NAME)?) = "
    r'"((?:homecut|onnx)-[\w-]+)"',
    re.MULTILINE,
)
"""A constant that names a cache or a folder."""

KNOWN = re.compile(r'^    "([\w-]+)": "', re.MULTILINE)


def test_the_self_audit_knows_every_cache_and_folder_of_ours():
    paths = [path for path in Site(ROOT).paths() if path.endswith((".py", ".js"))]
    texts = [(ROOT / path).read_text("utf-8") for path in paths if "/vendor/" not in path]
    names = {name for text in texts for name in NAME.findall(text)}
    assert {"homecut-shell-", "homecut-lab", "homecut-journal-", "onnx-model-v1"} <= names
    known = tuple(KNOWN.findall((ROOT / "ui/device/storage_report.py").read_text("utf-8")))
    assert [name for name in names if not name.startswith(known)] == []
    document = (ROOT / "docs/PRIVACY.md").read_text("utf-8")
    assert [name for name in known if name.rstrip("-") not in document] == []
