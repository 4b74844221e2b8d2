"""Pitch, decay and loudness of modes against textbooks and everyday experience."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichtspiel.library.asset import Resonator
from lichtspiel.library.catalogue import materials
from lichtspiel.sound.contact import pulse_spectrum
from lichtspiel.sound.families import FAMILIES, modes_of
from lichtspiel.sound.modes import Modes

DIMENSIONS: dict[str, dict[str, float]] = {
    "bar": {"length": 0.3, "width": 0.03, "thickness": 0.01},
    "block": {"x": 0.1, "y": 0.08, "z": 0.05},
    "plate": {"length": 0.4, "width": 0.3, "thickness": 0.004},
    "disc": {"radius": 0.1, "thickness": 0.003},
    "sphere": {"radius": 0.05},
    "tube": {"radius": 0.01, "length": 0.5, "thickness": 0.001},
    "string": {"length": 0.6, "radius": 0.0004, "tension_n": 70.0},
    "cloth": {"area": 1.0, "thickness": 0.0005},
    "ground": {"thickness": 0.03},
    "spherical_shell": {"radius": 0.02, "thickness": 0.0004},
    "cylindrical_shell": {"radius": 0.04, "height": 0.1, "thickness": 0.002},
    "bottle": {"radius": 0.04, "height": 0.2, "thickness": 0.003, "neck_radius": 0.012, "neck_length": 0.07},
    "bowl": {"radius": 0.08, "height": 0.06, "thickness": 0.001},
    "bell": {"radius": 0.1, "height": 0.16, "thickness": 0.01},
    "membrane_ball": {"radius": 0.12, "thickness": 0.0035, "pressure_pa": 55_000.0},
}


def modes(kind: str, material: str, **changes: float) -> Modes:
    resonator = Resonator(kind, material, DIMENSIONS[kind] | changes)
    return modes_of(resonator, materials()[material], np.random.default_rng(3))


def test_every_kind_of_resonator_is_described() -> None:
    assert set(DIMENSIONS) == set(FAMILIES)


@pytest.mark.parametrize("kind", DIMENSIONS)
@pytest.mark.parametrize("material", ["steel", "glass", "wood", "rubber", "fabric", "inflated_rubber"])
def test_modes_are_audible_finite_and_die_away(kind: str, material: str) -> None:
    found = modes(kind, material)
    assert np.all((found.frequency_hz >= 25) & (found.frequency_hz <= 18_000))
    assert np.all(found.loss_per_s > 0)
    assert np.all(np.isfinite(found.gain) & (found.gain >= 0))
    assert len(found.frequency_hz) <= 40


@pytest.mark.parametrize(
    "kind",
    ["block", "sphere", "plate", "disc", "cylindrical_shell", "bowl", "bell", "membrane_ball", "bottle"],
)
@settings(max_examples=15, deadline=None)
@given(scale=st.floats(1.25, 3.0))
def test_larger_things_sound_lower(kind: str, scale: float) -> None:
    material = {"membrane_ball": "inflated_rubber", "sphere": "rubber", "block": "wood"}.get(kind, "glass")
    lengths = {name: value for name, value in DIMENSIONS[kind].items() if name != "pressure_pa"}
    larger = modes(kind, material, **{name: value * scale for name, value in lengths.items()})
    assert larger.frequency_hz.min() < modes(kind, material).frequency_hz.min()


def test_a_wine_glass_of_french_sounds_where_he_measured_it() -> None:
    """French (1983): a glass of R = 32 mm, H* = 60 mm, h = 1 mm rings in the octave about 700 Hz."""
    glass = modes("cylindrical_shell", "glass", radius=0.032, height=0.06, thickness=0.001)
    assert 500 < glass.frequency_hz.min() < 1000


def test_a_basketball_rings_where_russell_measured_its_cavity() -> None:
    ball = modes("membrane_ball", "inflated_rubber")
    assert np.min(np.abs(ball.frequency_hz - 947)) < 60


def test_a_metre_of_bronze_bell_strikes_near_concert_a() -> None:
    bell = modes("bell", "brass", radius=0.5, height=0.8, thickness=0.075)
    assert np.min(np.abs(bell.frequency_hz / 440 - 1)) < 0.1


def test_a_steel_ruler_agrees_with_the_free_bar() -> None:
    bar = modes("bar", "steel", length=0.3, width=0.03, thickness=0.003)
    assert bar.frequency_hz.min() == pytest.approx(171, rel=0.1)


def test_steel_rings_longer_than_wood_and_wood_longer_than_rubber() -> None:
    def periods(material: str) -> float:
        found = modes("bar", material)
        loudest = int(np.argmax(found.gain**2 / found.loss_per_s))
        return float(found.frequency_hz[loudest] / found.loss_per_s[loudest])

    assert periods("steel") > 3 * periods("wood")
    assert periods("wood") > 3 * periods("rubber")


def test_a_wooden_floor_answers_louder_than_a_stone_slab() -> None:
    wood, stone = modes("ground", "wood", thickness=0.03), modes("ground", "stone", thickness=0.2)
    assert np.sqrt(np.sum(wood.gain**2)) > 10 * np.sqrt(np.sum(stone.gain**2))


def test_where_a_thing_is_struck_changes_its_timbre() -> None:
    plate = modes("plate", "steel")
    here, there = plate.weights(np.zeros(3)), plate.weights(np.array([0.15, 0.1, 0.0]))
    assert not np.allclose(here, there, rtol=0.2)
    assert np.sqrt(np.mean(here**2)) == pytest.approx(1.0, abs=0.4)


def test_a_longer_contact_is_duller() -> None:
    frequency = np.array([100.0, 1000.0, 8000.0])
    short, long = pulse_spectrum(frequency, 5e-5), pulse_spectrum(frequency, 2e-3)
    assert long[2] < 0.05 * short[2]
    assert long[0] > 0.7


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(ValueError, match="theremin"):
        modes_of(Resonator("theremin", "steel"), materials()["steel"], np.random.default_rng(0))
