"""The catalogues of the page's languages, and which sentences the sources have for them."""
