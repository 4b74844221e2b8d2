"""Every reference prompt with people is staged as it says and makes a film, here very small and short."""

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
from lichtspiel.picture import DRAFT
from lichtspiel.screenplay import Sex, Status

PROMPTS = {
    item["name"]: item["prompt"]
    for item in yaml.safe_load((Path(__file__).parents[2] / "examples" / "people.yaml").read_text("utf-8"))
}
TINY = DRAFT.with_size(90, 160).with_fps(2)
SECONDS = 1.5
MOST = 4
"""People of one record in these short forms."""


@dataclass(frozen=True)
class Wanted:
    """What a prompt asks to be seen."""

    place: str
    people: int
    wears: tuple[str, ...] = ()
    hair: str = ""
    sex: Sex | None = None


WANTED = {
    "fisherman": Wanted("harbour", 1, ("rain_jacket",), sex=Sex.MALE),
    "grandmother": Wanted("kitchen", 1, hair="braid", sex=Sex.FEMALE),
    "children": Wanted("street", 3, ("rain_jacket",)),
    "corridor": Wanted("hotel_corridor", 1, ("evening_dress",), "long_curly", Sex.FEMALE),
    "knight": Wanted("snowfield", 1, ("armour", "cape"), sex=Sex.MALE),
    "team": Wanted("stadium", 11, ("jersey",)),
    "astronaut": Wanted("spaceship_cabin", 1, ("spacesuit",), sex=Sex.FEMALE),
    "detective": Wanted("office", 1, ("coat",), sex=Sex.MALE),
    "crowd": Wanted("train_platform", 60),
    "sofa": Wanted("living_room", 3),
}


@pytest.mark.parametrize("name", PROMPTS)
def test_the_stage_shows_who_the_prompt_names(name: str) -> None:
    screenplay, understanding = director.read(PROMPTS[name])
    assert [reading.text for reading in understanding.having(Status.NOT_REALISED)] == []
    world, wanted = stage.build(screenplay), WANTED[name]
    assert screenplay.setting.place == wanted.place
    assert len(world.figures) == wanted.people
    assert world.notes == ()
    for figure in world.figures:
        worn = {wear.garment for wear in figure.person.wears}
        assert set(wanted.wears) <= worn
        assert "underwear" in worn
        assert not wanted.hair or figure.person.hair_style == wanted.hair
        assert wanted.sex in (None, figure.person.sex)


@pytest.mark.render
@pytest.mark.parametrize("name", PROMPTS)
def test_a_reference_film_shows_people(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LICHTSPIEL_CACHE", str(tmp_path / "cache"))
    screenplay, understanding = director.read(PROMPTS[name], duration_s=SECONDS)
    few = tuple(c.model_copy(update={"count": min(c.count, MOST)}) for c in screenplay.cast)
    screenplay = screenplay.model_copy(update={"cast": few})
    film = tmp_path / f"{name}.mp4"
    result = WorldEngine().film(FilmRequest(screenplay, understanding, film, TINY), lambda *_: None)
    stills, _ = pictures.stills(film, result.frames)
    seen = np.array([np.asarray(still, float) for still in stills])
    assert 8 < seen.mean() < 247, "the picture is black or burnt out"
    assert seen.std(axis=(1, 2)).mean() > 5, "the picture shows nothing"
    assert any("MakeHuman" in credit.who for credit in result.credits)
    assert record.read(film) == result
