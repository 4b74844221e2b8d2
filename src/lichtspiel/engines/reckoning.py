"""Bring the ledger up to date with what the stage chose and what the take shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lichtspiel.screenplay import Reading, Status, Understanding
from lichtspiel.take import Verdict


def settle(
    understanding: Understanding, notes: Sequence[tuple[str, str]], verdicts: Iterable[Verdict]
) -> Understanding:
    """The ledger after the take: outcomes that did not happen are not realised, whatever was read.

    `notes` are the stage's (screenplay path, words).
    """
    missed = {_slot(verdict): verdict for verdict in verdicts if not verdict.met}
    readings = [_after(reading, missed) for reading in understanding.readings]
    named = {reading.slot for reading in readings}
    readings += [
        Reading(status=Status.NOT_REALISED, text=verdict.goal, slot=slot, note=_why(verdict))
        for slot, verdict in missed.items()
        if slot not in named
    ]
    readings += [
        Reading(status=Status.FILLED_IN, text=words, slot=slot, note="chosen by the stage")
        for slot, words in notes
    ]
    return Understanding(prompt=understanding.prompt, readings=tuple(readings))


def _after(reading: Reading, missed: dict[str, Verdict]) -> Reading:
    verdict = missed.get(reading.slot)
    if verdict is None or reading.status is Status.NOT_REALISED:
        return reading
    return reading.model_copy(update={"status": Status.NOT_REALISED, "note": _why(verdict)})


def _slot(verdict: Verdict) -> str:
    if verdict.beat is None:
        return f"outcome: {verdict.goal}"
    if verdict.outcome is None:  # implied by the action itself
        return f"beats.{verdict.beat}.action"
    return f"beats.{verdict.beat}.outcomes.{verdict.outcome}"


def _why(verdict: Verdict) -> str:
    return verdict.note or "no physical solution was found within the search"
