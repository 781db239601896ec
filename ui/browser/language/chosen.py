"""The page's language: what ``assets/js/language.js`` has chosen and fetched before Python came.

``install()`` is called before the modules that draw are imported, so that their tables of words
are in that language. Numbers, lists and plural categories are the browser's own (ECMA-402, Intl).
"""

import json

import js

from common.language import words
from ui.browser.values import array, record

ENGLISH = "en"


class Language(words.English):
    """A language that the browser writes: ``tag`` (BCP 47) and the sentences of its catalogue."""

    def __init__(self, tag, sentences):
        self.tag = tag
        self.sentences = sentences
        self._plurals = js.Intl.PluralRules.new(tag)
        self._list = js.Intl.ListFormat.new(tag, record(type="conjunction", style="narrow"))
        self._numbers = {}

    def category(self, count):
        """Return the CLDR plural category of a count."""
        return self._plurals.select(count)

    def number(self, value, digits):
        """Return a number without groups; without ``digits`` with as many as it has."""
        if digits not in self._numbers:
            least, most = (digits, digits) if digits else (0, 6)
            self._numbers[digits] = js.Intl.NumberFormat.new(
                self.tag,
                record(useGrouping=False, minimumFractionDigits=least, maximumFractionDigits=most),
            )
        return self._numbers[digits].format(value)

    def listed(self, parts):
        """Return things one after the other."""
        return self._list.format(array(*parts))


def install():
    """Speak the page's language; English needs nothing."""
    if tag() != ENGLISH:
        words.install(Language(tag(), json.loads(js.homecutLanguage.sentences)))


def tag():
    """Return the tag of the page's language, ``en`` where no other was chosen."""
    return js.homecutLanguage.tag


def available():
    """Return (tag, own name, who checked it, empty for nobody) of each language, English first."""
    return [(entry.tag, entry.name, entry.checked) for entry in js.homecutLanguage.available]
