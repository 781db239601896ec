"""Nothing of a stranger's file gets into a result but what was asked for, whatever the two are."""

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


def assert_planted(name):
    assert SECRET in streams(FILES[name]), name


OWN = {"tiff": "tiff", "gif": "gif", "webp": "webp", "png": "png", "bmp": "bmp", "ico": "ico"}


def test_nothing_planted_gets_from_any_kind_into_its_own_or_the_commonest_formats():
    for name in FILES:
        assert_planted(name)
        for kind in sorted({"jpeg", OWN.get(name.split("-")[0], "png"), "tiff"}):
            for keep in ({}, EVERYTHING):
                assert_clean(name, kind, keep, {"kind": "none"})
