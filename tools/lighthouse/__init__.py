"""What Lighthouse says of the built page: a program of its own, for development only."""
