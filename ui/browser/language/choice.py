"""The language that the user has chosen, kept as the name of an empty folder of this origin.

``assets/js/language.js`` reads it before anything is drawn.
"""

from ui.browser import private_files

PREFIX = "homecut-language-"


async def keep(tag):
    """Keep a language's tag for later visits; return whether this window keeps anything.

    Raises :class:`private_files.NoRoom`.
    """
    root = await private_files.root_folder()
    if root is None:
        return False
    await private_files.make_folder(root, PREFIX + tag)
    for name in await private_files.folder_names(root):
        if name.startswith(PREFIX) and name != PREFIX + tag:
            await private_files.remove_folder(root, name)
    return True


async def forget():
    """Follow the browser's language again, from the next visit on."""
    root = await private_files.root_folder()
    for name in await private_files.folder_names(root) if root else []:
        if name.startswith(PREFIX):
            await private_files.remove_folder(root, name)
