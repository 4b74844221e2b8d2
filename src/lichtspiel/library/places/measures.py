"""Numbers from the entries of places."""

from __future__ import annotations

from collections.abc import Mapping

from lichtspiel.library.records import Parameter


def number(parameters: Mapping[str, Parameter], name: str) -> float:
    """A number from the entry. Raises TypeError when it is something else."""
    value = parameters[name]
    if not isinstance(value, float | int):
        raise TypeError(f"{name} must be a number, not {value!r}")
    return float(value)
