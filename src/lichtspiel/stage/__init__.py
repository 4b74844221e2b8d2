"""Screenplay to world: choose, size, place, light and block everything, in metres."""
