"""The HTTP surface: the Videos API as clients see it."""
