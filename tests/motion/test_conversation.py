"""Those who argue or talk are heard doing it, in turns, and not over anybody's lines."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from lichtspiel import motion, physics, stage
from lichtspiel.motion.speaking import spoken
from lichtspiel.packs.install import is_installed
from lichtspiel.packs.pack import packs
from lichtspiel.screenplay import Action, Beat, Character, Line, Screenplay, Setting, Shot
from lichtspiel.stage.world import World
from lichtspiel.take import Utterance
from lichtspiel.voice import wordless

pytestmark = pytest.mark.skipif(
    not is_installed(packs()["voices"]), reason="the asset pack “voices” is not installed"
)


def _film(*lines: Line, did: str = "argue", people: int = 2) -> World:
    names = ("anna", "ben")[:people]
    return stage.build(
        Screenplay(
            title="test",
            setting=Setting(place="studio"),
            cast=tuple(Character(id=name, role="person") for name in names),
            beats=tuple(Beat(subject=name, action=Action.PERFORM, motion=did) for name in names),
            lines=lines,
            shots=(Shot(),),
        )
    )


def _silent(one: Utterance, line: Utterance) -> bool:
    return one.film_s + one.duration_s <= line.film_s or one.film_s >= line.film_s + line.duration_s


def test_two_who_argue_take_turns_until_the_end() -> None:
    said = spoken(_film())
    assert len(said) >= 2
    assert all(one.line < 0 and not one.text and one.phonemes and one.effort > 0.7 for one in said)
    assert all(first.figure != second.figure for first, second in pairwise(said))
    assert said[0].film_s < 0.5
    assert said[-1].film_s + said[-1].duration_s > 3.0


def test_nobody_talks_over_a_line() -> None:
    line, *rest = spoken(_film(Line(speaker="anna", text="Stop it!", at_s=2.0)))
    assert line.text == "Stop it!"
    assert rest
    assert all(_silent(one, line) for one in rest)


def test_who_has_a_line_for_it_says_that_alone() -> None:
    (line,) = spoken(_film(Line(speaker="anna", text="Stop it!"), people=1))
    assert line.text == "Stop it!"


def test_who_does_something_else_is_silent() -> None:
    assert spoken(_film(did="wave")) == ()


def test_mouths_move_with_it() -> None:
    world = _film()
    take = motion.perform(world, physics.perform(world, rehearsal=motion.rehearse(world)))
    for one in take.utterances:
        figure = take.figures[one.figure]
        times = np.arange(len(figure.root)) / figure.rate_hz
        during = (times > one.film_s) & (times < one.film_s + one.duration_s)
        assert np.ptp(figure.face["jawOpen"][during]) > 0.1


def test_syllables_have_no_meaning_but_a_rhythm() -> None:
    rng = np.random.default_rng(1)
    texts = [wordless.sentence(rng, 8, "!") for _ in range(20)]
    assert len(set(texts)) == 20
    assert all(sum(letter in "aeiou" for letter in text) == 8 and text.endswith("!") for text in texts)
