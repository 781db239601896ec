"""What is kept of the photos on the device: what may go, what a stored entry must look like, words.

Plain Python, so that its rules are tested under CPython too.
"""

import json

from common import naming
from common.edits import edit as edits
from common.language.words import say, say_count
from ui.state import items
from ui.state.recipe import SHARED

NAMES = {
    "name": str, "state": str, "error": str, "notices": list, "width": int, "height": int,
    "cutout": bool, "own": list, "format": str, "removed": bool,
    "doubt": float,
}  # fmt: skip
"""What an entry holds and of which type; ``seconds`` may be any number, ``edit`` be ``None``."""

LATER = ("cutout", "own", "format", "removed", "doubt")
"""What earlier versions did not write yet."""

ENDINGS = (".json", ".source", ".matte", ".result", ".backdrop")
"""How the names of an item's files end."""

UNTIL = say(
    "So a crash loses nothing. A photo that you remove goes when another one is added, at the "
    "latest with your next visit, and all go once the last one is finished and saved."
)


def nothing_to_lose(queue):
    """Tell whether every photo has ended and each finished file, as it is now, was handed out."""
    done = [item for item in queue.items if item.state == items.DONE]
    for item in queue.items:
        if not item.ended:
            return False
    for item in done:
        if not (queue.recipe.is_fresh(item) and item.result.handed_out):
            return False
    return bool(done)


def number_of(entry):
    """Return the number of an entry's file ("7.json": 7), ``None`` for any other name."""
    stem = entry[:-5]
    digits = stem and all(letter in "0123456789" for letter in stem)
    return int(stem) if digits and entry == stem + ".json" else None


def files_of(item):
    """Return the files that are kept of an item: (ending, File or Blob or ``None``)."""
    return (
        (".source", item.source.file),
        (".matte", item.matte),
        (".result", item.result and item.result.file),
        (".backdrop", item.settings.backdrop),
    )


def facts_of(item, state, aside, recipe):
    """Return what has to be known of an item to show it again, as JSON values.

    The common recipe is not kept, so the item takes along what it followed.
    """
    untouched = recipe.is_untouched(item)
    return {
        "name": item.name,
        "state": state,
        "error": item.error,
        "notices": item.notices,
        "width": item.source.width,
        "height": item.source.height,
        "seconds": item.timing.total,
        "edit": None if untouched else recipe.settings(item),
        "own": [] if untouched else list(SHARED),
        "cutout": item.settings.cutout,
        "format": item.source.format,
        "removed": aside,
        "doubt": float(item.doubt),
    }


def is_ours(name):
    """Tell whether a journal writes files of this name."""
    stem, dot, ending = name.partition(".")
    return dot + ending in ENDINGS and number_of(stem + ".json") is not None


def facts_in(text):
    """Return the facts that an entry's text holds, ``None`` if no journal wrote such a text."""
    try:
        facts = json.loads(text)
    except ValueError:
        return None
    if not isinstance(facts, dict):
        return None
    for name, kind in NAMES.items():
        if not isinstance(facts.get(name), kind) and (name in facts or name not in LATER):
            return None
    if (
        "edit" not in facts
        or facts["state"] not in items.ENDED + (items.WAITING,)
        or not is_number(facts.get("seconds"))
    ):
        return None
    try:
        if facts.get("edit") is not None:
            facts["edit"] = edits.checked(facts["edit"])
    except ValueError:
        return None
    return facts


def is_number(value):
    """Tell whether a value is a number."""
    return isinstance(value, (int, float))


def words(photos, size, keeps):
    """Return what is kept of the photos, with its size in bytes, as sentences."""
    if photos:
        kept = say_count(
            "{count} photo is kept here with what was made of it: {size}.",
            "{count} photos are kept here with what was made of them: {size}.",
            photos,
            size=naming.byte_size(size),
        )
        return kept + " " + UNTIL
    if keeps:
        return say("No photo is kept here now.") + " " + UNTIL
    return say("No photo is kept here, and none that you add. A crash or a reload loses them.")
