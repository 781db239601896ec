"""What ICC profiles say of colours, and the way from there to sRGB."""
