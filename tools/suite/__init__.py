"""``dev.py test``: style, types and all tests, in the order in which failures are cheapest."""
