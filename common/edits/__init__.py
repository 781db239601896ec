"""What a user may ask for, as checked plain values: edits, presets, sizes, options of the codecs.

The page makes these values and the pixel worker obeys them, so both must check them alike.
"""
