"""The exercises of docs/TEACHING.md work as they are printed there."""

import ast
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tools.setup.checkout import ROOT

SAMPLE = ROOT / "assets/sample/sample.jpg"

CUT_OUT = """
import sys, numpy
from pathlib import Path
from core.pipeline import cut_out_file
share = float(sys.argv[2])
constant = lambda pixels: numpy.full((1, 1, *pixels.shape[2:]), share, numpy.float32)
sys.stdout.buffer.write(cut_out_file(Path(sys.argv[1]).read_bytes(), constant, "fast"))
"""
"""Cuts a photo out with a network that gives every place the same share of the subject."""

TELL_NOTICES = """
import sys
from pathlib import Path
from common.notices import notice
from core.files.decode import decode
print(*[notice(code) for code in decode(Path(sys.argv[1]).read_bytes()).notices])
"""


def printed(title: str) -> str:
    """Return the code of an exercise."""
    text = (ROOT / "docs/TEACHING.md").read_text(encoding="utf-8")
    (code,) = re.findall(rf"<!-- {title} -->\n```python\n(.*?)```", text, re.DOTALL)
    return code


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A copy of the rooms that the exercises change."""
    for room in ("common", "core"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run(folder: Path, *command: str) -> bytes:
    """Run Python in a folder, as a reader of the exercise would, and return what it prints."""
    done = subprocess.run([sys.executable, *command], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def insert_after(file: Path, beginning: str, code: str) -> None:
    """Add lines after the one line that begins so."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    (place,) = [index for index, line in enumerate(lines) if line.strip().startswith(beginning)]
    lines.insert(place + 1, code)
    file.write_text("".join(lines), encoding="utf-8")


def test_the_method_runs_without_a_browser(tmp_path):
    """With the real weights, from a script in the checkout (here its path is given instead)."""
    script = tmp_path / "cut.py"
    script.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n" + printed("exercise 1"))

    told = run(tmp_path, "cut.py", str(SAMPLE), "cutout.png").decode()

    assert "in: (1, 3, 704, 704) float32" in told
    with Image.open(SAMPLE) as photo, Image.open(tmp_path / "cutout.png") as cutout:
        assert cutout.size == photo.size
        alpha = np.asarray(cutout)[..., 3]
    assert (alpha == 255).mean() > 0.05
    assert (alpha == 0).mean() > 0.05


def make_yellow_the_default(checkout: Path) -> None:
    """Do the first part of exercise 2."""
    file = checkout / "common/edits/edit.py"
    given = printed("exercise 2, common/edits/edit.py")
    before, after = file.read_text(encoding="utf-8").split('    "background": Record(\n')
    lines = after.splitlines(keepends=True)
    assert [line.split("=")[0] for line in lines[:2]] == [" " * 8 + "kind", " " * 8 + "colour"]
    changed = [before, '    "background": Record(\n', given, *lines[2:]]
    file.write_text("".join(changed), encoding="utf-8")


def replace_function(file: Path, name: str, code: str) -> None:
    """Put ``code`` in the place of a file's function."""
    source = file.read_text(encoding="utf-8")
    (function,) = [
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name == name
    ]
    lines = source.splitlines(keepends=True)
    lines[function.lineno - 1 : function.end_lineno] = [code]
    file.write_text("".join(lines), encoding="utf-8")


def cut_out(checkout: Path, share: float) -> Image.Image:
    """Return what the method makes of the sample where everything is subject by ``share``."""
    return Image.open(BytesIO(run(checkout, "-c", CUT_OUT, str(SAMPLE), str(share))))


def test_the_background_gets_a_colour(checkout):
    make_yellow_the_default(checkout)

    picture = cut_out(checkout, 0)

    assert picture.mode == "RGB"
    assert picture.getcolors() == [(picture.width * picture.height, (255, 214, 10))]


def test_the_old_background_stays_in_soft_edges(checkout):
    """Half a photo over yellow is their mean only as long as its own colours are not restored."""
    make_yellow_the_default(checkout)
    function = printed("exercise 2")
    replace_function(checkout / "core/matte/edges.py", "decontaminated", function)

    with Image.open(SAMPLE) as photo:
        mixed = np.asarray(photo.convert("RGB")) / 2 + np.array((255, 214, 10)) / 2

    assert np.abs(np.asarray(cut_out(checkout, 0.5)) - mixed).max() <= 2


def test_the_page_gets_a_new_notice(checkout):
    sentence = printed("exercise 3, common/notices.py")
    insert_after(checkout / "common/notices.py", "NOTICES = {", sentence)
    addition = printed("exercise 3, core/files/decode.py")
    insert_after(checkout / "core/files/decode.py", "notices = [", addition)

    told = run(checkout, "-c", TELL_NOTICES, str(SAMPLE)).decode().strip()

    assert told == ast.literal_eval("{" + sentence + "}")["small_picture"]
