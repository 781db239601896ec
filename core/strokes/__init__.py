"""What a hand changes in the matte: brush strokes, clicks, areas."""
