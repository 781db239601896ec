"""The list of photos: a grid of results, or rows with all that can be said of each."""
