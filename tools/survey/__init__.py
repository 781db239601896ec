"""What becomes of a thousand files that others made to break readers of pictures."""
