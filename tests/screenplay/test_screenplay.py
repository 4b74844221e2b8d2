"""Screenplays: what the model accepts, and its YAML."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from lichtspiel.screenplay import (
    Action,
    Beat,
    Outcome,
    OutcomeKind,
    Placement,
    Prop,
    Reading,
    Screenplay,
    ScreenplayError,
    Setting,
    Shot,
    Status,
    Understanding,
    dump,
    load,
    parse,
)


def _screenplay(**changes: object) -> Screenplay:
    fields: dict[str, object] = {
        "title": "A ball falls",
        "setting": Setting(place="studio"),
        "props": (Prop(id="ball", thing="rubber_ball"), Prop(id="table", thing="table")),
        "beats": (
            Beat(
                subject="ball",
                action=Action.FALL,
                outcomes=(Outcome(kind=OutcomeKind.FALLS_OFF, target="table"),),
            ),
        ),
        "shots": (Shot(),),
    }
    return Screenplay.model_validate({**fields, **changes})


def test_yaml_and_back_is_the_same_screenplay() -> None:
    screenplay = _screenplay(prompt="Ein Ball fällt", language="de", duration_s=6)
    assert parse(dump(screenplay)) == screenplay
    assert "fällt" in dump(screenplay)


def test_names_must_resolve() -> None:
    for changes in (
        {"beats": (Beat(subject="cup", action=Action.DROP),)},
        {"shots": (Shot(subjects=("cup",)),)},
        {"props": (Prop(id="ball", thing="rubber_ball", placement=Placement(target="cup")),), "beats": ()},
    ):
        with pytest.raises(ValidationError, match="no prop or character has the id cup"):
            _screenplay(**changes)


def test_ids_are_unique_and_shots_fit_the_film() -> None:
    with pytest.raises(ValidationError, match="same id"):
        _screenplay(props=(Prop(id="ball", thing="rubber_ball"), Prop(id="ball", thing="table")), beats=())
    with pytest.raises(ValidationError, match="longer than the film"):
        _screenplay(duration_s=4, shots=(Shot(duration_s=3), Shot(duration_s=3)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: [", "not valid YAML at line"),
        ("just words", "holds no screenplay"),
        ("title: x\nsetting: {place: studio}\nshots: [{}]\nprops: [{id: a, thing: b, colr: red}]", "colr"),
    ],
)
def test_faults_in_a_file_are_named(text: str, message: str) -> None:
    with pytest.raises(ScreenplayError, match=message):
        parse(text)


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ScreenplayError, match="cannot be read"):
        load(tmp_path / "none.yaml")


def test_prop_finds_by_id() -> None:
    assert _screenplay().prop("table").thing == "table"
    with pytest.raises(KeyError):
        _screenplay().prop("cup")


def test_the_ledger_filters_and_grows() -> None:
    ledger = Understanding(
        prompt="a ball", readings=(Reading(status=Status.REALISED, text="ball", span=(2, 6)),)
    )
    grown = ledger.adding(Reading(status=Status.FILLED_IN, text="place", slot="setting.place"))
    assert len(grown.having(Status.FILLED_IN)) == 1
    assert len(ledger.readings) == 1
