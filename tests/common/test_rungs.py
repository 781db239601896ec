from common.rungs import REASONS, REMEMBERED, RUNGS, SINGLE, THREADS, WEBGPU, WORDS, rung_below


def test_the_ladder_is_climbed_down_to_its_last_rung():
    assert rung_below(WEBGPU, shares_memory=True) == THREADS
    assert rung_below(WEBGPU, shares_memory=False) == SINGLE
    assert rung_below(THREADS, shares_memory=True) == SINGLE
    assert rung_below(SINGLE, shares_memory=True) == SINGLE


def test_every_rung_and_every_reason_has_its_words():
    assert set(WORDS) == set(RUNGS)
    assert set(REMEMBERED) <= set(REASONS)
    assert all(words.endswith(".") for words in REASONS.values())
