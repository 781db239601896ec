"""The options of the formats in words for the screen: a quality and what only experts touch.

Which format has which is said in :mod:`common.formats`; :mod:`common.edits.codec_options` turns
them into those of the library that writes the format.
"""

OPTIONS: dict[str, dict[str, object]] = {
    "quality": {
        "label": "Quality",
        "hint": "Lower makes a smaller file; too low shows as blocks and smears.",
        "low": 1,
        "high": 100,
        "ends": ("smaller", "better"),
    },
    "effort": {
        "label": "Effort",
        "hint": "How long the encoder may look for a smaller file. The picture stays as good.",
        "low": 0,
        "high": 10,
        "ends": ("quick", "small"),
    },
    "chroma": {
        "label": "Colour detail",
        "hint": "Half the colour detail is hard to see in photos, but blurs red text and thin "
        "coloured lines.",
        "choices": (
            ("auto", "As the quality asks"),
            ("4:4:4", "All of it"),
            ("4:2:0", "Half (smaller)"),
        ),
    },
    "progressive": {
        "label": "Progressive",
        "hint": "Shows the whole picture early and sharpens it while it loads; usually smaller.",
    },
    "near_lossless": {
        "label": "Nearly lossless",
        "hint": "100 keeps every pixel exactly; less lets values change a little for a smaller "
        "file.",
        "low": 0,
        "high": 100,
        "ends": ("smaller", "exact"),
    },
    "colours": {
        "label": "Colours in a palette",
        "hint": "A drawing with few colours gets much smaller. 0 keeps all colours.",
        "low": 0,
        "high": 256,
        "ends": ("all", "many"),
    },
    "limit_kilobytes": {
        "label": "Fit under (KB)",
        "hint": "The best quality that stays below this size is looked for. 0 sets no limit.",
        "low": 0,
        "high": 100000,
    },
    "shrink": {
        "label": "May get fewer pixels",
        "hint": "Where quality alone does not reach the limit, the picture is made smaller.",
    },
}
"""Options in plain words. Ranges have ``low``, ``high`` and mostly ``ends``; ``choices`` are pairs
of value and words; what has neither is a switch. ``quality`` belongs to the export itself, the
others to its expert options.
"""
