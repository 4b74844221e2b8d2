"""Benchmarks: figures that show what the films reach, printed as tables."""
