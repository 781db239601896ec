"""``dev.py accuracy``: how near the cutouts come to masks made by people."""
