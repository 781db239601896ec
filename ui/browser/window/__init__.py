"""The browser's powers over its own window: its title; what was chosen for the page, kept."""
