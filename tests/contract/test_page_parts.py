"""The page's parts fit together: configurations, policies, identifiers, addresses.

All of this can be read off the files, so it is checked in a moment, before any browser starts.
"""

import ast
import re
import sys
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tools.headers import headers_for, read_headers_file
from tools.preparation import ROOT

ACTORS = {"main.py": "pyscript.toml", "worker.py": "worker.toml", "pixels.py": "pixels.toml"}
"""Each actor's script and its configuration."""

ROOMS = ("common", "core", "inference", "pixelwork", "ui")

NAMESPACES = ("http://www.w3.org/2000/svg", "https://schema.org")
"""Addresses that are names and are never fetched."""


class Page(HTMLParser):
    """All start tags of a document, as (tag, attributes), and the text inside scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside = ""
        self.script_text = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        # Data blocks of schema.org are no scripts; nothing runs them.
        self.inside = "" if dict(attrs).get("type") == "application/ld+json" else tag

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside in ("script", "style"):
            self.script_text += data.strip()


@pytest.fixture(scope="module")
def page() -> Page:
    return Page((ROOT / "index.html").read_text(encoding="utf-8"))


def configuration(script: str) -> dict:
    return tomllib.loads((ROOT / ACTORS[script]).read_text(encoding="utf-8"))


def listed_files(script: str) -> set[str]:
    return {source.removeprefix("./") for source in configuration(script)["files"]}


def imported_files(script: str) -> set[str]:
    """Return the files of our rooms that a script imports, itself or through others."""
    found: set[str] = set()
    waiting = [script]
    while waiting:
        for module in imported_modules(ROOT / waiting.pop()):
            parts = module.split(".")
            if parts[0] not in ROOMS:
                continue
            for length in range(1, len(parts) + 1):
                for path in file_of_module(parts[:length]):
                    if path not in found:
                        found.add(path)
                        waiting.append(path)
    return found


def imported_modules(file: Path) -> set[str]:
    """Return every dotted name that a file imports; ``from a import b`` gives a and a.b."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def file_of_module(parts: list[str]) -> list[str]:
    """Return the path of a module or package, none for a name inside of one."""
    candidates = ("/".join(parts) + ".py", "/".join([*parts, "__init__.py"]))
    return [path for path in candidates if (ROOT / path).is_file()]


@pytest.mark.parametrize("script", ACTORS)
def test_every_file_that_an_actor_imports_is_in_its_configuration(script):
    assert imported_files(script) - listed_files(script) == set()


@pytest.mark.parametrize("script", ACTORS)
def test_every_file_in_a_configuration_is_imported(script):
    """A file that nobody imports would be fetched for nothing by every visitor."""
    assert listed_files(script) - imported_files(script) == set()


@pytest.mark.parametrize("script", ACTORS)
def test_every_file_in_a_configuration_exists_and_keeps_its_place(script):
    files = configuration(script)["files"]
    assert [source for source in files if not (ROOT / source).is_file()] == []
    assert {source.removeprefix("./"): place for source, place in files.items()} == {
        place: place for place in files.values()
    }


@pytest.mark.parametrize("script", ACTORS)
def test_every_actor_names_a_local_interpreter(script):
    """Without one PyScript asks a content delivery network."""
    interpreter = configuration(script)["interpreter"]
    assert interpreter.startswith("./assets/vendor/")
    assert (ROOT / interpreter).is_file()


@pytest.mark.parametrize("script", ACTORS)
def test_javascript_modules_of_an_actor_lie_beside_the_page(script):
    modules = configuration(script).get("js_modules", {})
    sources = [source for group in modules.values() for source in group]
    assert [source for source in sources if not (ROOT / source).is_file()] == []


def test_packages_are_taken_from_beside_the_interpreter():
    pixels = configuration("pixels.py")
    assert pixels["packages_cache"] == "passthrough"
    for package in pixels["packages"]:
        assert list((ROOT / "assets/vendor/pyodide").glob(f"{package}-*.whl"))


def test_micropython_actors_name_no_packages():
    """Their installer would ask another origin."""
    assert "packages" not in configuration("main.py")
    assert "packages" not in configuration("worker.py")


def test_the_page_declares_each_actor_with_its_configuration(page):
    declared = {
        attributes["src"]: attributes["config"]
        for tag, attributes in page.tags
        if tag == "script" and "config" in attributes
    }
    assert declared == ACTORS


def test_the_policy_in_the_page_is_the_one_in_headers(page):
    """For hosts without ``_headers``. A document's own policy cannot forbid being framed."""
    (meta,) = [
        attributes["content"]
        for tag, attributes in page.tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = read_headers_file(ROOT / "_headers")
    header = headers_for(rules, "/index.html")["Content-Security-Policy"]
    assert directives(meta) == [d for d in directives(header) if d != "frame-ancestors 'none'"]
    assert "frame-ancestors 'none'" in directives(header)


def directives(policy: str) -> list[str]:
    return [directive.strip() for directive in policy.split(";")]


@pytest.mark.parametrize(
    "directive",
    [
        "default-src 'none'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "img-src 'self' blob: data:",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ],
)
def test_the_policy_keeps_data_where_it_is(directive):
    header = headers_for(read_headers_file(ROOT / "_headers"), "/")["Content-Security-Policy"]
    assert directive in directives(header)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/index.html", "/sw.js", "/assets/vendor/pyscript/core.js"])
def test_every_answer_isolates_the_page(path, header, value):
    assert headers_for(read_headers_file(ROOT / "_headers"), path)[header] == value


def test_the_policy_comes_before_anything_that_it_could_stop(page):
    kinds = [
        "policy" if attributes.get("http-equiv") else tag
        for tag, attributes in page.tags
        if tag in ("script", "link", "img", "style") or attributes.get("http-equiv")
    ]
    assert kinds[0] == "policy"


def test_the_page_has_no_inline_script_or_style(page):
    assert page.script_text == ""
    assert [tag for tag, _ in page.tags if tag == "style"] == []
    assert [tag for tag, attributes in page.tags if "style" in attributes] == []


def test_the_page_has_no_handler_attributes(page):
    handlers = [
        (tag, name) for tag, attributes in page.tags for name in attributes if name[:2] == "on"
    ]
    assert handlers == []


def test_everything_that_the_page_loads_lies_beside_it(page):
    addresses = [
        attributes[name]
        for _, attributes in page.tags
        for name in ("src", "href", "config")
        if attributes.get(name)
    ]
    assert [address for address in addresses if not (ROOT / address).is_file()] == []


def test_identifiers_of_the_page_are_unique(page):
    identifiers = [a["id"] for _, a in page.tags if "id" in a]
    assert len(identifiers) == len(set(identifiers))


def page_files() -> list[Path]:
    """Return every file of ours that a browser reads (what is installed is not ours)."""
    names = ["index.html", "main.py", "pixels.py", "worker.py", "sw.js", "app.webmanifest"]
    names += [*ACTORS.values(), "models/models.json"]
    files = [ROOT / name for name in names]
    for room in ROOMS:
        files += (ROOT / room).rglob("*.py")
    for folder in ("css", "js", "icons"):
        files += [f for f in (ROOT / "assets" / folder).rglob("*") if f.suffix != ".png"]
    return files


def test_no_page_file_names_another_origin():
    """Not even in a comment: whoever searches for ``://`` shall find nothing to wonder about."""
    found = {}
    for file in page_files():
        text = file.read_text(encoding="utf-8")
        urls = re.findall(r"(?:\w+:)?//[\w.-]+\.[a-z]{2,}[^\s\"'<>)]*", text)
        foreign = [url for url in urls if url not in NAMESPACES]
        if foreign and file.name != "models.json":
            found[file.relative_to(ROOT).as_posix()] = foreign
    assert found == {}


def test_the_model_index_names_addresses_only_as_its_source():
    import json

    description = json.loads((ROOT / "models/models.json").read_text(encoding="utf-8"))
    for variant in description["variants"].values():
        for chunk in variant["chunks"]:
            assert urlsplit(chunk["path"]).scheme == urlsplit(chunk["path"]).netloc == ""


def literal_arguments(file: Path, functions: set[str]) -> set[str]:
    """Return the texts given as first argument to ``dom.element("...")`` and the like."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        first = node.args[0]
        if name in functions and isinstance(first, ast.Constant) and isinstance(first.value, str):
            found.add(first.value)
    return found


@pytest.mark.parametrize("file", sorted((ROOT / "ui").glob("*.py")), ids=lambda file: file.name)
def test_every_identifier_that_the_page_code_uses_is_in_the_page(page, file):
    identifiers = {a["id"] for _, a in page.tags if "id" in a}
    used = literal_arguments(file, {"element", "on", "show", "paint"})
    assert used - identifiers == set()


def test_labels_belong_to_elements_of_the_page(page):
    identifiers = {a["id"] for _, a in page.tags if "id" in a}
    named = {
        attributes[name]
        for _, attributes in page.tags
        for name in ("for", "aria-labelledby")
        if name in attributes
    }
    assert named - identifiers == set()


def test_choices_in_the_page_are_those_of_the_options(page):
    from common.options import MODEL_VARIANTS, QUALITIES
    from common.rungs import AUTOMATIC, RUNGS

    values = [a["value"] for tag, a in page.tags if tag == "option"]
    values = values[: values.index("all")]  # the ledger's filter comes after them
    assert values == [*MODEL_VARIANTS, *QUALITIES, AUTOMATIC, *RUNGS]


def test_the_standard_library_is_all_that_the_page_itself_imports():
    """MicroPython on the page has no package installer, so nothing else could be there."""
    known = {"js", "jsffi", "pyscript"} | set(sys.stdlib_module_names) | set(ROOMS)
    for script in ("main.py", "worker.py"):
        for path in [script, *imported_files(script)]:
            tops = {name.split(".")[0] for name in imported_modules(ROOT / path)}
            assert tops - known == set(), path


def test_the_manifest_of_the_app_stays_inside_its_own_folder():
    import json

    manifest = json.loads((ROOT / "app.webmanifest").read_text(encoding="utf-8"))
    assert manifest["start_url"] == manifest["scope"] == manifest["id"] == "./"
    assert any(icon.get("purpose") == "maskable" for icon in manifest["icons"])
    assert [icon["src"] for icon in manifest["icons"] if not (ROOT / icon["src"]).is_file()] == []
