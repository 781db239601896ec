"""What this browser keeps for this address, counted kind by kind; nothing is written here."""

import json

import js

from ui.device import journal

BY_WHAT = {
    "homecut-shell-": "the page's files (sw.js)",
    "onnx-model-": "the network's weights (inference/model_store.py)",
    "homecut-ladder-": "why the graphics card is not used (inference/ladder.py)",
    "homecut-journal-": "photos and cutouts of the queue (ui/device/journal.py)",
}
"""Prefix of a name: what lies there and who put it there."""


async def storage_report():
    """Return a dict of JSON values: each kind of storage with what is in it and by whom."""
    report = {
        "cookies": len(js.document.cookie),
        "localStorage": js.localStorage.length,
        "sessionStorage": js.sessionStorage.length,
        "caches": {},
        "databases": [],
        "file system": {},
    }
    if hasattr(js, "caches"):
        for name in await js.caches.keys():
            keys = await (await js.caches.open(name)).keys()
            report["caches"][name] = {"entries": keys.length, "what": what_is(name)}
    if hasattr(js, "indexedDB") and hasattr(js.indexedDB, "databases"):
        report["databases"] = [entry.name for entry in await js.indexedDB.databases()]
    root = await journal.root_folder()
    for name in await journal.entry_names(root) if root else []:
        report["file system"][name] = what_is(name)
    storage = getattr(js.navigator, "storage", None)
    if storage:
        estimate = await storage.estimate()
        report["bytes"] = estimate.usage
        details = js.JSON.stringify(getattr(estimate, "usageDetails", None) or js.Object.new())
        report["bytes by kind"] = json.loads(details)
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
    for kind in ("cookies", "localStorage", "sessionStorage"):
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
