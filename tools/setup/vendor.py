"""Puts the page's third-party parts into ``assets/vendor``, and nothing that it does not load.

Each script gets a first statement of ours (:data:`GUARD`); apart from it the files are those of the
packages, whose hashes npm and pip have checked before, and NumPy and Pillow are made of theirs
(:mod:`tools.setup.lean_packages`). A script under the LGPL stays as it is and
is served as a text (:data:`LIBHEIF`).
"""

import json
import re
from pathlib import Path
from typing import Any

from rich.console import Console

from tools.setup.cache import file_digest, key_of, lock, ready_cache_folder, write_atomically
from tools.setup.complaint import Complaint
from tools.setup.lean_packages import NAME, SOURCES, lean_packages
from tools.setup.node import node_modules
from tools.setup.pyodide_wheels import pyodide_wheels

STAMP = ".installed.json"

MICROPYTHON = ("micropython.mjs", "micropython.wasm")
PYODIDE = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
ONNXRUNTIME = (
    "ort.wasm.min.mjs",
    "ort-wasm-simd-threaded.mjs",
    "ort-wasm-simd-threaded.wasm",
    "ort.jspi.min.mjs",
    "ort-wasm-simd-threaded.jspi.mjs",
    "ort-wasm-simd-threaded.jspi.wasm",
)
"""The plain runtime, and the one for WebGPU, which is fetched only where there is a graphics card.

The latter comes in two forms. The one that waits by JavaScript Promise Integration has 16.8 MB; the
other, whose waiting was compiled in, 26.8 MB, more than some static hosts accept.
"""
CODECS = {
    "jpeg": ("meta.js", "codec/enc/mozjpeg_enc.js", "codec/enc/mozjpeg_enc.wasm"),
    "webp": ("meta.js", "codec/enc/webp_enc_simd.js", "codec/enc/webp_enc_simd.wasm"),
    "avif": (
        "meta.js",
        "codec/enc/avif_enc.js",
        "codec/enc/avif_enc.wasm",
        "codec/enc/avif_enc_mt.js",
        "codec/enc/avif_enc_mt.wasm",
        "codec/enc/avif_enc_mt.worker.mjs",
        "codec/dec/avif_dec.js",
        "codec/dec/avif_dec.wasm",
    ),
    "jxl": (
        "meta.js",
        "codec/enc/jxl_enc.js",
        "codec/enc/jxl_enc.wasm",
        "codec/enc/jxl_enc_mt_simd.js",
        "codec/enc/jxl_enc_mt_simd.wasm",
        "codec/enc/jxl_enc_mt_simd.worker.js",
        "codec/dec/jxl_dec.js",
        "codec/dec/jxl_dec.wasm",
    ),
    "oxipng": ("codec/pkg/squoosh_oxipng.js", "codec/pkg/squoosh_oxipng_bg.wasm"),
}
"""Files of the packages ``@jsquash/...``. Pillow reads what is not in the list.

Their outer modules are left out: they import by a bare name, which a worker cannot resolve.
"""

LIBHEIF = {
    "libheif.js.txt": "libheif.js",
    "libheif.wasm": "libheif.wasm",
    "LICENSE.txt": "LICENSE",
}
"""Name here: file of the package ``libheif-js``, which is under the LGPL and is served unchanged.

Its script bears no :data:`GUARD`. As a text it can become no service worker either, because
browsers take none of another media type than JavaScript's; ``assets/js/codecs.js`` starts it as a
Blob.
"""

OPENJPEG = {
    "openjpeg.wasm": "openjpeg.wasm",
    "LICENSE.txt": "LICENSE_OPENJPEG",
    "LICENSE_BUILD.txt": "LICENSE_PDFJS_OPENJPEG",
}
"""Name here: file of ``wasm`` in the package ``pdfjs-dist``, whose other parts are left out.

``assets/js/jpeg2000.js`` stands in for the script around it. The package names a canvas for Node
as optional, which nothing here uses; ``package-lock.json`` has no entry for it, and so it is not
fetched.
"""

ZIP = ("index.js",)
PYSCRIPT_START = ("core.js", "core.css")
PYSCRIPT_UNUSED = ("xterm",)
"""The insides of terminals, loaded only for tags that no page of ours has.

Their thin outer files (``py-editor`` and the like) are asked for on every page, so they stay.
"""

GUARD = (
    b'if ("ServiceWorkerGlobalScope" in globalThis) '
    b'throw new Error("This is no service worker.");\n'
)
"""First statement of every script but ``sw.js``, third-party or our own.

A script of the page's own origin may register itself as a service worker, which no policy of the
page binds and no gate watches. One that throws when it is evaluated is never installed.
"""

SCRIPTS = (".js", ".mjs")

IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["']\./([^"']+\.js)["']""")


def ensure_vendor(root: Path, console: Console) -> None:
    """Install the parts into ``root/assets/vendor`` unless exactly these are there already.

    Raises :class:`Complaint` when a part cannot be had.
    """
    vendor = root / "assets" / "vendor"
    key = installation_key(root)
    with lock(ready_cache_folder() / f".vendor-{key_of(str(vendor))}.lock"):
        if is_installed(vendor, key):
            return
        modules = node_modules(root, console)
        wheels = pyodide_wheels(modules / "pyodide", console)
        packages = lean_packages(modules / "pyodide", wheels, console)
        sources = vendor_sources(modules, packages)
        install(vendor, key, sources)
        console.print(f"Installed {len(sources)} files into assets/vendor")


def installation_key(root: Path) -> str:
    """Return the text that stands for what has to be installed: the pins and these rules."""
    pins = [root / "package-lock.json", root / "requirements" / "pyodide.txt", Path(__file__)]
    pins += SOURCES
    return key_of(*(path.read_bytes() for path in pins))


def stamp_of(vendor: Path, key: str) -> dict[str, Any] | None:
    """Return what an installation with this key wrote down, ``None`` where there is none."""
    try:
        stamp: dict[str, Any] = json.loads((vendor / STAMP).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return stamp if stamp.get("key") == key else None


def is_installed(vendor: Path, key: str) -> bool:
    """Tell whether the stamp has this key and every file that it names is there in full size."""
    stamp = stamp_of(vendor, key)
    return stamp is not None and all(
        (vendor / name).is_file() and (vendor / name).stat().st_size == entry["bytes"]
        for name, entry in stamp["files"].items()
    )


def ensure_once(root: Path, console: Console) -> None:
    """Install the parts where nobody has yet, and leave what was installed as it is found.

    For the audit, which has to report a part that was changed since, not to mend it.
    """
    if stamp_of(root / "assets" / "vendor", installation_key(root)) is None:
        ensure_vendor(root, console)


def vendor_sources(modules: Path, packages: Path) -> dict[str, Path]:
    """Return target name (below ``assets/vendor``): source file, for everything to install."""
    micropython = modules / "@micropython" / "micropython-webassembly-pyscript"
    sources = {f"micropython/{name}": micropython / name for name in MICROPYTHON}
    sources |= {f"pyodide/{name}": modules / "pyodide" / name for name in PYODIDE}
    sources[f"pyodide/{NAME}"] = packages
    runtime = modules / "onnxruntime-web" / "dist"
    sources |= {f"onnxruntime/{name}": runtime / name for name in ONNXRUNTIME}
    for codec, names in CODECS.items():
        package = modules / "@jsquash" / codec
        sources |= {f"codecs/{codec}/{Path(name).name}": package / name for name in names}
    libheif = modules / "libheif-js" / "libheif-wasm"
    sources |= {f"codecs/heic/{name}": libheif / source for name, source in LIBHEIF.items()}
    openjpeg = modules / "pdfjs-dist" / "wasm"
    sources |= {f"codecs/jpeg2000/{name}": openjpeg / source for name, source in OPENJPEG.items()}
    sources |= {f"client-zip/{name}": modules / "client-zip" / name for name in ZIP}
    pyscript = modules / "@pyscript" / "core" / "dist"
    sources |= {f"pyscript/{name}": pyscript / name for name in pyscript_files(pyscript)}
    for source in sources.values():
        if not source.is_file():
            raise Complaint(
                f"{source} is missing, so the pinned version has another layout. Adapt "
                "tools/setup/vendor.py to it."
            )
    return sources


def pyscript_files(folder: Path) -> list[str]:
    """Return the names of the files that PyScript's start file may import, found by following it.

    The names carry hashes that change with every release, so a list would have to be kept by hand.
    """
    found = list(PYSCRIPT_START)
    for name in found:
        for imported in IMPORT.findall((folder / name).read_text(encoding="utf-8")):
            if imported not in found and not imported.startswith(PYSCRIPT_UNUSED):
                found.append(imported)
    return sorted(found)


def shipped(name: str, data: bytes) -> bytes:
    """Return what is installed for a package's file: a script with :data:`GUARD` in front."""
    return GUARD + data if name.endswith(SCRIPTS) else data


def install(vendor: Path, key: str, sources: dict[str, Path]) -> None:
    """Copy the files, remove everything else, and write the stamp last."""
    (vendor / STAMP).unlink(missing_ok=True)
    entries = {}
    for name, source in sorted(sources.items()):
        data = shipped(name, source.read_bytes())
        write_atomically(vendor / name, data)
        entries[name] = {"bytes": len(data), "sha256": file_digest(vendor / name)}
    for path in sorted(vendor.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(vendor).as_posix() not in sources:
            path.unlink()
    stamp = json.dumps({"key": key, "files": entries}, indent=1) + "\n"
    write_atomically(vendor / STAMP, stamp.encode())
