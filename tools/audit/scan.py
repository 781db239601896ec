"""Finds every line of the page that can touch the network or storage.

Reads what a browser reads of ours: Python, JavaScript, HTML, CSS, configurations, headers. Comments
and docstrings are left out, since nobody runs them.
"""

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.site.site import CHUNK, HEADERS_FILE, Site

INTERFACES: dict[str, str] = {
    "fetch": r"\bfetch\b\s*\(",
    "XMLHttpRequest": r"XMLHttpRequest",
    "WebSocket": r"WebSocket",
    "EventSource": r"EventSource",
    "WebTransport": r"WebTransport",
    "WebRTC": r"RTCPeerConnection|RTCDataChannel",
    "beacon": r"sendBeacon|\bping\s*=",
    "Python network": r"\b(?:pyfetch|open_url|urllib|http\.client|requests|socket|ssl)\b\s*[.(]",
    "service worker": r"serviceWorker|skipWaiting|clients\.claim|registration\.update",
    "Cache API": r"\bcaches\.(?:open|match|keys|has|delete)\(|js, \"caches\"",
    "IndexedDB": r"indexedDB",
    "Web Storage": r"localStorage|sessionStorage",
    "cookie": r"\bcookie(?:Store)?\b",
    "file system": r"getDirectory|createWritable|show(?:Open|Save|Directory)\w*Picker",
    "storage manager": r"navigator\.storage|\.persist\(|navigator, \"storage\"",
    "channel": r"BroadcastChannel|SharedWorker",
    "lock": r"\.locks\b|\"locks\"",
    "clipboard": r"clipboard",
    "share": r"navigator\.share|canShare|launchQueue",
    "object URL": r"createObjectURL|FileReader",
    "navigation": r"\blocation\b\s*(?:=|\.(?:href|assign|replace|reload|search)\b)|window\.open|"
    r"\bjs\.open\(|history\.(?:push|replace)State|Response\.redirect",
    "address": r"\.(?:href|src|action)\s*=[^=]|setAttribute\(\s*[\"'](?:href|src|action)",
    "script": r"\bimport\(|importScripts|[^\w]Worker\s*\(|Worker\.new|\beval\s*\(|js\.eval",
}
"""Name of the interface: what it looks like in Python or JavaScript."""

MARKUP: dict[str, str] = {
    "link": r"<a\b",
    "form": r"<form\b",
    "file": r"\b(?:src|href|config|action|poster|data|srcset|ping)\s*=",
    "policy": r"http-equiv",
}

STYLES: dict[str, str] = {"CSS address": r"url\(|@import|image-set\("}

CONFIGURATION: dict[str, str] = {
    "runtime": r"^(?:interpreter|packages|packages_cache|plugins)\b",
    "script": r"js_modules|^\".*\.m?js\"",
}

HEADERS: dict[str, str] = {"policy": r"Policy:|Allowlist:|Prefetch"}

BY_SUFFIX = {
    ".py": INTERFACES,
    ".js": INTERFACES,
    ".html": MARKUP,
    ".svg": MARKUP | STYLES,
    ".css": STYLES,
    ".toml": CONFIGURATION,
    ".webmanifest": {"file": r"\"(?:src|start_url|scope|url|action)\""},
}


@dataclass(frozen=True)
class Finding:
    """One line that can touch the network or storage."""

    file: str
    number: int
    kind: str
    text: str


def own_files(root: Path) -> list[str]:
    """Return the paths of the page's own text files; what is installed is not ours."""
    paths = [
        path
        for path in Site(root).paths()
        if not path.startswith("assets/vendor/")
        and not CHUNK.fullmatch(path)
        and Path(path).suffix in BY_SUFFIX
    ]
    return [*paths, HEADERS_FILE]


def scan(root: Path) -> list[Finding]:
    """Return every finding in the page's own files, file by file."""
    return [finding for path in own_files(root) for finding in scan_file(root, path)]


def scan_file(root: Path, path: str) -> Iterator[Finding]:
    """Yield the findings of one file."""
    text = (root / path).read_text(encoding="utf-8")
    interfaces = HEADERS if path == HEADERS_FILE else BY_SUFFIX[Path(path).suffix]
    for number, line in enumerate(without_comments(path, text).splitlines(), 1):
        for kind, expression in interfaces.items():
            if re.search(expression, line):
                yield Finding(path, number, kind, line.strip())


def without_comments(path: str, text: str) -> str:
    """Return a file's text with comments blanked out, its lines in their places."""
    suffix = Path(path).suffix
    if suffix == ".py":
        return python_without_comments(text)
    expression = {
        ".js": r"^\s*//.*$",
        ".css": r"/\*.*?\*/",
        ".html": r"<!--.*?-->",
        ".svg": r"<!--.*?-->",
    }.get(suffix, r"^\s*#.*$")
    flags = re.MULTILINE if expression.startswith("^") else re.DOTALL
    return re.sub(expression, lambda match: "\n" * match[0].count("\n"), text, flags=flags)


def python_without_comments(text: str) -> str:
    """Return Python source without comments and docstrings, its lines in their places."""
    lines = text.splitlines()
    statement_begins = True
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
        elif token.type == tokenize.STRING and statement_begins:
            for row in range(token.start[0] - 1, token.end[0]):
                lines[row] = ""
        if token.type not in (tokenize.COMMENT, tokenize.NL):
            statement_begins = token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
    return "\n".join(lines)
