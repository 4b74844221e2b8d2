"""A film that goes on begins with exactly what it was."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import motion, physics
from lichtspiel.director import PromptError, extend, read
from lichtspiel.screenplay import Screenplay, Status
from lichtspiel.stage import build
from lichtspiel.take import Take


def _take(screenplay: Screenplay) -> Take:
    world = build(screenplay)
    if not world.figures:
        return physics.perform(world)
    return motion.perform(world, physics.perform(world, rehearsal=motion.rehearse(world)))


@pytest.mark.parametrize(
    ("film", "prompt", "subject", "does"),
    [
        ("A ball rolls off a table", "then a cup falls from above", "cup", "drop"),
        ("A woman sings", "then she bows", "woman", "bow"),
        ("Ein Mann sitzt auf einem Sofa", "dann kommt eine Frau herein und winkt", "woman", "wave"),
    ],
)
def test_what_was_there_is_there_and_what_is_asked_for_comes_after(
    film: str, prompt: str, subject: str, does: str
) -> None:
    old, _ = read(film, seed=3)
    new, ledger = extend(old, prompt, 4.0)
    assert new.duration_s == old.duration_s + 4.0
    assert new.goes_on_s == (old.duration_s,)
    for name in ("seed", "setting", "look", "title", "prompt"):
        assert getattr(new, name) == getattr(old, name)
    for name in ("cast", "props", "beats", "lines"):
        assert getattr(new, name)[: len(getattr(old, name))] == getattr(old, name)
    added = new.beats[len(old.beats) :]
    assert (added[-1].subject, added[-1].motion or added[-1].action) == (subject, does)
    assert all(beat.at_s is not None and old.duration_s <= beat.at_s < new.duration_s for beat in added)
    assert not ledger.having(Status.NOT_REALISED)


@pytest.mark.parametrize(
    ("film", "prompt"),
    [
        ("A ball rolls off a table", "then a cup falls from above"),
        ("A ball rolls off a table", "the ball rolls on"),
        ("A woman sings", "then she bows"),
        ("Ein Mann sitzt auf einem Sofa", "dann kommt eine Frau herein und winkt"),
    ],
)
def test_the_first_part_happens_as_it_did(film: str, prompt: str) -> None:
    screenplay, _ = read(film, seed=3)
    longer, _ = extend(screenplay, prompt, 2.0)
    old, new = _take(screenplay), _take(longer)
    count = len(old.positions)
    columns = [new.names.index(name) for name in old.names]
    assert np.allclose(old.positions, new.positions[:count, columns], atol=1e-5)
    assert np.allclose(old.orientations, new.orientations[:count, columns], atol=1e-4)
    assert len(new.positions) > count
    for name, was in old.figures.items():
        now, frames = new.figures[name], len(was.root)
        assert np.allclose(was.root, now.root[:frames], atol=1e-4)
        assert np.allclose(was.pose, now.pose[:frames], atol=1e-3)
        for shape, weights in was.face.items():
            assert np.allclose(weights, now.face[shape][:frames], atol=1e-3), shape


def test_an_outcome_is_searched_for_in_its_own_part() -> None:
    old, _ = read("A steel ball hits a wine glass on a table and the glass breaks", seed=3, duration_s=2.0)
    new, _ = extend(old, "", 1.0)
    first, longer = _take(old), _take(new)
    assert np.allclose(first.positions, longer.positions[: len(first.positions)], atol=1e-9)
    assert all(verdict.met for verdict in longer.verdicts)


def test_another_shot_is_a_new_one_and_the_place_stays() -> None:
    old, _ = read("A man walks to the door", seed=3)
    new, ledger = extend(old, "close-up, he smiles at night", 3.0)
    assert [shot.size for shot in new.shots] == [old.shots[0].size, "close_up"]
    assert new.shots[0].duration_s == old.duration_s
    assert new.setting == old.setting
    assert [reading.text for reading in ledger.having(Status.NOT_REALISED)] == ["at night"]


def test_what_is_said_then_is_said_then() -> None:
    old, _ = read('A man says "Hello" to a woman', seed=3)
    new, _ = extend(old, 'she answers "Good evening"', 3.0)
    assert [line.text for line in new.lines] == ["Hello", "Good evening"]
    assert (new.lines[0].at_s, new.lines[1].speaker) == (None, "woman")
    assert (new.lines[1].at_s or 0.0) > old.duration_s


def test_a_film_goes_on_again_and_again() -> None:
    film, _ = read("A woman sings", seed=3)
    for prompt in ("she bows", "sie winkt", "continue"):
        film, _ = extend(film, prompt, 2.0)
    assert film.goes_on_s == (4.0, 6.0, 8.0)
    assert film.duration_s == 10.0
    times = [beat.at_s for beat in film.beats]
    assert times == sorted(times, key=lambda at: at or 0.0)


@pytest.mark.parametrize(("prompt", "seconds"), [("qwertz asdf", 4.0), ("she bows", 0.1), ("she bows", 200)])
def test_what_cannot_follow_says_why(prompt: str, seconds: float) -> None:
    film, _ = read("A woman sings", seed=3)
    with pytest.raises(PromptError, match=r"say|Say"):
        extend(film, prompt, seconds)
