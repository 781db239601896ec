"""The browser's powers over its own window: title, screen, launches, choices that are kept."""
