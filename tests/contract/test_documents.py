"""The documents tell the truth: paths, commands, versions, names of tests, lists of files."""

import contextlib
import io
import json
import re
import shlex
import sys

import pytest
from PIL import Image

from dev import VERBS, make_parser
from tools.audit.table import read_table
from tools.pages.screenshots_lab import WINDOWS
from tools.setup.checkout import ROOT

DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "THIRD_PARTY.md",
    "docs/ARCHITECTURE.md",
    "docs/PRIVACY.md",
    "docs/TEACHING.md",
    "models/README.md",
)

COMMAND_SOURCES = (
    *DOCUMENTS,
    ".github/workflows/audit.yml",
    ".github/workflows/pages.yml",
    ".github/workflows/test.yml",
)

ELSEWHERE = {
    "cut.py": "written by the reader of an exercise",
    "NN-name.py": "a lesson that somebody adds",
    "manifest.json": "made by the build",
    "pyodide-lock.json": "installed with Pyodide",
    "resources.json": "in the npm package of the weights",
    "ThirdPartyLicenses.json": "in the npm package of the weights",
    "ThirdPartyNotices.txt": "in the source of ONNX Runtime",
    "toml-Blg7Izee.js": "in PyScript's bundle",
    "toml-V4Savzlc.js": "in PyScript's bundle",
    "zip-T1gzVEcZ.js": "in PyScript's bundle",
}
"""Files that documents name although the checkout has none of that name."""

PATH = re.compile(r"`((?:[.\w-]+/)*[\w.-]+\.(?:py|js|mjs|md|toml|json|txt|html))`")

LARGEST_SCREENSHOT = 400_000
"""Bytes."""


def text_of(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def section(document: str, heading: str) -> str:
    """Return the text between a second-level heading and the next."""
    return text_of(document).split(f"\n## {heading}\n")[1].split("\n## ")[0]


def tables(text: str) -> list[list[str]]:
    """Return the cells of every table row."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def anchors(document: str) -> set[str]:
    """Return the fragments of a document's headings as hosts of repositories make them."""
    headings = re.findall(r"^#+ (.+)$", text_of(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_inside_the_repository_leads_somewhere(document):
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text_of(document)):
        path, _, fragment = link.partition("#")
        if "://" in path:
            continue
        target = ((ROOT / document).parent / path).resolve() if path else ROOT / document
        known = not fragment or fragment in anchors(target.relative_to(ROOT).as_posix())
        if not target.exists() or not known:
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_a_document_names_exists(document):
    """A name without a folder may mean a file in the document's own folder or in any room."""
    rooms = ("assets/js", "common", "core", "inference", "pixelwork", "ui")
    files = {path.name for room in rooms for path in (ROOT / room).rglob("*")}
    missing = [
        name
        for name in PATH.findall(text_of(document))
        if name not in ELSEWHERE
        and not (ROOT / name).is_file()
        and not ((ROOT / document).parent / name).is_file()
        and name not in files
    ]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_that_a_document_names_exists(document):
    known = {
        name
        for file in (ROOT / "tests").rglob("*.py")
        for name in re.findall(r"^ *def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    named = set(re.findall(r"`(test_\w+)`", text_of(document)))
    examples = {"test_a_truncated_photo_is_refused_as_damaged"}
    assert named - known - examples == set()


def commands(document: str) -> list[list[str]]:
    """Return the words after ``dev.py`` of every command that a document shows."""
    shown = re.findall(r"python3? dev\.py ([^`'|\n#]+)", text_of(document).replace("\\\n", " "))
    return [shlex.split(command) for command in shown]


@pytest.mark.parametrize("document", COMMAND_SOURCES)
def test_every_command_that_is_shown_can_be_typed(document):
    for words in commands(document):
        if words[0] in ("VERB", "--help"):
            continue
        assert words[0] in VERBS, words
        if "..." in " ".join(words) or words[-1].isupper():
            continue  # the document leaves a part to the reader
        _, rest = make_parser(words[0]).parse_known_args(words)
        assert rest == [] or words[0] == "test", words


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_and_stands_in_the_readme(verb):
    help_text = io.StringIO()
    with contextlib.redirect_stdout(help_text), pytest.raises(SystemExit) as ended:
        make_parser(verb).parse_args([verb, "--help"])
    assert ended.value.code == 0
    assert help_text.getvalue().startswith("usage: dev.py")
    assert f"`python3 dev.py {verb}" in text_of("README.md")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_module_that_is_to_be_run_exists(document):
    for module in re.findall(r"python3? -m (tools\.[\w.]+)", text_of(document)):
        assert (ROOT / (module.replace(".", "/") + ".py")).is_file(), module


def test_workflows_pin_their_actions_to_a_major_version():
    for name in COMMAND_SOURCES[len(DOCUMENTS) :]:
        used = re.findall(r"uses: (\S+)", text_of(name))
        assert used
        assert [action for action in used if not re.fullmatch(r"[\w-]+/[\w-]+@v\d+", action)] == []


def locked_versions(lock: str) -> dict[str, set[str]]:
    """Return the versions of each package in an npm lock file; nested copies count, too."""
    versions: dict[str, set[str]] = {}
    for path, entry in json.loads(text_of(lock))["packages"].items():
        if path:
            versions.setdefault(path.rpartition("node_modules/")[2], set()).add(entry["version"])
    return versions


def listed_versions() -> dict[str, set[str]]:
    """Return package: versions of every row in THIRD_PARTY.md; the package's npm name counts."""
    listed = {}
    for cells in tables(text_of("THIRD_PARTY.md")):
        quoted = re.findall(r"`([^`]+)`", cells[0])
        name = quoted[-1] if quoted else cells[0]
        listed[name] = set(re.findall(r"\d+\.\d+(?:\.\d+)?", cells[1]))
    return listed


def test_versions_of_npm_packages_are_those_of_the_lock_files():
    locked = locked_versions("package-lock.json")
    weights = json.loads(text_of("models/package.json"))["dependencies"]
    locked |= {name: locked_versions("models/package-lock.json")[name] for name in weights}
    listed = listed_versions()
    wrong = {
        name: locked[name] for name in listed if name in locked and listed[name] != locked[name]
    }
    assert wrong == {}
    package = json.loads(text_of("package.json"))
    wanted = {*package["dependencies"], *package["devDependencies"]}
    assert {*wanted, *weights} - set(listed) == set()
    assert len(set(listed) & set(locked)) >= 20


def test_versions_of_pyodides_packages_are_those_of_its_lock_file():
    packages = json.loads(text_of("assets/vendor/pyodide/pyodide-lock.json"))["packages"]
    listed = listed_versions()
    assert listed["NumPy"] == {packages["numpy"]["version"]}
    assert listed["Pillow"] == {packages["pillow"]["version"]}
    (carrier,) = re.findall(
        r"^([\w-]+)==([\d.]+)", text_of("requirements/pyodide.txt"), re.MULTILINE
    )
    assert "`{}` {}".format(*carrier) in text_of("THIRD_PARTY.md")


def test_the_privacy_document_lists_every_file_that_touches_network_or_storage():
    """Files with a statement in the audit's table, as far as they are doors."""
    entries = read_table()
    powers = {e.file for e in entries for kind, _ in e.allowed if kind == "powers"}
    text = section("docs/PRIVACY.md", "Every place that can touch the network or storage")
    listed = {name for row in tables(text) for name in re.findall(r"\[([^\]]+)\]\(", row[0])}
    doors = ("ui/browser/", "inference/", "assets/js/", "sw.js", "worker.py")
    assert {file for file in powers if file.startswith(doors)} - listed == set()
    assert {file for file in listed if not file.startswith("common/")} - {
        entry.file for entry in entries
    } == set()


def test_every_claim_about_privacy_names_what_enforces_it_how_to_check_it_and_a_test():
    rows = tables(section("docs/PRIVACY.md", "Claims, enforcement, checks"))[2:]
    assert len(rows) > 15
    for row in rows:
        assert len(row) == 4, row
        assert all(row), row
        assert "`test_" in row[3] or "(#each-guard-taken-away)" in row[3], row


def test_the_readme_names_the_size_of_the_default_model():
    models = json.loads(text_of("models/models.json"))
    size = models["variants"][models["default"]]["bytes"]
    assert f"{size / 1e6:.1f} MB of weights" in text_of("README.md")


def test_screenshots_are_those_of_the_script_and_small():
    script = text_of("tools/pages/screenshots.py")
    states = re.findall(r'"\{prefix\}-([\w-]+)"', text_of("tools/pages/screenshots_editor.py"))
    expected = set(re.findall(r'shoot\(page, "([\w-]+)"\)', script))
    expected |= {f"{prefix}-{state}" for prefix in ("desktop", "phone") for state in states}
    expected |= {f"{window}-lab" for window in WINDOWS}
    files = sorted((ROOT / "docs/screenshots").iterdir())
    assert {file.stem for file in files} == expected
    for file in files:
        assert file.stat().st_size <= LARGEST_SCREENSHOT, file.name
        with Image.open(file) as image:
            assert image.size in ((1280, 800), (820, 1180), (720, 1480)), file.name


def test_the_licence_is_the_one_that_the_package_declares():
    assert json.loads(text_of("package.json"))["license"] == "Apache-2.0"
    assert text_of("LICENSE").split()[:2] == ["Apache", "License"]
    assert sys.version_info >= (3, 11)
