"""``dev.py models``: fetches, prepares, checks and stores the networks' weights."""
