"""The actors' Python as it is served: compiled, in one archive each."""
