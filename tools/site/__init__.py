"""Which files make the site, and ``dev.py serve`` and ``build`` around them."""
