"""Every notice is one human sentence. Runs on MicroPython too, so without pytest."""

from common.errors import SENTENCES
from common.notices import NOTICES, notice


def test_every_notice_is_a_sentence_without_placeholders():
    assert len(NOTICES) >= 6
    for code, text in NOTICES.items():
        assert notice(code) == text
        assert text[0].isupper(), code
        assert text.endswith("."), code
        assert "{" not in text, code
        assert len(text) <= 130, code


def test_notices_and_errors_do_not_share_codes():
    assert not [code for code in NOTICES if code in SENTENCES]


def test_an_unknown_notice_is_an_error():
    try:
        notice("no_such_code")
    except KeyError:
        return
    raise AssertionError("no error")
