"""What this browser keeps for this address, counted kind by kind; nothing is written here."""

from ui.browser import caches, private_files

BY_WHAT = {
    "homecut-shell-": "the page's files (sw.js)",
    "onnx-model-": "the network's weights (inference/model_store.py)",
    "homecut-interpreter": "the image tools' interpreter at its start (assets/js/snapshot.js)",
    "homecut-ladder-": "why the graphics card is not used (inference/note_store.py)",
    "homecut-keep-nothing": "the wish to keep nothing (ui/device/journal.py)",
    "homecut-language-": "the language that was chosen (ui/browser/window/choices.py)",
    "homecut-theme-": "light or dark, as chosen (ui/browser/window/choices.py)",
    "homecut-install-": "the offer to install was declined (ui/browser/window/choices.py)",
    "homecut-list-": "photos listed as a grid or in rows (ui/browser/window/choices.py)",
    "homecut-single-keys-": "shortcuts of a single key are off (ui/browser/window/choices.py)",
    "homecut-lab": "the lab's changed code and its photo (ui/device/lab_folder.py)",
    "homecut-journal-": "photos and cutouts of the queue (ui/device/journal.py)",
}
"""Prefix of a name: what lies there and who put it there."""


async def storage_report():
    """Return a dict of JSON values: each kind of storage with what is in it and by whom."""
    report = caches.counts_of_what_is_not_used()
    report["caches"] = {}
    for name in await caches.own_caches():
        entries = await caches.entries_in(name)
        report["caches"][name] = {"entries": entries, "what": what_is(name)}
    report["databases"] = await caches.databases()
    report["file system"] = {}
    root = await private_files.root_folder()
    for name in await private_files.entry_names(root) if root else []:
        report["file system"][name] = what_is(name)
    used = await caches.used_bytes()
    if used:
        report["bytes"], report["bytes by kind"] = used
    return report


def what_is(name):
    """Return what a cache or folder of this name is for."""
    for prefix, words in BY_WHAT.items():
        if name.startswith(prefix):
            return words
    return "unknown"


def problems_of(report):
    """Return a sentence for everything that should not be there."""
    found = []
    for kind in caches.UNUSED:
        if report[kind]:
            found.append("Something is kept in " + kind + ".")
    for name in report["databases"]:
        found.append("There is a database: " + name + ".")
    for name, entry in report["caches"].items():
        if entry["what"] == "unknown":
            found.append("There is a cache of unknown origin: " + name + ".")
    for name, what in report["file system"].items():
        if what == "unknown":
            found.append("There is a file of unknown origin: " + name + ".")
    return found
