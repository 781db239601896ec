"""What settings are for: which photos (one or all), which goal, and the file that comes of them."""
