"""The frame over the picture: how pictures lie under it, and what holds it."""
