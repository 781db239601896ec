"""The bill of materials names every part once, in the form that scanners read."""

import json
import re

from tools.audit.sbom import bill_of_materials, components, licences
from tools.setup.checkout import ROOT

STRONG_COPYLEFT = re.compile(r"\bA?GPL|GNU (Affero )?General")
"""The LGPL is fine for an unmodified, separately served, replaceable file (CONTRIBUTING.md)."""


def test_the_document_is_cyclonedx_and_the_same_each_time():
    first, second = bill_of_materials(ROOT), bill_of_materials(ROOT)
    assert first == second
    assert (first["bomFormat"], first["specVersion"]) == ("CycloneDX", "1.6")
    references = [part["bom-ref"] for part in first["components"]]
    assert len(references) == len(set(references))


def test_every_package_of_the_lock_files_is_named():
    names = {(part["name"], part["version"]) for part in components(ROOT)}
    for lock_file in ("package-lock.json", "models/package-lock.json"):
        packages = json.loads((ROOT / lock_file).read_text(encoding="utf-8"))["packages"]
        expected = {
            (place.rpartition("node_modules/")[2], entry["version"])
            for place, entry in packages.items()
            if place
        }
        assert expected <= names


def test_what_visitors_are_sent_has_a_hash_and_a_licence():
    shipped = [part for part in components(ROOT) if part["scope"] == "required"]
    assert {"numpy", "pillow", "@pyscript/core", "onnxruntime-web", "pyodide"} <= {
        part["name"] for part in shipped
    }
    assert [part["name"] for part in shipped if not part.get("hashes")] == []
    assert [part["name"] for part in shipped if not part.get("licenses")] == []


def test_npm_hashes_are_hexadecimal():
    (core,) = [part for part in components(ROOT) if part["name"] == "@pyscript/core"]
    (found,) = core["hashes"]
    assert found["alg"] == "SHA-512"
    assert len(found["content"]) == 128
    int(found["content"], 16)


def test_nothing_under_a_strong_copyleft_licence_is_shipped():
    shipped = {name for name, (parts, _) in licences(ROOT).items() if parts}
    assert [name for name in shipped if STRONG_COPYLEFT.search(name)] == []


def test_strong_copyleft_is_told_from_its_lesser_kin():
    strong = ("GPL-3.0", "AGPL-3.0-only", "MIT OR GPL-2.0", "GNU General Public License v3")
    assert all(STRONG_COPYLEFT.search(name) for name in strong)
    assert not STRONG_COPYLEFT.search("LGPL-3.0")
