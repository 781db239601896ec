"""``dev.py audit``: every line that can touch network or storage, and all parts with licences."""
