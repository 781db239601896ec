"""The first look: what is shown of a photo before the pixel worker is there. Knows no browser."""
