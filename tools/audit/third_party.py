"""Installed code that can reach the network, and which guard contains it."""

import re
from dataclasses import dataclass
from pathlib import Path

VENDOR = "assets/vendor"

INTERFACES = (
    "fetch", "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "RTCPeerConnection",
    "sendBeacon", "importScripts", "indexedDB", "localStorage", "sessionStorage", "caches",
    "BroadcastChannel",
)  # fmt: skip
"""Names that stand in a program when it uses such an interface."""

EVERYWHERE = "the policy, the gate and the connection allowlist"

GUARDS = {
    "pyscript": f"local interpreters in all three configurations; {EVERYWHERE}",
    "micropython": f"no packages in its configurations; {EVERYWHERE}",
    "pyodide": f"no packages in its configurations; {EVERYWHERE}",
    "codecs": f"each takes one file, its own wasm beside it; {EVERYWHERE}",
    "client-zip": f"is given files and gives a stream; {EVERYWHERE}",
    "onnxruntime": f"wasmPaths is set to the page's folder; {EVERYWHERE}",
}
"""Folder below ``assets/vendor``: what contains the code in it."""


@dataclass(frozen=True)
class ThirdParty:
    """One installed program with the names of interfaces in it."""

    path: str
    interfaces: tuple[str, ...]
    guard: str


def third_party(root: Path) -> list[ThirdParty]:
    """Return the installed programs that name a network or storage interface.

    A folder that nobody has thought about has the guard ``""``; a test refuses that.
    """
    found = []
    for file in sorted((root / VENDOR).rglob("*")):
        if not file.name.endswith((".js", ".mjs", ".js.txt")):
            continue
        text = file.read_text(encoding="utf-8")
        names = tuple(name for name in INTERFACES if re.search(rf"\b{name}\b", text))
        path = file.relative_to(root).as_posix()
        if names:
            found.append(ThirdParty(path, names, GUARDS.get(path.split("/")[2], "")))
    return found
