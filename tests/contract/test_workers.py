"""Our workers start behind the gate, whose policy names the files that may become workers."""

import re

import pytest

from tools.setup.checkout import ROOT
from tools.site.policy import WORKERS

OF_THE_PAGE = "assets/js/start.js"
"""The one module that only documents import; with what it imports it runs before all else."""

OURS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "assets/js").glob("*.js"))


@pytest.mark.parametrize("path", [path for path in OURS if path != OF_THE_PAGE])
def test_what_a_worker_may_import_imports_nothing_at_its_head(path):
    """Browsers hold such imports to ``worker-src``, as if each were a worker itself.

    Chromium does so for the worker's own file, Firefox for every module that is imported in it.
    """
    text = (ROOT / path).read_text(encoding="utf-8")
    assert re.findall(r"^(?:import\b.*|export\b.*\bfrom\b.*)", text, re.MULTILINE) == []


def test_our_workers_are_among_them():
    assert {path for path in WORKERS if path.startswith("assets/js/")} <= {*OURS} - {OF_THE_PAGE}
