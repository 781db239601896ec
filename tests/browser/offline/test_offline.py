"""After the first visit the page needs nobody: server dead, network off, a fresh tab."""

import numpy as np
from PIL import Image

from tests.browser.support.logged import site_of


def test_a_fresh_tab_without_server_or_network_cuts_out_and_saves(journey):
    """The journey's last photo was given to a tab that was opened after the cable was pulled."""
    with Image.open(journey.saved["coffee"].cutout) as image:
        alpha = np.asarray(image)[..., 3]

    assert journey.saved["coffee"].suggested_name == "coffee-cutout.png"
    assert (alpha == 255).mean() > 0.05
    assert (alpha == 0).mean() > 0.05


def test_without_a_network_nothing_is_asked_for_but_a_newer_service_worker(journey):
    """Browsers look for a new ``sw.js`` by themselves when a page is opened; nobody answers.

    What the gate asks of the browser's own cache, and of nothing else, asks nobody.
    """
    later = [
        request.url
        for request in journey.net_log.requests_of(site_of(journey.url))
        if request.unix_seconds > journey.pulled_at and not request.cache_only
    ]

    assert set(later) <= {journey.url + "sw.js"}


def test_nothing_of_the_page_came_from_the_server_after_the_cable_was_pulled(journey):
    assert journey.records[journey.records_when_pulled :] == []


def test_only_the_cache_api_keeps_anything(journey):
    shell, model = sorted(journey.storage["caches"])

    assert shell.startswith("homecut-shell-")
    assert model == "onnx-model-v1"
    assert journey.cookies == []
    assert journey.storage["cookies"] == ""
    assert journey.storage["local"] == 0
    assert journey.storage["session"] == 0
    assert journey.storage["databases"] == journey.databases == []


def test_the_browser_counts_no_other_storage_than_caches_and_the_service_worker(journey):
    """Besides the file system, which holds what a crash must not lose."""
    assert set(journey.usage) <= {"cache_storage", "service_workers", "file_systems"}
    assert journey.usage["cache_storage"] > 40e6


def test_the_details_tell_of_threads_isolation_and_the_model(journey):
    assert journey.facts["Isolated"] == "yes"
    assert int(journey.facts["Threads"]) > 1
    assert journey.facts["Works offline"] == "yes"
    assert journey.facts["Model"].startswith("q4, 25.9\u00a0MB")
