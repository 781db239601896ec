"""Choices are checked where they are made. Runs on MicroPython too, so without pytest."""

from common.options import (
    LIGHT,
    LIGHT_SIDE,
    MAX_THREADS,
    MODEL_VARIANTS,
    PREVIEW_SIZE,
    QUALITIES,
    SECOND_LOOKS,
    Options,
    thread_count,
)


def refused(**choices):
    try:
        Options(**choices)
    except ValueError:
        return True
    return False


def test_the_defaults_are_the_small_model_at_704():
    options = Options()
    assert (options.variant, options.quality) == ("q4", "standard")
    assert options.passes == (704,)


def test_every_offered_choice_is_accepted_and_no_other():
    for variant in MODEL_VARIANTS:
        for quality in QUALITIES:
            options = Options(variant=variant, quality=quality)
            assert (options.variant, options.quality) == (variant, quality)
            assert options.passes == (QUALITIES[quality] if variant != LIGHT else (LIGHT_SIDE,))
    assert refused(variant="q5")
    assert refused(quality="perfect")


def test_the_small_network_has_one_size_and_looks_once():
    for quality in QUALITIES:
        options = Options(variant=LIGHT, quality=quality)
        assert (options.passes, options.second_look) == ((320,), 0)


def test_input_sizes_are_multiples_of_64_as_the_network_needs():
    sizes = [PREVIEW_SIZE]
    sizes.extend(SECOND_LOOKS.values())
    for passes in QUALITIES.values():
        assert len(passes) >= 1
        sizes.extend(passes)
    assert [size for size in sizes if size % 64] == []


def test_a_second_look_has_another_size_than_the_passes_before():
    for quality in QUALITIES:
        assert Options(quality=quality).second_look not in QUALITIES[quality]
    assert Options(quality="fast").second_look == 0


def test_threads_follow_the_cores_only_where_memory_can_be_shared():
    assert thread_count(4, True) == 4
    assert thread_count(64, True) == MAX_THREADS == 8
    assert thread_count(4, False) == 1
    assert thread_count(None, True) == 1
    assert thread_count(0, True) == 1
