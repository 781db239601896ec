"""Where the network comes from and how long a look takes is said as it is."""

from ui.lab.progress import LOOKING, PREPARING, looking_words, network_words


def test_what_comes_from_this_device_is_not_said_to_be_fetched():
    words = network_words({"stage": "reopen", "done": 1000000, "total": 26000000})
    assert words.startswith("Reading the network from this device: 1")
    words = network_words({"stage": "download", "done": 1000000, "total": 26000000})
    assert words.startswith("Getting the network: 1")


def test_when_all_is_there_it_is_prepared_or_opened():
    told = {"stage": "session", "done": 0, "total": 0}
    assert network_words(told) == PREPARING
    assert "about half a minute" in network_words(told, LOOKING)


def test_a_look_inside_counts_its_seconds_and_names_the_way_out():
    words = looking_words(12.7)
    assert words.startswith("Looking inside: 12 s.")
    assert "Stop ends it" in words
