"""From photo and matte to the finished picture: frame, background, shadow, size, preview."""
