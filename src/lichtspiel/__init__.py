"""Lichtspiel: text to film on your own machine, with simulated physics and sound."""

__version__ = "0.1.0"
