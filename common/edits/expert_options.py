"""The options of the formats in words for the screen: a quality and what only experts touch.

Which format has which is said in :mod:`common.formats`; :mod:`common.edits.codec_options` turns
them into those of the library that writes the format.
"""

from common.language.words import say

OPTIONS: dict[str, dict[str, object]] = {
    "quality": {
        "label": say("Quality"),
        "hint": say("Lower makes a smaller file; too low shows as blocks and smears."),
        "low": 1,
        "high": 100,
        "ends": (say("smaller"), say("better")),
    },
    "effort": {
        "label": say("Effort"),
        "hint": say("How long the encoder may look for a smaller file. The picture stays as good."),
        "low": 0,
        "high": 10,
        "ends": (say("quick"), say("small")),
    },
    "chroma": {
        "label": say("Colour detail"),
        "hint": say(
            "Half the colour detail is hard to see in photos, but blurs red text and thin "
            "coloured lines."
        ),
        "choices": (
            ("auto", say("As the quality asks")),
            ("4:4:4", say("All of it")),
            ("4:2:0", say("Half (smaller)")),
        ),
    },
    "progressive": {
        "label": say("Progressive"),
        "hint": say(
            "Shows the whole picture early and sharpens it while it loads; usually smaller."
        ),
    },
    "near_lossless": {
        "label": say("Nearly lossless"),
        "hint": say(
            "100 keeps every pixel exactly; less lets values change a little for a smaller file."
        ),
        "low": 0,
        "high": 100,
        "ends": (say("smaller"), say("exact")),
    },
    "colours": {
        "label": say("Colours in a palette"),
        "hint": say("A drawing with few colours gets much smaller. 0 keeps all colours."),
        "low": 0,
        "high": 256,
        "ends": (say("all"), say("many")),
    },
    "limit_kilobytes": {
        "label": say("Fit under (KB)"),
        "hint": say("The best quality that stays below this size is looked for. 0 sets no limit."),
        "low": 0,
        "high": 100000,
    },
    "shrink": {
        "label": say("May get fewer pixels"),
        "hint": say("Where quality alone does not reach the limit, the picture is made smaller."),
    },
}
"""Options in plain words. Ranges have ``low``, ``high`` and mostly ``ends``; ``choices`` are pairs
of value and words; what has neither is a switch. ``quality`` belongs to the export itself, the
others to its expert options.
"""
