"""Nothing of a stranger's file gets into a result but what was asked for, whatever the two are."""

from tests.core.planted import SECRET, streams
from tests.core.writing.leaks import EVERYTHING, FILES, assert_clean


def assert_planted(name):
    assert SECRET in streams(FILES[name]), name


OWN = {"tiff": "tiff", "gif": "gif", "webp": "webp", "png": "png", "bmp": "bmp", "ico": "ico"}


def test_nothing_planted_gets_from_any_kind_into_its_own_or_the_commonest_formats():
    for name in FILES:
        assert_planted(name)
        for kind in sorted({"jpeg", OWN.get(name.split("-")[0], "png"), "tiff"}):
            for keep in ({}, EVERYTHING):
                assert_clean(name, kind, keep, {"kind": "none"})
