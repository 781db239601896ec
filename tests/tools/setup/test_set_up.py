"""What a newcomer meets when something is missing: one sentence, no traceback."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tools.pages import browser
from tools.setup import environment, node
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint
from tools.setup.package_errors import explain_package_failure
from tools.setup.progress import make_console

CLOSED = "http://127.0.0.1:9/"
"""An address at which nothing listens."""


def program(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def run_dev(*arguments: str, cwd: Path, root: Path = ROOT, **environ: str):
    return subprocess.run(
        [sys.executable, str(root / "dev.py"), *arguments],
        cwd=cwd,
        env=os.environ | environ,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A checkout in which nothing is installed yet."""
    root = tmp_path / "clone"
    for name in ("tools", "requirements"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("dev.py", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, root / name)
    return root


@pytest.fixture
def warm_cache(own_cache: Path) -> Path:
    """A cache that has this process's environment under the name that serving looks for."""
    own_cache.mkdir()
    (own_cache / environment.folder_of("run").name).symlink_to(sys.prefix)
    return own_cache


def test_help_needs_no_set_up_and_works_from_any_folder(tmp_path, own_cache):
    for arguments in (["--help"], ["serve", "--help"], ["build", "--help"], ["test", "--help"]):
        outcome = run_dev(*arguments, cwd=tmp_path)
        assert outcome.returncode == 0
        assert "usage: dev.py" in outcome.stdout
    assert not own_cache.exists()


def test_a_mistyped_option_is_refused_before_anything_is_installed(tmp_path, own_cache):
    outcome = run_dev("serve", "--prot", "8000", cwd=tmp_path)
    assert outcome.returncode == 2
    assert "--prot" in outcome.stderr
    assert not own_cache.exists()


def test_without_network_the_first_set_up_says_so(tmp_path):
    outcome = run_dev(
        "build",
        "-o",
        "dist",
        cwd=tmp_path,
        PIP_CONFIG_FILE=os.devnull,
        PIP_INDEX_URL=CLOSED,
        PIP_EXTRA_INDEX_URL="",
        PIP_RETRIES="0",
        PIP_NO_CACHE_DIR="1",
    )
    assert outcome.returncode == 1
    assert "homecut: pip cannot reach its registry. Connect to the network" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_without_node_set_up_says_so(tmp_path, clone, warm_cache):
    outcome = run_dev("build", "-o", "dist", cwd=tmp_path, root=clone, PATH=str(tmp_path))
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("homecut: Node is not installed")
    assert "Traceback" not in outcome.stderr


def test_an_old_node_is_named_with_its_version(tmp_path, monkeypatch):
    program(tmp_path / "bin", "node", "echo v18.19.1")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(Complaint, match=r"Node 18\.19\.1 is too old\. Install Node 20"):
        node.npm_command()


def test_a_failed_npm_is_tried_again_by_the_next_run(tmp_path, monkeypatch):
    commands = tmp_path / "bin"
    program(commands, "node", "echo v22.0.0")
    program(commands, "npm", "echo 'npm error code ENOTFOUND' >&2; exit 1")
    monkeypatch.setenv("PATH", f"{commands}{os.pathsep}{os.environ['PATH']}")
    console = make_console(quiet=True)
    with pytest.raises(Complaint, match="npm cannot reach its registry"):
        node.node_modules(ROOT, console)
    program(commands, "npm", "mkdir node_modules")
    assert node.node_modules(ROOT, console).is_dir()
    program(commands, "npm", "exit 1")
    assert node.node_modules(ROOT, console).is_dir()


def test_an_interrupted_environment_is_made_again(monkeypatch):
    def interrupted(folder, _requirements):
        (folder / "half").touch()
        raise KeyboardInterrupt

    def whole(folder, _requirements):
        python = environment.python_of(folder)
        python.parent.mkdir(parents=True)
        python.touch()

    monkeypatch.setattr(environment, "create", interrupted)
    with pytest.raises(KeyboardInterrupt):
        environment.ensure("run")
    monkeypatch.setattr(environment, "create", whole)
    python = environment.ensure("run")
    assert python.exists()
    assert not (environment.folder_of("run") / "half").exists()


def test_an_environment_whose_interpreter_is_gone_is_made_again(monkeypatch):
    def make(folder, _requirements):
        python = environment.python_of(folder)
        python.parent.mkdir(parents=True)
        python.touch()

    monkeypatch.setattr(environment, "create", make)
    environment.ensure("run").unlink()
    assert environment.ensure("run").exists()


def test_the_environment_of_the_tests_also_serves(monkeypatch):
    def make(folder, _requirements):
        python = environment.python_of(folder)
        python.parent.mkdir(parents=True)
        python.touch()

    monkeypatch.setattr(environment, "create", make)
    assert environment.ensure("test") == environment.ensure("run")


def test_a_port_in_use_is_said_in_words(checkout):
    from tools.site.answers import Answers
    from tools.site.serve import bind
    from tools.site.server import running_server
    from tools.site.site import Site

    with running_server(checkout) as server:
        port = server.server.server_address[1]
        with pytest.raises(Complaint, match=f"Port {port} is in use"):
            bind("127.0.0.1", port, Answers(Site(checkout)), None)


def test_a_foreign_address_is_said_in_words(checkout):
    from tools.site.answers import Answers
    from tools.site.serve import bind
    from tools.site.site import Site

    with pytest.raises(Complaint, match="no address of this machine"):
        bind("192.0.2.1", 0, Answers(Site(checkout)), None)


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("OSError: [Errno 28] No space left on device", "out of disk space"),
        ("npm error code ENOSPC", "out of disk space"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE FILE", "pinned hash"),
        ("npm error code EINTEGRITY", "pinned hash"),
        ("Temporary failure in name resolution", "Connect to the network"),
        ("warning: x\nERROR: something odd\n", "something odd"),
        ("", "no reason"),
    ],
)
def test_failures_of_package_managers_are_said_in_words(output, words):
    assert words in explain_package_failure("tool", output)


def test_the_browser_can_be_named(tmp_path, monkeypatch):
    named = program(tmp_path, "my-browser", "exit 0")
    monkeypatch.setenv("HOMECUT_BROWSER", str(named))
    assert browser.find_chromium() == named


def test_a_named_browser_that_does_not_exist_is_said_in_words(monkeypatch):
    monkeypatch.setenv("HOMECUT_BROWSER", "/nowhere/browser")
    with pytest.raises(Complaint, match="HOMECUT_BROWSER"):
        browser.find_chromium()


def test_nothing_is_installed_for_users_who_are_not_root(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "playwright_chromium", lambda _: None)
    monkeypatch.setattr(browser, "find_chromium", lambda: None)
    with pytest.raises(Complaint, match="No Chrome or Chromium"):
        browser.ensure_chromium(make_console(quiet=True))
