"""The common recipe: what is done with every photo that has no settings of its own.

Size, file format and what is kept of the metadata are chosen once for the whole queue; a photo
may have its own instead. Edges, strokes, background, shadow and frame always belong to the photo.
Plain Python without a browser import, so that its rules are tested on CPython, too.
"""

from common import kinds
from common.edits import edit as edits

SHARED = ("resize", "export", "keep")
"""The sections of an edit that follow the common recipe unless the item overrides them."""

CUTOUT = "cutout"
"""The tab that takes the background away; all others work on the photo as it is."""

SAME = "same"
"""The format choice that keeps each photo's own format."""

QUALITY = 75
"""Quality at which the common recipe starts; an edit's own default is meant for cutouts."""


def same_format(item):
    """Return the export format that keeps an item's own."""
    return kinds.same_format(item.source.format, item.name)


class Recipe:
    """The chosen tab, the shared sections and how often each has changed."""

    def __init__(self):
        self.tab = CUTOUT
        self._untouched = edits.default_edit()
        self.edit = edits.default_edit()
        self.edit["export"]["quality"] = QUALITY
        self.same_format = True
        """Whether each photo keeps its format (cutouts become PNG) until one is chosen."""
        self.revisions = dict.fromkeys(SHARED, 0)

    def set_value(self, section, key, value):
        """Change one value for all photos without settings of their own."""
        if section == "export" and key == "format":
            self.same_format = value == SAME
            if value == SAME:
                value = self.edit[section][key]
        self.edit[section][key] = value
        self.revisions[section] += 1

    def writes_documents(self):
        """Tell whether all photos become PDF files, so that they can be pages of one."""
        return not self.same_format and self.edit["export"]["format"] == "pdf"

    def adopt(self, edit, names=SHARED):
        """Take shared sections of an item's edit, all or those named, as the common ones."""
        for name in names:
            self.edit[name] = dict(edit[name])
            self.revisions[name] += 1
        if "export" in names:
            self.same_format = False

    def restore(self, shared, same_format):
        """Take back what the shared sections became since they were as ``shared`` has them."""
        for name, section in shared.items():
            self.edit[name] = dict(section)
            self.revisions[name] += 1
        self.same_format = same_format

    def follows(self, item, section):
        """Tell whether a section of ``item`` follows the common recipe."""
        if section in item.settings.overrides:
            return False
        # A cutout nobody has chosen a format for stays the PNG that it always was.
        return not (section == "export" and item.settings.cutout and self.same_format)

    def settings(self, item):
        """Return the complete edit that makes ``item``'s file; not to be changed.

        Sections that the item overrides come from its edit, the others from the common recipe.
        """
        own = item.settings
        settings = dict(own.edit or self._untouched)
        for name in SHARED:
            if self.follows(item, name):
                settings[name] = self.edit[name]
        if not own.cutout and self.same_format and "export" not in own.overrides:
            settings["export"] = dict(settings["export"])
            settings["export"]["format"] = same_format(item)
        settings["steps"] = {"cutout": own.cutout}
        return settings

    def version(self, item):
        """Return what changes whenever ``item``'s file has to be made again, a tuple."""
        shared = [self.revisions[name] for name in SHARED if self.follows(item, name)]
        same_format = self.same_format and "export" not in item.settings.overrides
        return (item.settings.revision, item.settings.cutout, same_format) + tuple(shared)

    def is_fresh(self, item):
        """Tell whether the item has a file that shows its present settings."""
        return item.result is not None and item.result.version == self.version(item)

    def is_untouched(self, item):
        """Tell whether nothing was chosen for ``item``, neither by itself nor for all."""
        changed = [name for name in SHARED if self.follows(item, name) and self.revisions[name]]
        return item.settings.edit is None and not changed

    def compares(self, item):
        """Tell whether the stage compares the item's finished file with the original."""
        return self.tab != CUTOUT or not item.settings.cutout

    def override(self, item, section):
        """Let ``item`` have its own values for a section, which begin as those that it follows."""
        own = item.settings
        if section in SHARED and section not in own.overrides:
            settings = self.settings(item)
            if own.edit is None:
                own.edit = edits.default_edit()
            own.edit[section] = dict(settings[section])
            own.overrides = list(own.overrides) + [section]

    def follow(self, item):
        """Let ``item`` follow the common recipe again."""
        item.settings.overrides = []
        item.settings.revision += 1
