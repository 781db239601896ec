from common.limits import MAX_MEGAPIXELS
from common.options import QUALITIES
from common.tiers import BELOW, TIERS, estimated_bytes, fitting, lowered, tier_of, within


def test_devices_begin_at_the_tier_that_fits_them():
    assert tier_of(8, 4, False) == "desktop"
    assert tier_of(None, 4, False) == "desktop"
    assert tier_of(4, 8, False) == "phone"
    assert tier_of(None, 6, True) == "phone"
    assert tier_of(8, 1, False) == "single-thread"


def test_every_tier_runs_every_quality_within_its_side():
    for tier, bounds in TIERS.items():
        for passes in QUALITIES.values():
            run = within(passes, tier)
            assert run
            assert max(run) <= bounds["side"]


def test_the_default_is_the_same_on_every_device():
    for tier in ("desktop", "phone", "single-thread"):
        assert within(QUALITIES["standard"], tier) == QUALITIES["standard"]


def test_a_photo_that_broke_a_worker_takes_less_the_second_time():
    for tier in BELOW:
        for passes in QUALITIES.values():
            first = within(passes, tier)
            second = lowered(first, tier)
            lightest = first == (TIERS["spare"]["side"],)
            assert lightest or (max(second), len(second)) < (max(first), len(first))


def test_the_estimate_grows_with_the_photo_and_with_the_network_input():
    assert estimated_bytes(4000, 3000, (768,)) > estimated_bytes(1000, 1000, (768,))
    assert estimated_bytes(1000, 1000, (768, 1024)) == estimated_bytes(1000, 1000, (1024,))
    assert estimated_bytes(1000, 1000, (1024,)) > estimated_bytes(1000, 1000, (768,))


def test_a_large_photo_on_a_small_device_gets_a_smaller_network_input():
    assert fitting((768,), "phone", 1000, 1000, 4) == (768,)
    assert fitting((768, 1024), "desktop", 7000, 7000, 4) == (512,)
    assert fitting((768, 1024), "desktop", 7000, 7000, None) == (768, 1024)


def test_the_default_fits_the_largest_photo_where_the_browser_tells_of_most_memory():
    side = int((MAX_MEGAPIXELS * 1e6) ** 0.5)
    assert fitting((768,), "desktop", side, side, 8) == (768,)
