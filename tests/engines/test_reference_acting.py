"""Every reference prompt in which people act or speak is staged as it says and makes a short film."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import yaml

from lichtspiel import director, stage
from lichtspiel.cut import pictures
from lichtspiel.engines import FilmRequest, record
from lichtspiel.engines.world import WorldEngine
from lichtspiel.packs.install import is_installed
from lichtspiel.packs.pack import packs
from lichtspiel.picture import DRAFT

_FILES = ("acting.yaml", "voices.yaml")
PROMPTS = {
    item["name"]: item["prompt"]
    for file in _FILES
    for item in yaml.safe_load((Path(__file__).parents[2] / "examples" / file).read_text("utf-8"))
}
TINY = DRAFT.with_size(90, 160).with_fps(2)
SECONDS = 1.5
MOST = 3
"""People of one record in these short forms."""


@dataclass(frozen=True)
class Wanted:
    """What a prompt asks to be seen and heard."""

    place: str
    people: int = 0
    """Those of the background, whom the place brings along, included."""
    does: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    says: str = ""
    sounds: tuple[str, ...] = ()


WANTED = {
    "misses_a_shot": Wanted("basketball_court", 1, ("shoot_basket", "throw_up_hands"), ("basketball",)),
    "backflip": Wanted("sea", 1, ("backflip",), ("paddleboard",)),
    "gymnast": Wanted("gymnasium", 1, ("wobble",), ("balance_beam",)),
    "friends": Wanted("street", 2, ("argue", "laugh", "hug")),
    "puddles": Wanted("street", 3, ("jump_puddle",), ("bus",)),
    "tea": Wanted("kitchen", 1, ("pour",), ("teapot", "cup")),
    "waiter": Wanted("restaurant", 4, ("carry_tray", "slip"), ("tray", "drinking_glass")),
    "tango": Wanted("stage", 2, ("dance_tango",)),
    "skater": Wanted("street", 1, ("ollie",), ("skateboard",)),
    "sword": Wanted("snow_valley", 1, ("draw_sword",), ("sword",)),
    "runs_through": Wanted("train_platform", 61, ("run",)),
    "sits_down": Wanted("office", 1, ("sit_down",)),
    "remembers": Wanted("study", 1, says="I still remember when I was young.", sounds=("clock",)),
    "got_me": Wanted("street", 2, ("argue",), says="You got me!"),
    "period": Wanted("physics_lab", 1, things=("pendulum",), says="Achtet auf die Periode."),
    "drummer": Wanted("garage", 1, ("play_drums",), ("drum_kit",)),
    "thunderstorm": Wanted("corn_field", sounds=("thunder", "rain_on_metal")),
    "filling": Wanted("kitchen_counter", things=("bottle",), sounds=("bottle_filling",)),
    "market": Wanted("market", 6, says="Fresh oranges!", sounds=("bicycle_bell", "church_bells")),
    "passing": Wanted("street", things=("car",)),
}


def _needs_voices(name: str) -> None:
    screenplay, _ = director.read(PROMPTS[name])
    if screenplay.lines and not is_installed(packs()["voices"]):
        pytest.skip("the asset pack “voices” is not installed")


@pytest.mark.parametrize("name", PROMPTS)
def test_the_stage_has_people_do_what_the_prompt_says(name: str) -> None:
    _needs_voices(name)
    screenplay, _ = director.read(PROMPTS[name])
    world, wanted = stage.build(screenplay), WANTED[name]
    assert screenplay.setting.place == wanted.place
    assert len(world.figures) == wanted.people
    done = {direction.motion for figure in world.figures for direction in figure.directions}
    assert set(wanted.does) <= done
    things = {prop.thing for prop in world.screenplay.props}
    assert set(wanted.things) <= things
    assert wanted.says in " ".join(line.text for line in screenplay.lines)
    assert set(wanted.sounds) <= {cue.sound for cue in screenplay.sounds}


@pytest.mark.render
@pytest.mark.parametrize("name", PROMPTS)
def test_a_reference_film_of_acting_people_is_made(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _needs_voices(name)
    monkeypatch.setenv("LICHTSPIEL_CACHE", str(tmp_path / "cache"))
    screenplay, understanding = director.read(PROMPTS[name], duration_s=SECONDS)
    few = tuple(c.model_copy(update={"count": min(c.count, MOST)}) for c in screenplay.cast)
    screenplay = screenplay.model_copy(update={"cast": few})
    film = tmp_path / f"{name}.mp4"
    result = WorldEngine().film(FilmRequest(screenplay, understanding, film, TINY), lambda *_: None)
    stills, _ = pictures.stills(film, result.frames)
    seen = np.array([np.asarray(still, float) for still in stills])
    assert 4 < seen.mean() < 247, "the picture is black or burnt out"
    assert seen.std(axis=(1, 2)).mean() > 5, "the picture shows nothing"
    assert not [fault for fault in result.sound.faults if not fault.startswith("loudness")]
    assert record.read(film) == result
