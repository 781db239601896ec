"""How far the network is, in words. Plain Python."""

from common import naming

PREPARING = "Preparing the network."

LOOKING = "The network runs with its layers open. The first time this takes about half a minute."
"""For a look inside: said once, since a screen reader says it."""


def network_words(told, then=PREPARING):
    """Return one report of the segmentation worker in words.

    ``told`` is what :mod:`inference.model_store` reports: ``stage`` "reopen" while the bytes come
    from this device, "download" once any came from the host. ``then`` is said when all are there.
    """
    if not told["total"]:
        return then
    amount = naming.byte_size(told["done"]) + " of " + naming.byte_size(told["total"])
    if told["stage"] == "reopen":
        return "Reading the network from this device: " + amount
    return "Getting the network: " + amount


def looking_words(seconds):
    """Return how long a look inside has taken so far."""
    return "Looking inside: %d s. The first look takes about half a minute; Stop ends it." % seconds
