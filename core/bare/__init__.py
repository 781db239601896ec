"""Files that are hardly more than a head and pixels: bitmaps, textures, maps of numbers."""
