"""Drives real browsers: ``dev.py cutout``, pictures of the documents, icons."""
