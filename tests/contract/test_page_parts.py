"""The page's parts fit together: policies, identifiers, addresses.

All of this can be read off the files, so it is checked in a moment, before any browser starts.
"""

import ast
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.contract.actors import ACTORS, ROOMS, imported_files, imported_modules
from tools.setup.checkout import ROOT
from tools.setup.vendor import GUARD
from tools.site.headers import headers_for, read_headers_file
from tools.site.policy import WORKERS
from tools.site.site import Site

NAMESPACES = (
    "http://www.w3.org/2000/svg",
    "https://schema.org",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://purl.org/dc/elements/1.1/",
)
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
    inside = {f"#{attributes['id']}" for _, attributes in page.tags if "id" in attributes}
    files = [address for address in addresses if address not in inside]
    assert [address for address in files if not (ROOT / address).is_file()] == []


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


def test_the_icons_menu_leads_to_the_four_tools_and_files_of_every_format_can_be_opened():
    import json

    from common.formats import WRITTEN
    from common.kinds import BY_ENDING
    from ui.state.recipe import CUTOUT

    manifest = json.loads((ROOT / "app.webmanifest").read_text(encoding="utf-8"))
    tools = [shortcut["url"] for shortcut in manifest["shortcuts"]]
    assert tools == [f"./#{name}" for name in (CUTOUT, "compress", "convert", "resize")]
    pictures = [(f.media_type, f.extension) for f in WRITTEN if f.media_type[:6] == "image/"]
    pictures.append(("image/heic", "heic"))
    (handler,) = manifest["file_handlers"]
    assert handler["action"] == manifest["start_url"]
    assert handler["accept"] == {
        kind: [f".{ending}" for ending in BY_ENDING[extension].endings]
        for kind, extension in pictures
    }


def test_every_script_but_the_gate_refuses_to_be_a_service_worker():
    scripts = [path for path in Site(ROOT).paths() if path.endswith((".js", ".mjs"))]
    unguarded = [path for path in scripts if not (ROOT / path).read_bytes().startswith(GUARD)]
    assert len(scripts) > 20
    assert unguarded == ["sw.js"]


def test_every_program_that_a_narrowed_policy_lets_be_a_worker_is_there():
    assert set(WORKERS) <= set(Site(ROOT).paths())
