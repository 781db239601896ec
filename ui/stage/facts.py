"""What stands below the picture on the stage: its size, its file's, how long it took, notices.

Plain Python without a browser import, so that its rules are tested on CPython, too.
"""

from common import formats
from common.language.words import number, say
from common.notices import notice
from ui.state import items
from ui.state.file_settings import ground_of


def facts_of(item, recipe):
    """Return what is known of a photo and of its file, in words."""
    source, result = item.source, item.result
    facts = []
    if source.width:
        facts.append(say("{width} x {height} px", width=source.width, height=source.height))
    known = result is not None and result.size and recipe.is_fresh(item)
    if known and result.size != (source.width, source.height):
        width, height = result.size
        facts.append(say("file {width} x {height} px", width=width, height=height))
    if source.width:
        megapixels = source.width * source.height / 1e6
        facts.append(say("{number} megapixels", number=number(megapixels, 1)))
    if item.state == items.DONE:
        facts.append(say("{seconds} s", seconds=number(item.timing.total, 1)))
        facts.extend(ground_words(item, recipe.settings(item)))
    return facts + [notice(code) for code in item.notices]


def ground_words(item, settings):
    """Return that a colour takes the place of a cutout's transparency, in a list of one or none."""
    lost = settings["steps"]["cutout"] and settings["background"]["kind"] == "transparent"
    if not lost or not ground_of(item, settings):
        return []
    short = formats.FORMATS[settings["export"]["format"]].short
    return [say("{format} has no transparency: a colour lies behind the subject", format=short)]
