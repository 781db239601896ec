"""The browser's powers over its own window: what was chosen for the page, kept on this device."""
