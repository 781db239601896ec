"""Every function, method and class is reached from the sources, not from tests alone.

By vulture, which compares names: what it finds is nobody's; what shares its name with something in
use may escape it.
"""

import ast

import vulture

from tools.setup.checkout import ROOT

SOURCES = (
    "common", "core", "inference", "lab", "pixelwork", "ui", "tools",
    "main.py", "worker.py", "pixels.py", "lab_network.py", "lab_page.py", "lab_worker.py", "dev.py",
)  # fmt: skip

ACTORS = ("pixels.py", "worker.py", "lab_network.py", "lab_worker.py")

KINDS = ("class", "function", "method", "property")

FROM_OUTSIDE = {
    "cut_out_file": "core/pipeline.py is for everybody who uses core/ elsewhere",
    **dict.fromkeys(
        (
            "handle_starttag",
            "handle_endtag",
            "handle_data",
            "handle_comment",
            "handle_decl",
            "handle_pi",
            "unknown_decl",
        ),
        "html.parser calls it",
    ),
    "comment": "xml.etree.ElementTree.XMLParser calls it",
    **dict.fromkeys(
        ("get_requires_for_build_wheel", "prepare_metadata_for_build_wheel"),
        "pip calls it (PEP 517): tools/model/metadata_only.py",
    ),
    "log_message": "http.server calls it",
    "pytest_runtest_setup": "pytest calls it",
    "requests_of": "tools/verify/net_log.py: what tests read out of Chromium's own log",
    "looked_up_hosts": "the same",
    "truncated": "tools/site/faults.py: what a test lets the server do wrong",
    "corrupted": "the same",
    "delayed": "the same",
    "failing": "the same",
}
"""What the sources do not call, and who does."""


def exported(file):
    """Return the names that a worker's ``__export__`` hands to the page."""
    for node in ast.parse((ROOT / file).read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__export__":
            return set(ast.literal_eval(node.value))
    raise AssertionError(f"{file} exports nothing")


def unreached(paths, used=()):
    """Return the functions, methods and classes in some files that no other line names."""
    finder = vulture.Vulture()
    finder.used_names.update(used)
    finder.scavenge([str(path) for path in paths])
    return {
        item.name: f"{item.filename}:{item.first_lineno}"
        for item in finder.get_unused_code()
        if item.typ in KINDS
    }


def test_nothing_is_defined_that_nobody_calls():
    used = set().union(*(exported(file) for file in ACTORS))
    found = unreached((ROOT / name for name in SOURCES), used)
    assert {name: place for name, place in found.items() if name not in FROM_OUTSIDE} == {}


def test_the_check_sees_what_nobody_calls(tmp_path):
    file = tmp_path / "sample.py"
    file.write_text("def used():\n    return 1\n\n\ndef idle():\n    return used()\n")
    assert unreached([file]) == {"idle": f"{file}:5"}
    assert unreached([file], {"idle"}) == {}
