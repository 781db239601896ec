"""The browser's powers over languages: Intl and the catalogue that came with the page."""
