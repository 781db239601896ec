"""Readers of our own, for files that Pillow alone reads wrongly or not at all."""
