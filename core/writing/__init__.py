"""From the finished picture to a file: the writers, what they keep, what moves."""
