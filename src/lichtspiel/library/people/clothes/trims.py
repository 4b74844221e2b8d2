"""Collars, plackets, pockets, belts and buttons."""
