"""Answers survive the way between actors. Runs on MicroPython too, so without pytest."""

import json

from common.errors import Refusal
from common.messages import open_answer, refusal, result


def opened_refusal(text):
    try:
        open_answer(False, text)
    except Refusal as error:
        return error
    raise AssertionError("no refusal")


def test_a_result_comes_back_as_it_was():
    values = {"width": 4000, "notices": ["first_frame"], "share": 0.5, "name": "Bär.jpg"}
    assert open_answer(True, result(values)) == values
    assert open_answer(True, result({})) == {}


def test_a_refusal_comes_back_with_code_details_and_sentence():
    original = Refusal("too_large", megapixels=61.2, limit=50)
    again = opened_refusal(refusal(original))
    assert again.code == "too_large"
    assert again.details == {"megapixels": 61.2, "limit": 50}
    assert str(again) == str(original)


def test_running_out_of_memory_has_its_own_sentence():
    assert opened_refusal(refusal(MemoryError())).code == "out_of_memory"
    for words in ("std::bad_alloc", "Aborted(OOM)", "Array buffer allocation failed"):
        assert opened_refusal(refusal(ValueError(words))).code == "out_of_memory"


def test_any_other_exception_becomes_internal_with_a_bounded_reason():
    again = opened_refusal(refusal(ValueError("strange")))
    assert again.code == "internal"
    assert again.details == {"reason": "ValueError: strange"}
    assert len(opened_refusal(refusal(ValueError("x" * 5000))).details["reason"]) == 200


def test_an_unknown_code_from_the_other_side_does_not_break_the_page():
    text = json.dumps({"code": "from_the_future", "details": {}})
    again = opened_refusal(text)
    assert again.code == "internal"
    assert "from_the_future" in str(again)
