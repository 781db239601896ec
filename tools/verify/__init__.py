"""``dev.py verify``: a deployment as programs and as a real browser get it, beside the build."""
