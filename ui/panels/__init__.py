"""What is drawn beside the picture: panels, their sections, their controls."""
