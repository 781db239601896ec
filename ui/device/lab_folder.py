"""What the lab keeps on this device: changes to its code, drafts, a photo handed over by the page.

It lies in the origin-private file system, in one folder; "Remove Homecut" takes it away, and so
does "Clear everything".
"""

from ui.browser import private_files

FOLDER = "homecut-lab"
CHANGES = "changes.py"
DRAFTS = "drafts.json"
PHOTO = "photo"


async def _folder():
    """Return the lab's folder, or ``None`` where this window keeps nothing."""
    root = await private_files.root_folder()
    return root and await private_files.make_folder(root, FOLDER)


async def keep_changes(text):
    """Keep the changes; an empty text forgets them. Raises :class:`private_files.NoRoom`."""
    await _keep(CHANGES, text)


async def kept_changes():
    """Return the changes that were kept, empty for none."""
    return await _kept(CHANGES)


async def keep_drafts(text):
    """Keep what was written and not run; as :func:`keep_changes`."""
    await _keep(DRAFTS, text)


async def kept_drafts():
    """Return the drafts that were kept, empty for none."""
    return await _kept(DRAFTS)


async def _keep(name, text):
    """Keep a text, or forget the last one for an empty text."""
    folder = await _folder()
    if folder is None:
        return
    if text:
        await private_files.write(folder, name, text)
    else:
        await private_files.remove(folder, name)


async def _kept(name):
    """Return a text that was kept, empty for none."""
    folder = await _folder()
    file = folder and await private_files.read(folder, name)
    return await file.text() if file else ""


async def hand_over(blob):
    """Leave a photo for the lab; tell whether there was a place for it."""
    folder = await _folder()
    if folder is None:
        return False
    await private_files.write(folder, PHOTO, blob)
    return True


async def handed_over():
    """Return the photo that the page has left, and forget it; ``None`` for none."""
    folder = await _folder()
    file = folder and await private_files.read(folder, PHOTO)
    if not file:
        return None
    copy = await private_files.copy_of(file)
    await private_files.remove(folder, PHOTO)
    return copy


async def clear():
    """Forget all of it."""
    root = await private_files.root_folder()
    if root is not None and FOLDER in await private_files.entry_names(root):
        await private_files.remove_folder(root, FOLDER)
