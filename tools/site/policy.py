"""Narrows the content security policy to one address, for a build that is told where it will lie.

``'self'`` means a whole origin, WebSockets included. On a host that serves many sites from one
origin, as GitHub Pages does for a user, the address with its folder keeps them apart.
"""

import re
from urllib.parse import urlsplit

from tools.setup.complaint import Complaint

SCOPED_FILES = ("index.html", "lab.html", "privacy.html")
"""Documents with a policy of their own."""

WORKERS = (
    "sw.js",
    "assets/js/codecs.js",
    "assets/js/snapshot_maker.js",
    "assets/js/zip.js",
    "assets/vendor/codecs/avif/avif_enc_mt.worker.mjs",
    "assets/vendor/codecs/jxl/jxl_enc_mt_simd.worker.js",
    "assets/vendor/onnxruntime/ort.wasm.min.mjs",
    "assets/vendor/onnxruntime/ort-wasm-simd-threaded.mjs",
    "assets/vendor/onnxruntime/ort.jspi.min.mjs",
    "assets/vendor/onnxruntime/ort-wasm-simd-threaded.jspi.mjs",
)
"""The files that are started as workers; a narrowed policy lets no other become one."""


def checked_origin(text: str) -> str:
    """Return an address, ending in a slash, that a policy can name; raises :class:`Complaint`."""
    parts = urlsplit(text)
    host = parts.netloc.rpartition("@")[2]
    plain = re.fullmatch(r"[A-Za-z0-9.-]+(:\d+)?", host) and host == parts.netloc
    folder = re.fullmatch(r"[\w.~/%-]*", parts.path)
    if parts.scheme not in ("http", "https") or not plain or not folder:
        raise Complaint(
            f"{text} is no address that a policy can name. Give scheme, host and folder, like "
            "https://name.example/homecut/."
        )
    if parts.query or parts.fragment:
        raise Complaint(f"{text} must end with its folder, without ? and #.")
    return f"{parts.scheme}://{host}{parts.path.rstrip('/')}/"


def narrow(text: str, origin: str) -> str:
    """Return a file's text with its policies narrowed from the origin to the address ``origin``.

    In the allowlist's pattern the escaped "?" says that no query may follow.
    """
    programs = " ".join(origin + path for path in WORKERS)
    text = text.replace("worker-src 'self'", f"worker-src {programs}")
    return text.replace("'self'", origin).replace("(response-origin)", f'("{origin}*\\\\?")')
