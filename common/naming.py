"""File names for what the user saves."""

from common.checks import Table
from common.formats import FORMATS
from common.language.words import number, say

CUTOUT_PATTERN = "{name}-cutout"
"""The pattern that an edit begins with; without a cutout it means ``{name}``."""

FORBIDDEN = '/\\:*?"<>|'
"""Characters that some file system or other gives a meaning."""

RESERVED = ("con", "prn", "aux", "nul", "com", "lpt")
"""Names of devices on Windows, the last two followed by a digit."""

LONGEST_BYTES = 200
"""Most bytes of a name without its extension, in UTF-8; file systems allow 255 in all."""

LONGEST_ENDING = 5
"""Letters of an ending that is taken for one; what is longer, or only digits, belongs to a name."""


def stem(name: str) -> str:
    """Return a file name without its folder and its extension.

    ``Screenshot 10.15.20`` has none.
    """
    base = name.replace("\\", "/").split("/")[-1]
    head, dot, ending = base.rpartition(".")
    short = 0 < len(ending) <= LONGEST_ENDING and " " not in ending and not ending.isdigit()
    return head if dot and head and short else base


def cutout_name(name: str) -> str:
    """Return ``photo-cutout.png`` for ``photo.jpg``; an empty name becomes ``photo``."""
    return (stem(name).strip() or "photo") + "-cutout.png"


def file_names(
    pattern: str, name: str, file_format: str, index: int = 1, width: int = 0, height: int = 0
) -> list[str]:
    """Return the names of the files of one export, one or (cutout and mask) two.

    ``pattern`` may hold ``{name}`` (the photo's name without extension), ``{index}`` (its place
    in the list, from 1), ``{format}``, ``{width}`` and ``{height}`` (of the result, in pixels);
    other braces stay as they are. ``file_format`` is a key of :data:`common.formats.FORMATS`. A
    mask's name ends in ``-mask``. Slashes, control characters, leading dots and the like are
    taken out, so that neither a pattern nor a photo's name can lead out of the folder.
    """
    extension = FORMATS[file_format].extension
    values = {
        "name": stem(name).strip() or "photo",
        "index": str(index),
        "format": extension,
        "width": str(width),
        "height": str(height),
    }
    base = safe_stem(_filled(pattern, values))
    picture = base + "." + extension
    mask = (base[:-7] if base.endswith("-cutout") and len(base) > 7 else base) + "-mask.png"
    if file_format == "mask":
        return [mask]
    return [picture, mask] if file_format == "cutout+mask" else [picture]


def result_names(
    edit: dict[str, object], name: str, index: int = 1, width: int = 0, height: int = 0
) -> list[str]:
    """Return the names of the files of a checked edit; see :func:`file_names`.

    Nothing is called a cutout that is none. A result that would have the very name of its photo
    gets ``-new``, so that saving into the photo's folder replaces nothing.
    """
    export = Table().clean(edit["export"], "export")
    pattern, kind = str(export["name"]), str(export["format"])
    if Table().clean(edit["steps"], "steps")["cutout"]:
        return file_names(pattern, name, kind, index, width, height)
    if pattern == CUTOUT_PATTERN:
        pattern = "{name}"
    names = file_names(pattern, name, kind, index, width, height)
    if names[0].lower() == name.replace("\\", "/").split("/")[-1].lower():
        names = file_names(pattern + "-new", name, kind, index, width, height)
    return names


def unique_name(name: str, taken: set[str], folded: "object" = None) -> str:
    """Return a file name that is not in ``taken``, and add it there as it is compared.

    The second ``photo.png`` becomes ``photo (2).png``. Names that some file system takes for the
    same count as equal: ``folded(name)`` is how they are compared. MicroPython's own lower case
    knows only ASCII, so the page hands in the browser's (:mod:`ui.browser.downloads`).
    """
    compared = folded if callable(folded) else str.lower
    head, dot, extension = name.rpartition(".")
    if not head:
        head, dot, extension = name, "", ""
    free, count = name, 1
    while compared(free) in taken:
        count += 1
        free = head + " (" + str(count) + ")" + dot + extension
    taken.add(compared(free))
    return free


def _filled(pattern: str, values: dict[str, str]) -> str:
    """Return ``pattern`` with ``{key}`` replaced, once: what was put in is not looked at again."""
    parts = pattern.split("{")
    filled = parts[0]
    for part in parts[1:]:
        key, brace, rest = part.partition("}")
        filled += values[key] + rest if brace and key in values else "{" + part
    return filled


def safe_stem(text: str) -> str:
    """Return a text as a file name (without extension) that every system takes, never empty."""
    kept = ""
    for character in text[: 4 * LONGEST_BYTES]:
        code = ord(character)
        # Invisible marks that turn the direction of writing can disguise an extension.
        hidden = code < 32 or 127 <= code < 160 or 0x202A <= code <= 0x202E
        if not hidden and not 0x2066 <= code <= 0x2069:
            kept += "-" if character in FORBIDDEN else character
    kept = _within(kept.strip(" ."), LONGEST_BYTES).rstrip(" .")
    base = kept.split(".")[0].strip().lower()
    if base in RESERVED[:4] or (base[:3] in RESERVED[4:] and base[3:].isdigit()):
        kept = "_" + kept
    return kept or "photo"


def _within(text: str, most: int) -> str:
    """Return as much of a text as has at most ``most`` bytes in UTF-8."""
    used = 0
    for place, character in enumerate(text):
        used += len(character.encode("utf-8"))
        if used > most:
            return text[:place]
    return text


def safe_name(name: str) -> str:
    """Return a file name with its extension that leads nowhere and that every system takes."""
    base = name.replace("\\", "/").split("/")[-1]
    extension = "".join([c for c in base[len(stem(base)) + 1 :] if c.isalpha() or c.isdigit()])
    return safe_stem(stem(base)) + ("." + extension[:10] if extension else "")


def byte_size(count: int) -> str:
    """Return a byte count in words: ``512 B``, ``24 KB``, ``25.0 MB`` (powers of 1000)."""
    if count < 1000:
        return say("{number} B", number=count)
    if count < 1000000:
        return say("{number} KB", number=round(count / 1000))
    return say("{number} MB", number=number(count / 1e6, 1))
