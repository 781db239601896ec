"""The browser's powers over its own window: title, a screen left on, choices that are kept."""
