"""The whole grid of what :mod:`tests.core.writing.test_leaks` tries a part of."""

import pytest

from common.formats import WRITTEN
from tests.core.writing.leaks import EVERYTHING, FILES, assert_clean

TARGETS = [record.key for record in WRITTEN if record.writer and record.whole]
RESIZES = ({"kind": "none"}, {"kind": "percent", "percent": 50})
KEPT = ({}, {"profile": True}, {"orientation": True}, {"copyright": True}, EVERYTHING)


@pytest.mark.slow
@pytest.mark.parametrize("kind", TARGETS)
@pytest.mark.parametrize("name", FILES)
def test_nothing_planted_gets_from_any_kind_into_any_format_whatever_is_kept(name, kind):
    for keep in KEPT:
        for resize in RESIZES:
            assert_clean(name, kind, keep, resize)
