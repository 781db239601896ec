"""Every error is one human sentence. Runs on MicroPython too, so without pytest."""

from common.errors import SENTENCES, Refusal, sentence

EXAMPLES = {
    "words": "The result would have 20000 x 20000 pixels.",
    "width": 10,
    "height": 20000,
    "limit": 16,
    "megapixels": 61.2,
    "megabytes": 700,
    "path": "models/chunks/abc.bin",
    "reason": "TypeError",
    "format": "JPEG 2000",
    "codec": "AVIF",
}


def raises_key_error(function, *arguments, **details):
    try:
        function(*arguments, **details)
    except KeyError:
        return True
    return False


def placeholders(text):
    return [part.split("}")[0] for part in text.split("{")[1:]]


def test_every_code_has_a_sentence_that_says_what_happened_and_what_to_do():
    assert len(SENTENCES) >= 20
    for code, text in SENTENCES.items():
        assert text[0].isupper(), code
        assert text.endswith("."), code
        assert len(text) <= 130, code
        assert text.count(". ") >= 1 or ", " in text or code == "is_svg", code


def test_every_code_is_a_lower_case_name():
    for code in SENTENCES:
        assert code == code.lower(), code
        assert code.replace("_", "").isalpha(), code


def test_every_placeholder_is_known_and_filled_in():
    for code, text in SENTENCES.items():
        names = placeholders(text)
        details = {name: EXAMPLES[name] for name in names}
        shown = sentence(code, details)
        assert "{" not in shown, code
        assert "}" not in shown, code
        for name in names:
            assert str(EXAMPLES[name]) in shown, code


def test_a_missing_placeholder_fails_where_the_refusal_is_written():
    for code, text in SENTENCES.items():
        if placeholders(text):
            assert raises_key_error(Refusal, code), code


def test_an_unknown_code_fails_where_it_is_written():
    assert raises_key_error(Refusal, "no_such_code")
    assert raises_key_error(sentence, "no_such_code")


def test_a_refusal_reads_as_its_sentence_and_keeps_code_and_details():
    refusal = Refusal("too_small", width=1, height=2, limit=16)
    assert refusal.code == "too_small"
    assert refusal.details == {"width": 1, "height": 2, "limit": 16}
    assert (
        str(refusal)
        == "This picture is only 1 x 2 pixels. To be cut out, each side needs at least 16."
    )
