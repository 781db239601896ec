"""The browser's powers over languages: Intl, the catalogue that came with the page, the choice."""
