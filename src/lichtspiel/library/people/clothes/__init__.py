"""Clothes: garments cut on the canonical body, fitted to one person in layers, and sewn."""

from lichtspiel.library.people.clothes.wardrobe import garments_of, pressed

__all__ = ["garments_of", "pressed"]
