"""What the audit's readers report: one thing that a file reaches, and where."""

import re
from dataclasses import dataclass

POWERS = frozenset((
    "fetch", "fetchLater", "XMLHttpRequest", "WebSocket", "WebSocketStream", "EventSource",
    "WebTransport", "RTCPeerConnection", "webkitRTCPeerConnection", "sendBeacon", "Worker",
    "SharedWorker", "importScripts", "PaymentRequest", "Notification", "showNotification",
    "backgroundFetch", "PushManager", "Function", "eval", "constructor", "defineProperty",
    "defineProperties", "__proto__", "setPrototypeOf", "Reflect", "Proxy", "setTimeout",
    "setInterval", "location", "navigation", "navigate", "pushState", "replaceState", "reload",
    "href", "src", "srcset", "srcdoc", "formAction", "ping", "poster", "lowsrc",
    "attributionSrc", "innerHTML", "outerHTML", "insertAdjacentHTML", "setHTML", "setHTMLUnsafe",
    "writeln", "setAttribute", "setAttributeNS", "setAttributeNode", "createAttribute",
    "createElement", "createElementNS", "createContextualFragment", "parseFromString",
    "parseHTML", "parseHTMLUnsafe", "DOMParser", "XSLTProcessor", "importNode",
    "importStylesheet", "adoptNode", "cloneNode", "cssText", "setProperty", "insertRule",
    "replaceSync", "adoptedStyleSheets", "FontFace", "Image", "Audio", "postMessage",
    "BroadcastChannel", "MessageChannel", "serviceWorker", "register", "unregister",
    "skipWaiting", "claim", "openWindow", "navigationPreload", "caches", "indexedDB",
    "localStorage", "sessionStorage", "cookie", "cookieStore", "getDirectory", "createWritable",
    "createSyncAccessHandle", "showOpenFilePicker", "showSaveFilePicker", "showDirectoryPicker",
    "clipboard", "createObjectURL", "revokeObjectURL", "click", "submit", "requestSubmit",
    "requestStorageAccess", "persist", "defaultView", "view", "ownerDocument", "contentWindow",
    "contentDocument", "opener", "frameElement", "getRootNode", "baseURI", "documentURI",
    "designMode", "execCommand", "redirect", "respondWith", "addModule", "audioWorklet",
    "launchQueue", "requestMIDIAccess", "bluetooth", "jsglobals", "run_js", "run_sync",
    "ask_host", "of_site", "text_of_site", "pyfetch", "open_url", "create_once_callable",
    "find_imports",
))  # fmt: skip
"""Names that can send, load, keep, run or lead to something that can.

A use of one of these is allowed by its whole statement, everything else by its name.
"""

FOREIGN = ("js", "jsffi", "pyscript", "pyodide", "pyodide_js", "micropip", "micropython", "ffi")
"""Modules whose objects are the browser's own."""

INIT = frozenset((
    "method", "body", "keepalive", "duplex", "credentials", "redirect", "referrer",
    "referrerPolicy",
))  # fmt: skip
"""Keys of a request's options: what makes of a GET something else. Allowed like powers."""

SCHEME = re.compile(r"(?:https?|wss?|ftp|file|javascript|vbscript):", re.ASCII)


def is_address(text: str) -> bool:
    """Tell whether a text is, begins or ends an address that leads elsewhere.

    Browsers take out white space and read a backslash as a slash.
    """
    compact = "".join(text.split()).lower().replace("\\", "/")
    return bool(SCHEME.match(compact)) or compact.startswith("//") or "://" in compact


REFUSED = "refused"
"""The kind of finding that no table can allow."""


@dataclass(frozen=True)
class Finding:
    """One thing that a file reaches.

    ``kind`` names the key of the table that can allow it: ``imports``, ``reach`` (a path from
    something imported or global), ``words`` (a name reached on any object), ``powers`` and
    ``dynamic`` (whole statements), ``markup``, ``styles``, ``settings``; or :data:`REFUSED`.
    """

    file: str
    number: int
    kind: str
    text: str
