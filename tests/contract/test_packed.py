"""The archive that is served to the page is what the page's MicroPython reads."""

import json
import re
import subprocess

import pytest

from tools.setup.checkout import ROOT
from tools.setup.node import node_command
from tools.site.site import Site


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    archive = tmp_path_factory.mktemp("packed") / "page.tar.gz"
    archive.write_bytes(Site(ROOT).content("python/page.tar.gz"))
    runner = ROOT / "tests/contract/run_packed.mjs"
    done = subprocess.run(
        [node_command(), runner, ROOT, archive], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-1000:]
    return json.loads(done.stdout)


def test_compiled_modules_are_imported(outcome):
    assert "edit.mpy" in outcome["entries"]
    assert not [name for name in outcome["entries"] if name.endswith(".py")]
    assert outcome["file"].endswith("common/naming.mpy")


def test_what_goes_wrong_is_told_with_file_and_line(outcome):
    assert re.search(r'"(common/[a-z_/]+\.py)", line [1-9]', outcome["told"]), outcome["told"]
