"""The ledger after the take tells what the film really shows."""

from __future__ import annotations

from lichtspiel.engines.reckoning import settle
from lichtspiel.screenplay import Reading, Status, Understanding
from lichtspiel.take import Verdict

LEDGER = Understanding(
    prompt="A ball hits all pins",
    readings=(
        Reading(status=Status.REALISED, text="ball", span=(2, 6), slot="props.ball.thing"),
        Reading(status=Status.REALISED, text="hits", span=(7, 11), slot="beats.0.outcomes.0"),
    ),
)


def test_an_outcome_that_happened_stays_realised() -> None:
    settled = settle(LEDGER, (), [Verdict("the ball hits the pins", True, beat=0, outcome=0)])
    assert settled == LEDGER


def test_an_outcome_that_did_not_happen_is_not_realised() -> None:
    verdict = Verdict("the ball hits the pins", False, "nine of ten fell", beat=0, outcome=0)
    settled = settle(LEDGER, (), [verdict])
    (reading,) = settled.having(Status.NOT_REALISED)
    assert (reading.text, reading.span, reading.note) == ("hits", (7, 11), "nine of ten fell")
    assert len(settled.readings) == len(LEDGER.readings)


def test_an_outcome_that_the_prompt_never_named_is_added() -> None:
    verdict = Verdict("the ball settles", False, beat=3, outcome=1)
    settled = settle(LEDGER, (), [verdict])
    assert settled.readings[-1].text == "the ball settles"
    assert settled.readings[-1].slot == "beats.3.outcomes.1"
    assert "no physical solution" in settled.readings[-1].note


def test_what_the_stage_chose_is_filled_in() -> None:
    settled = settle(LEDGER, [("props.ball.placement", "2 m above the ground")], ())
    assert settled.readings[-1].status is Status.FILLED_IN
    assert settled.readings[-1].text == "2 m above the ground"
