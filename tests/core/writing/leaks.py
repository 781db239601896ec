"""Writes every planted file in any way and holds the result against what must not be in it."""

from common.edits.edit import checked
from core.files.metadata import receipt_of_result
from core.output import animation_of, files_of, result_of
from tests.core.planted import SECRET, planted, streams

FILES = planted()
EVERYTHING = {"profile": True, "orientation": True, "copyright": True}
RIGHTS = (b"SECRET-COPYRIGHT", b"SECRET-ARTIST", b"SECRET-RIGHT")
"""What is meant to stay where the copyright is kept."""


def written(name, kind, keep, resize):
    """Return the files that are made of a planted one, with the words that may stay taken out."""
    sections = {"export": {"format": kind}, "keep": keep, "resize": resize}
    edit = checked({"steps": {"cutout": False}, **sections})
    made = animation_of(FILES[name], edit) or files_of(result_of(FILES[name], None, edit), edit)
    contents = [file.content for file in made.files]
    if keep.get("copyright"):
        for words in RIGHTS:
            contents = [content.replace(words, b"") for content in contents]
    return contents


def assert_clean(name, kind, keep, resize):
    for content in written(name, kind, keep, resize):
        found = streams(content)
        assert SECRET not in found, (name, kind, keep)
        for mark in (b"GPSLatitude", b"MakerNote", b"8BIM", b"c2pa", b"xmpmeta", b"ftypmp42"):
            assert mark not in found, (name, kind, keep, mark)
        if not keep:
            assert receipt_of_result(content)["entries"] == []
