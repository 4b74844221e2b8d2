"""Every reference prompt makes a film that shows and sounds what it says, here very small and jerky."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from lichtspiel import director
from lichtspiel.cut import pictures
from lichtspiel.engines import FilmRecord, FilmRequest, record
from lichtspiel.engines.world import WorldEngine
from lichtspiel.picture import DRAFT
from lichtspiel.screenplay import Status

PROMPTS = yaml.safe_load((Path(__file__).parents[2] / "examples" / "prompts.yaml").read_text("utf-8"))
TINY = DRAFT.with_size(90, 160).with_fps(2)
SILENT = {"pendulum"}
"""Nothing touches anything."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


def made(prompt: str, film: Path) -> FilmRecord:
    screenplay, understanding = director.read(prompt)
    request = FilmRequest(screenplay, understanding, film, TINY)
    return WorldEngine().film(request, lambda *_: None)


@pytest.mark.render
@pytest.mark.parametrize("item", PROMPTS, ids=[item["name"] for item in PROMPTS])
def test_a_reference_film_shows_and_sounds_what_it_says(
    item: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LICHTSPIEL_CACHE", str(folder / "cache"))
    film = folder / f"{item['name']}.mp4"
    result = made(item["prompt"], film)
    assert [r.text for r in result.understanding.having(Status.NOT_REALISED)] == []
    assert [outcome.goal for outcome in result.take.outcomes if not outcome.met] == []
    assert result.take.bodies > 0

    stills, _ = pictures.stills(film, result.frames)
    seen = np.array([np.asarray(still, float) for still in stills])
    assert 8 < seen.mean() < 247, "the picture is black or burnt out"
    assert seen.std(axis=(1, 2)).mean() > 5, "the picture shows nothing"
    assert np.abs(np.diff(seen, axis=0)).max() > 20, "nothing moves in the picture"

    heard = pictures.samples(film)
    assert len(heard) == round(result.duration_s * 48_000)
    assert np.abs(heard).max() > 1e-4, "the film is mute"
    if item["name"] not in SILENT:
        assert result.onsets, "nothing is heard to happen"
    assert record.read(film) == result
