"""Whoever builds the same commit, wherever and however, gets the same bytes."""

import os
import shutil
import subprocess
import sys

import pytest

from tools.setup.checkout import ROOT
from tools.site.build import build_site

pytestmark = pytest.mark.skipif(
    not shutil.which("git") or not (ROOT / ".git").exists(),
    reason="needs a checkout that git can clone",
)

SURROUNDINGS = {
    "one": {
        "TZ": "UTC",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "1",
        "umask": 0o022,
        "autocrlf": "false",
    },
    "an other place": {
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "2",
        "umask": 0o077,
        "autocrlf": "true",
    },
}
"""Of each checkout: variables, the mode of new files, and whether git is to change line ends."""


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def checkout(folder, autocrlf):
    """Clone this commit."""
    command = ["git", "-c", f"core.autocrlf={autocrlf}", "clone", "--quiet", "--no-hardlinks"]
    subprocess.run([*command, str(ROOT), str(folder)], check=True, capture_output=True)
    return folder


def build(root, target, environment):
    """Run the verb in a process of its own; return what it wrote."""
    command = [sys.executable, "dev.py", "build", "-o", str(target)]
    outcome = subprocess.run(
        command,
        cwd=root,
        env=os.environ | {name: value for name, value in environment.items() if name[0].isupper()},
        umask=environment["umask"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return contents(target)


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    """What two checkouts of this commit build in different surroundings, without their folders."""
    folder = tmp_path_factory.mktemp("checkouts")
    found = {}
    for name, environment in SURROUNDINGS.items():
        root = checkout(folder / name / "homecut", environment["autocrlf"])
        found[name] = build(root, folder / name / "dist", environment)
        shutil.rmtree(folder / name)
    return found


@pytest.mark.slow
def test_two_checkouts_build_the_same_bytes(builds):
    one, other = builds.values()
    assert len(one) > 100
    assert sorted(one) == sorted(other)
    assert [path for path in one if one[path] != other[path]] == []


@pytest.mark.slow
def test_nothing_of_the_place_where_it_was_built_is_in_a_build(builds):
    one = builds["one"]
    places = [b"pytest-of-", str(ROOT).encode(), os.path.expanduser("~").encode()]
    ours = [path for path in one if not path.startswith(("assets/vendor/", "models/chunks/"))]
    assert [path for path in ours if any(place in one[path] for place in places)] == []


def test_a_change_in_one_checkout_would_be_seen(tmp_path):
    """The comparison above compares the content of every file."""
    root = tmp_path / "small"
    (root / "models").mkdir(parents=True)
    for name in ("index.html", "_headers", "privacy.html"):
        (root / name).write_text("<!doctype html>" if name != "_headers" else "")
    (root / "sw.js").write_bytes((ROOT / "sw.js").read_bytes())
    (root / "models/models.json").write_text('{"variants": {}}')
    build_site(root, tmp_path / "one")
    (root / "privacy.html").write_text("<!doctype html> ")
    build_site(root, tmp_path / "two")
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    differing = [path for path in one if one[path] != two[path]]
    assert differing == ["manifest.json", "privacy.html", "sw.js"]
