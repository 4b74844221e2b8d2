"""Show people what became of every word of their prompt."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from lichtspiel.screenplay import Status, Understanding

_MARKS = {
    Status.REALISED: ("✓ realised", "green"),
    Status.FILLED_IN: ("+ filled in", "cyan"),
    Status.NOT_REALISED: ("✗ not realised", "yellow"),
}


def table(understanding: Understanding) -> Table:
    """One row per reading, in the order of the prompt."""
    rows = Table("", "words", "where", "note", title="What was understood", title_justify="left")
    for reading in understanding.readings:
        mark, style = _MARKS[reading.status]
        rows.add_row(Text(mark, style), Text(reading.text), Text(reading.slot, "dim"), Text(reading.note))
    return rows


def missing(understanding: Understanding) -> list[str]:
    """A line per thing that the prompt asks for and the film does not show."""
    return [
        f"{reading.text}: {reading.note}" if reading.note else reading.text
        for reading in understanding.having(Status.NOT_REALISED)
    ]
