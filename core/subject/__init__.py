"""What of a photo is meant: what the user has pointed at."""
