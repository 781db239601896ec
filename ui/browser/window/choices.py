"""What the user has chosen for the page itself, kept as the names of empty folders of this origin.

``assets/js/kept_choices.js`` reads them before anything is drawn.
"""

import asyncio

from ui.browser import console, private_files

LANGUAGE_PREFIX = "homecut-language-"
THEME_PREFIX = "homecut-theme-"
KEYS_PREFIX = "homecut-single-keys-"
LIST_PREFIX = "homecut-list-"
INSTALL_PREFIX = "homecut-install-"
PREFIXES = (LANGUAGE_PREFIX, THEME_PREFIX, KEYS_PREFIX, LIST_PREFIX, INSTALL_PREFIX)
"""How the names begin, one for each thing that is chosen; what is chosen follows."""

_turn = asyncio.Lock()
"""One choice after the other, so that the last one of several stays."""


async def keep(prefix, value):
    """Keep a choice for later visits in place of an earlier one, or none for ``None``.

    Returns whether it is kept: some windows keep nothing, and there may be no room.
    """
    root = await private_files.root_folder()
    if root is None:
        return False
    async with _turn:
        if value is not None:
            try:
                await private_files.make_folder(root, prefix + value)
            except private_files.NoRoom as error:
                console.report("the choice " + prefix + value + " is not kept: " + str(error))
                return False
        for name in await private_files.folder_names(root):
            if name.startswith(prefix) and (value is None or name != prefix + value):
                await private_files.remove_folder(root, name)
    return True


async def kept():
    """Return prefix: choice of all that is kept."""
    root = await private_files.root_folder()
    names = await private_files.folder_names(root) if root else []
    return {
        prefix: name[len(prefix) :]
        for prefix in PREFIXES
        for name in names
        if name.startswith(prefix)
    }


async def forget():
    """Follow the browser again in everything, from the next visit on."""
    for prefix in PREFIXES:
        await keep(prefix, None)
