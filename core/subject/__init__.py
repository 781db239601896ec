"""What of a photo is meant: drawings, and what the user has pointed at."""
