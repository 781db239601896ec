"""What a file is: its kind, its header, its colours, what it carries besides pixels.

Everything that reads a stranger's bytes is here and nowhere else.
"""
