"""An instruction changes what it names, and nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from lichtspiel.director import PromptError, read, revise
from lichtspiel.screenplay import Action, Expression, Screenplay, Status
from lichtspiel.stage import build

SEED = 5
_ENTRIES = yaml.safe_load((Path(__file__).parent / "revisions.yaml").read_text("utf-8"))
CASES = [
    (entry["film"], instruction, changes)
    for entry in _ENTRIES
    for instruction, changes in entry["instructions"].items()
]


@cache
def _film(prompt: str) -> Screenplay:
    return read(prompt, seed=SEED)[0]


def _changes(old: Any, new: Any, path: str = "") -> dict[str, Any]:
    """Paths at which two dumped screenplays differ, with the new values."""
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        pairs = [(key, old[key], new[key]) for key in old]
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = [(str(index), *both) for index, both in enumerate(zip(old, new, strict=True))]
    else:
        return {} if old == new else {path: new}
    return {
        key: value
        for name, before, after in pairs
        for key, value in _changes(before, after, f"{path}.{name}".lstrip(".")).items()
    }


@pytest.mark.parametrize(("film", "instruction", "changes"), CASES)
def test_only_what_is_named_changes(film: str, instruction: str, changes: dict[str, Any]) -> None:
    old = _film(film)
    new, _ = revise(old, instruction, SEED)
    assert _changes(old.model_dump(mode="json"), new.model_dump(mode="json")) == changes


@pytest.mark.parametrize(("film", "instruction", "changes"), CASES)
def test_every_word_is_accounted_for_once(film: str, instruction: str, changes: dict[str, Any]) -> None:
    del changes
    _, ledger = revise(_film(film), instruction, SEED)
    spans = [reading.span for reading in ledger.readings if reading.span]
    assert all(instruction[r.span[0] : r.span[1]] == r.text for r in ledger.readings if r.span)
    assert not ledger.having(Status.NOT_REALISED)
    assert sorted(spans) == spans
    assert len(set(spans)) == len(spans)


def test_a_change_of_looks_leaves_the_world_as_it_is() -> None:
    old = _film("A ball rolls off a table")
    new, _ = revise(old, "make the ball blue and the table of steel, at night, closer", SEED)
    before, after = build(old), build(new)
    assert [(b.position, b.velocity) for b in before.bodies if b.moves] == [
        (b.position, b.velocity) for b in after.bodies if b.moves
    ]
    assert after.screenplay.setting.time_of_day == "night"


def test_the_man_laughs_instead_of_smiling_and_still_walks() -> None:
    old = _film("A man in a grey coat walks to the door and smiles, a woman sits on a sofa")
    for instruction in ("the man laughs instead", "Der Mann lacht stattdessen"):
        new, _ = revise(old, instruction, SEED)
        his = [beat for beat in new.beats if beat.subject == "man"]
        assert [beat.action for beat in his] == [Action.WALK, Action.PERFORM]
        assert his[1].expression is Expression.LAUGH
        assert [beat for beat in new.beats if beat.subject == "woman"] == [old.beats[-1]]


def test_rain_falls_and_is_heard() -> None:
    new, _ = revise(_film("A ball rolls off a table"), "make it rain", SEED)
    assert new.setting.weather == "rain"
    assert [cue.sound for cue in new.sounds] == ["rain"]


def test_who_waves_goes_on_sitting() -> None:
    old = _film("A man in a grey coat walks to the door and smiles, a woman sits on a sofa")
    new, _ = revise(old, "she waves", SEED)
    assert {beat.action for beat in new.beats if beat.subject == "woman"} == {Action.SIT, Action.PERFORM}


def test_things_and_people_come_and_go() -> None:
    old = _film("A man in a grey coat walks to the door and smiles, a woman sits on a sofa")
    gone, _ = revise(old, "remove the woman", SEED)
    assert [one.id for one in gone.cast] == ["man"]
    assert {beat.subject for beat in gone.beats} == {"man"}
    more, _ = revise(old, "add a child who waves", SEED)
    assert [one.role for one in more.cast] == ["man", "woman", "child"]
    assert more.beats[:-1] == old.beats
    assert (more.beats[-1].subject, more.beats[-1].motion) == ("child", "wave")
    table, _ = revise(_film("A ball rolls off a table"), "füge eine rote Tasse hinzu", SEED)
    assert [(prop.thing, prop.colour) for prop in table.props][2:] == [("cup", "red")]


@pytest.mark.parametrize(
    "prompt", ["A woman laughs in a park", "Zwölf rote Murmeln rollen eine Rampe hinunter"]
)
def test_a_description_of_another_film_is_read_anew_at_the_same_length(prompt: str) -> None:
    old = _film("A ball rolls off a table").model_copy(update={"duration_s": 6.0})
    new, ledger = revise(old, prompt, 11)
    assert new == read(prompt, 11, 6.0)[0]
    assert ledger.prompt == prompt


@pytest.mark.parametrize("prompt", ["", "asdf qwer", "remove the unicorn", "a dog instead of the ball"])
def test_what_cannot_be_done_says_what_can(prompt: str) -> None:
    with pytest.raises(PromptError, match=r"Say|say"):
        revise(_film("A ball rolls off a table"), prompt, SEED)


def test_nothing_left_of_a_film_says_so() -> None:
    with pytest.raises(PromptError, match="Nothing would be left"):
        revise(_film("A ball rolls off a table"), "remove the ball and the table", SEED)


def test_a_film_can_be_revised_again_and_again() -> None:
    film = _film("A ball rolls off a table")
    for instruction in ("make the ball red", "replace the ball with a cube", "at night", "mach ihn blau"):
        film, _ = revise(film, instruction, SEED)
    assert (film.props[0].thing, film.props[0].colour) == ("block", "blue")
    assert film.setting.time_of_day == "night"
