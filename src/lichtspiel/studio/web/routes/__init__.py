"""The addresses of the studio, by subject."""
