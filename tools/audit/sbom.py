"""What Homecut is built from: a CycloneDX bill of materials, read off the lock files.

Nothing is asked of anybody. Licences of npm packages stand in the lock files; those of Python
packages are read from the installed environment. The document has no time in it, so that the same
checkout gives the same bytes.
"""

import base64
import hashlib
import importlib.metadata
import json
import re
import uuid
from email.message import Message
from pathlib import Path
from typing import Any, cast

Component = dict[str, Any]


def bill_of_materials(root: Path) -> dict[str, Any]:
    """Return the CycloneDX 1.6 document of a checkout as JSON values."""
    parts = components(root)
    canonical = json.dumps(parts, sort_keys=True).encode()
    number = uuid.uuid5(uuid.NAMESPACE_OID, hashlib.sha256(canonical).hexdigest())
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "homecut", "bom-ref": "homecut"}},
        "components": parts,
    }


def components(root: Path) -> list[Component]:
    """Return all parts, each once; ``scope`` is ``required`` for what visitors are sent."""
    found = [
        *npm_components(root / "package-lock.json"),
        *npm_components(root / "models/package-lock.json", prefix="models: "),
        *wheel_components(root),
        *model_components(root),
        *python_components(root),
    ]
    unique = {part["bom-ref"]: part for part in reversed(found)}
    return [unique[name] for name in sorted(unique)]


def npm_components(lock_file: Path, prefix: str = "") -> list[Component]:
    """Return the packages of an npm lock file; ``prefix`` keeps two lock files apart."""
    lock = json.loads(lock_file.read_text(encoding="utf-8"))
    parts = []
    for place, entry in lock["packages"].items():
        if not place:
            continue
        name = place.rpartition("node_modules/")[2]
        purl = f"pkg:npm/{name.replace('@', '%40')}@{entry['version']}"
        algorithm, _, digest = entry["integrity"].partition("-")
        content = base64.b64decode(digest).hex()
        part = component("library", name, entry["version"], prefix + purl, entry.get("license"))
        part["purl"] = purl
        part["hashes"] = [{"alg": algorithm.upper().replace("SHA", "SHA-"), "content": content}]
        shipped = not prefix and not entry.get("dev")
        part["scope"] = "required" if shipped else "excluded"
        parts.append(part)
    return parts


def wheel_components(root: Path) -> list[Component]:
    """Return NumPy and Pillow, which are taken out of the wheels of Pyodide's lock file."""
    lock_file = root / "assets/vendor/pyodide/pyodide-lock.json"
    if not lock_file.is_file():
        return []
    packages = json.loads(lock_file.read_text(encoding="utf-8"))["packages"]
    parts = []
    for name, entry in packages.items():
        if name in LICENCES:
            purl = f"pkg:pypi/{name}@{entry['version']}"
            reference = f"{purl}#{entry['file_name']}"
            part = component("library", name, entry["version"], reference, LICENCES.get(name))
            part["purl"] = purl
            part["hashes"] = [{"alg": "SHA-256", "content": entry["sha256"]}]
            part["scope"] = "required"
            parts.append(part)
    return parts


LICENCES = {"numpy": "BSD-3-Clause", "pillow": "MIT-CMU"}
"""Of the two wheels; their own metadata says the same."""


def model_components(root: Path) -> list[Component]:
    """Return the networks' variants as ``models/models.json`` describes them."""
    index = json.loads((root / "models/models.json").read_text(encoding="utf-8"))
    parts = []
    for name, variant in index["variants"].items():
        network = index["networks"][variant["network"]]
        title = f"{network['name']}, {name}"
        reference = f"model:{name}"
        part = component("machine-learning-model", title, "1", reference, network["licence"])
        part["hashes"] = [{"alg": "SHA-256", "content": variant["sha256"]}]
        part["scope"] = "required"
        parts.append(part)
    return parts


def python_components(root: Path) -> list[Component]:
    """Return the Python packages of the developer's environment, all versions locked."""
    parts = []
    for file in ("run.txt", "test.txt", "audit.txt"):
        text = (root / "requirements" / file).read_text(encoding="utf-8")
        for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE):
            purl = f"pkg:pypi/{name.lower()}@{version}"
            part = component("library", name, version, purl, python_licence(name))
            part["purl"] = purl
            part["scope"] = "excluded"
            parts.append(part)
    return parts


def python_licence(name: str) -> str | None:
    """Return an installed package's licence, ``None`` if it is not installed or does not say."""
    try:
        metadata = cast(Message, importlib.metadata.metadata(name))
    except importlib.metadata.PackageNotFoundError:
        return None
    if expression := metadata.get("License-Expression"):
        return str(expression)
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in metadata.get_all("Classifier") or []
        if line.startswith("License ::") and line != "License :: OSI Approved"
    ]
    short = (metadata.get("License") or "").strip()
    return ", ".join(classifiers) or (short if short and len(short) < 60 else None)


def component(kind: str, name: str, version: str, reference: str, licence: str | None) -> Component:
    """Return a CycloneDX component."""
    part: Component = {"type": kind, "name": name, "version": version, "bom-ref": reference}
    if licence:
        part["licenses"] = [{"license": {"name": licence}}]
    return part


def licences(root: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Return licence: (names shipped to visitors, names for developers only)."""
    table: dict[str, tuple[list[str], list[str]]] = {}
    for part in components(root):
        licence = part["licenses"][0]["license"]["name"] if "licenses" in part else "not stated"
        shipped, development = table.setdefault(licence, ([], []))
        (shipped if part["scope"] == "required" else development).append(part["name"])
    return dict(sorted(table.items()))
