"""Gets what the checkout needs: environments, npm and Python packages, all checked by hash.

``dev.py`` imports from here before its environment exists: :mod:`tools.setup.environment`,
:mod:`tools.setup.cache`, :mod:`tools.setup.complaint` and :mod:`tools.setup.checkout` need only the
standard library.
"""
