"""Our workers start behind the gate, whose policy names the files that may become workers."""

import re

import pytest

from tools.setup.checkout import ROOT
from tools.site.policy import WORKERS

OURS = [path for path in WORKERS if path.startswith("assets/js/")]


@pytest.mark.parametrize("path", OURS)
def test_a_worker_of_ours_imports_nothing_at_its_head(path):
    """Browsers hold such imports to ``worker-src``, as if each were a worker itself."""
    text = (ROOT / path).read_text(encoding="utf-8")
    assert re.findall(r"^import\b.*", text, re.MULTILINE) == []
