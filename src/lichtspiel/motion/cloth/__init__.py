"""Cloth that hangs from a moving body, and what gives way to it; `hanging.hang` is the way in."""
