"""What a file may be for: one preset in a file of its own for each goal, which a fork can add to.

A goal holds the text of a settings file, as "Save these settings" on the page writes it.
"""
