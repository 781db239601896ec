"""What picture files are made of: chunks, segments, tags and boxes, walked without a decoder.

Nothing here decodes a pixel or imports Pillow, so that what is said about a file, also about a
finished one, does not depend on the library that reads and writes it.
"""
