"""Which files make the site, and ``dev.py serve``, ``build`` and ``verify`` around them."""
