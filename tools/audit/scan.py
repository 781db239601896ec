"""Reads every file that a browser reads of ours, each with a parser of its kind."""

import ast
import functools
import json
from collections.abc import Iterator
from pathlib import Path

from tools.audit.findings import FOREIGN, REFUSED, Finding
from tools.audit.javascript import read_javascript
from tools.audit.markup import read_markup
from tools.audit.platform_names import platform_names
from tools.audit.python_names import defined_names
from tools.audit.python_source import read_python
from tools.audit.settings import (
    judge_policies,
    read_configuration,
    read_headers,
    read_manifest,
    read_policy,
)
from tools.audit.styles import read_styles
from tools.setup.vendor_lock import differences
from tools.site.packing.archives import ARCHIVES
from tools.site.site import CHUNK, HEADERS_FILE, MODEL_INDEX, Site

DOORS = ("ui/browser/", "inference/", "pixelwork/")
"""The only rooms whose Python may import the browser's own modules; the actors may, too."""

PIXELS_ONLY = ("core/", "lab/", "lessons/")
"""Rooms that get arrays, pictures and bytes, never an object of the browser's. There the harmless
names on objects are not listed; imports, ways from them, powers and dynamic access are."""

INSTALLED = "assets/vendor/"

INERT = (".png", ".jpg", ".webp", ".md", ".safetensors", "LICENSE", "robots.txt")
"""Kinds of files that nobody runs and that name nothing to be fetched."""

NO_TEXT = "\0"
"""Stands for a file whose bytes are no text; no parser takes it."""

DOCUMENTS = (".html", ".svg")


def scan(root: Path) -> list[Finding]:
    """Return everything that the page's own files reach, and every installed part that is wrong."""
    return [*read_all(texts_of(root)), *wrong_parts(root)]


def wrong_parts(root: Path) -> list[Finding]:
    """Return the installed files that are not those of ``requirements/vendor.txt``."""
    return [Finding(INSTALLED + name, 0, REFUSED, what) for name, what in differences(root)]


def texts_of(root: Path) -> dict[str, str]:
    """Return path: text of the page's own files; what is installed or inert is left out.

    Archives of the page's Python hold the very files that are read here.
    """
    paths = [
        path
        for path in Site(root).paths()
        if not path.startswith(INSTALLED)
        and path not in ARCHIVES
        and not CHUNK.fullmatch(path)
        and not path.endswith(INERT)
    ]
    texts = {path: text_in(root / path) for path in paths}
    return {**texts, HEADERS_FILE: (root / HEADERS_FILE).read_text(encoding="utf-8")}


def text_in(file: Path) -> str:
    """Return a file's text; of what is no text, nothing, and its kind is judged by its name."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return NO_TEXT


def read_all(texts: dict[str, str], changed: dict[str, str] | None = None) -> list[Finding]:
    """Return what these files reach; ``texts`` is path: content of the whole site.

    With ``changed``, only these files are read, as part of that site.
    """
    site, texts = texts, texts if changed is None else changed
    scripts = {path: text for path, text in texts.items() if path.endswith((".js", ".mjs"))}
    findings = [*python_findings(site, texts), *read_javascript(scripts)]
    policy = read_policy()
    for path, text in texts.items():
        if path.endswith(DOCUMENTS):
            found, policies = read_markup(path, text)
            findings += found
            if path.endswith(".html") or policies:
                findings += judge_policies(path, policies, policy)
        elif path.endswith(".css"):
            findings += read_styles(path, text)
        elif path.endswith(".toml"):
            findings += read_configuration(path, text, set(site))
        elif path.endswith(".webmanifest"):
            findings += read_manifest(path, text)
        elif path == HEADERS_FILE:
            findings += read_headers(path, text, policy)
        elif path == MODEL_INDEX:
            findings += model_index(path, text)
        elif path.startswith(("assets/lab/", "assets/languages/")) and path.endswith(".json"):
            findings += read_plain_data(path, text)
        elif not path.endswith((".py", ".js", ".mjs")):
            findings.append(Finding(path, 0, REFUSED, "a kind of file that nobody has judged"))
    return findings


def read_plain_data(path: str, text: str) -> list[Finding]:
    """Return a finding unless a file holds texts, numbers and lists of them alone, no address."""
    try:
        json.loads(text)
    except ValueError:
        return [Finding(path, 0, REFUSED, "no JSON")]
    return [Finding(path, 0, REFUSED, "an address")] if "://" in text else []


def python_findings(site: dict[str, str], texts: dict[str, str]) -> Iterator[Finding]:
    """Yield what the page's Python reaches; foreign modules outside the doors are refused."""
    sources = {path: text for path, text in texts.items() if path.endswith(".py")}
    everything = tuple(text for path, text in {**site, **sources}.items() if path.endswith(".py"))
    own = (
        frozenset().union(*map(names_of, everything)) - platform_names() if sources else frozenset()
    )
    for path, text in sources.items():
        for finding in read_python(path, text, own):
            is_name = finding.kind == "words" and not finding.text.startswith("__")
            if not (is_name and path.startswith(PIXELS_ONLY)):
                yield finding
            if finding.kind == "imports" and "/" in path and not path.startswith(DOORS):
                words = finding.text.replace(",", " ").split()
                if any(word.split(".")[0] in FOREIGN for word in words):
                    yield Finding(path, finding.number, REFUSED, finding.text)


@functools.lru_cache(maxsize=1000)
def names_of(text: str) -> frozenset[str]:
    """Return what a file defines, nothing where it is no Python (which is a finding itself)."""
    try:
        return frozenset(defined_names([ast.parse(text)]))
    except (SyntaxError, ValueError):
        return frozenset()


def model_index(path: str, text: str) -> Iterator[Finding]:
    """Yield what is wrong with the catalogue of the weights: each part is named by its hash."""
    import json

    for variant in json.loads(text)["variants"].values():
        for chunk in variant["chunks"]:
            if chunk["path"] != f"models/chunks/{chunk['sha256']}.bin":
                yield Finding(path, 0, REFUSED, str(chunk["path"]))
