"""``dev.py bench``: speed and memory, beside another background remover in the same run."""
