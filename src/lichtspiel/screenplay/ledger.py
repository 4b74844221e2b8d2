"""The understanding ledger: what became of every word of the prompt."""

from __future__ import annotations

from enum import StrEnum

from lichtspiel.screenplay.record import Record


class Status(StrEnum):
    REALISED = "realised"
    FILLED_IN = "filled_in"
    NOT_REALISED = "not_realised"


class Reading(Record):
    """One span of the prompt, or one choice that the prompt left open."""

    status: Status
    text: str
    """The prompt's own words; for `filled_in` without words, the name of what was chosen."""
    span: tuple[int, int] | None = None
    """Character offsets [start, end) in the prompt; None where the prompt is silent."""
    slot: str = ""
    """Path of the screenplay field that realises it, such as `props.ball.colour`."""
    note: str = ""
    """What was chosen, or why it is not realised."""


class Understanding(Record):
    """All readings of one prompt, in the order of the prompt."""

    prompt: str
    readings: tuple[Reading, ...] = ()

    def having(self, status: Status) -> tuple[Reading, ...]:
        """The readings with this status."""
        return tuple(reading for reading in self.readings if reading.status is status)

    def adding(self, *readings: Reading) -> Understanding:
        """The same ledger with more readings at its end."""
        return Understanding(prompt=self.prompt, readings=(*self.readings, *readings))
