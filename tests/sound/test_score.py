"""What a listener would notice in a finished soundtrack."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from lichtspiel.library.asset import Resonator, Shape
from lichtspiel.library.place import Acoustics
from lichtspiel.sound import Soundtrack, score
from lichtspiel.sound.mix import Tracks, mixed
from lichtspiel.stage.world import Body, Breakable, Span
from lichtspiel.take import Break, Impact, Rub
from tests.sound import scenes

FS = 48_000
C = 343.0
ROOM = Acoustics((6.0, 5.0, 3.0), 0.15, "none", -60.0)


def one_knock(
    body: Body, floor: Body, impulse_ns: float = 0.1, speed: float = 2.0, **options: object
) -> Impact:
    return scenes.knock(0.5, body, floor, impulse_ns, speed)


def onset_s(mono: NDArray[np.float32], share: float = 0.1) -> float:
    return int(np.argmax(np.abs(mono) > share * np.abs(mono).max())) / FS


def energy(samples: NDArray[np.float32]) -> float:
    return float(np.sum(samples.astype(float) ** 2))


def heard(
    body: Body, floor: Body, *impacts: Impact, distance: float = 2.0, acoustics: Acoustics = scenes.OUTDOORS
) -> Soundtrack:
    world = scenes.world(body, floor, acoustics=acoustics)
    return score(world, scenes.take(body, floor, impacts=impacts), scenes.camera(distance))


def centroid_hz(samples: NDArray[np.float32], start_s: float, end_s: float) -> float:
    part = samples[int(start_s * FS) : int(end_s * FS)].mean(axis=1)
    power = np.abs(np.fft.rfft(part * np.hanning(len(part)))) ** 2
    return float(np.sum(power * np.fft.rfftfreq(len(part), 1 / FS)) / np.sum(power))


@pytest.mark.parametrize("distance", [1.0, 6.0, 17.0])
def test_a_knock_is_heard_when_its_sound_has_travelled_to_the_camera(distance: float) -> None:
    ball, floor = scenes.ball("steel"), scenes.floor()
    sound = heard(ball, floor, scenes.knock(0.5, ball, floor), distance=distance)
    assert onset_s(sound.stems["effects"].mean(axis=1)) == pytest.approx(0.5 + distance / C, abs=0.002)
    assert sound.onsets[0].heard_s == pytest.approx(0.5 + distance / C, abs=0.001)


def test_the_limiter_does_not_move_a_transient() -> None:
    ball, floor = scenes.ball("steel"), scenes.floor()
    sound = heard(ball, floor, scenes.knock(0.5, ball, floor))
    assert sound.measurements.limiting_db > 1.0
    assert onset_s(sound.samples.mean(axis=1)) == pytest.approx(0.5 + 2.0 / C, abs=0.001)


def test_a_soundtrack_is_as_long_as_its_film_to_the_sample() -> None:
    ball, floor = scenes.ball("steel"), scenes.floor()
    spans = (Span(0.0, 1.0, 0.0, 1.0), Span(1.0, 2.375, 1.0, 1.0))
    world = scenes.world(ball, floor, spans=spans)
    sound = score(world, scenes.take(ball, floor), scenes.camera(2.0, 2.375))
    assert sound.samples.shape == (round(2.375 * FS), 2)
    assert sound.samples.dtype == np.float32


def test_same_seed_same_samples_and_another_seed_sounds_different() -> None:
    ball, floor = scenes.ball("wood", 0.04), scenes.floor("wood", 0.03)
    take = scenes.take(ball, floor, impacts=(scenes.knock(0.5, ball, floor),))
    first, again, other = (
        score(scenes.world(ball, floor, acoustics=ROOM, seed=seed), take, scenes.camera())
        for seed in (7, 7, 8)
    )
    assert first.samples.tobytes() == again.samples.tobytes()
    assert first.captions == again.captions
    assert first.samples.tobytes() != other.samples.tobytes()


def test_a_thing_that_makes_no_sound_leaves_the_others_as_they_were() -> None:
    ball, floor, still = (
        scenes.ball("wood", 0.04),
        scenes.floor("wood", 0.03),
        scenes.ball("steel", name="other"),
    )
    take = scenes.take(ball, floor, still, impacts=(scenes.knock(0.5, ball, floor),))
    without = score(scenes.world(ball, floor), take, scenes.camera())
    beside = score(scenes.world(ball, floor, still), take, scenes.camera())
    assert without.samples.tobytes() == beside.samples.tobytes()


def test_loudness_and_true_peak_meet_the_standard() -> None:
    ball, floor = scenes.ball("wood", 0.05), scenes.floor("hardwood", 0.025)
    knocks = [scenes.knock(0.2 + 0.3 * i, ball, floor, 0.8 / (1 + i), 2.0) for i in range(6)]
    sound = heard(ball, floor, *knocks, acoustics=Acoustics((6.0, 5.0, 3.0), 0.2, "room_tone", -55.0))
    assert sound.measurements.integrated_lufs == pytest.approx(-16.0, abs=0.5)
    assert sound.measurements.true_peak_dbtp <= -1.0
    assert sound.measurements.note == ""
    assert np.abs(sound.samples).max() <= 10 ** (-1 / 20)


def test_a_film_in_which_nothing_happens_keeps_its_quiet_bed() -> None:
    ball, floor = scenes.ball("wood"), scenes.floor()
    sound = heard(ball, floor, acoustics=Acoustics((6.0, 5.0, 3.0), 0.2, "room_tone", -50.0))
    level_db = 20 * np.log10(np.sqrt(np.mean(sound.samples.astype(float) ** 2)))
    assert level_db == pytest.approx(-50.0, abs=1.0)
    assert sound.measurements.impacts_sounded == 0
    assert sound.measurements.note


def test_a_feather_is_not_made_as_loud_as_a_hammer() -> None:
    feather = scenes.ball("feather", 0.03, "feather", mass_kg=0.0005)
    floor = scenes.floor("wood", 0.03)
    sound = heard(feather, floor, scenes.knock(0.5, feather, floor, 0.0003, 0.5))
    assert not sound.measurements.integrated_lufs > -22.0


def test_harder_blows_and_nearer_ones_are_louder() -> None:
    ball, floor = scenes.ball("wood", 0.04), scenes.floor("wood", 0.03)
    soft, hard = scenes.knock(0.3, ball, floor, 0.02, 0.5), scenes.knock(1.2, ball, floor, 0.3, 2.0)
    effects = heard(ball, floor, soft, hard).stems["effects"]
    assert energy(effects[int(1.1 * FS) :]) > 4 * energy(effects[: int(1.1 * FS)])
    ball, floor = scenes.ball("steel"), scenes.floor("stone")
    near = scenes.knock(0.3, ball, floor, 0.1, 1.0, (0.0, 0.0, 0.0))
    far = scenes.knock(1.2, ball, floor, 0.1, 1.0, (0.0, 8.0, 0.0))
    effects = heard(ball, floor, near, far).stems["effects"]
    assert energy(effects[: int(1.1 * FS)]) > 4 * energy(effects[int(1.1 * FS) :])


def test_what_happens_on_the_right_is_heard_first_and_louder_on_the_right() -> None:
    ball, floor = scenes.ball("steel"), scenes.floor()
    sound = heard(ball, floor, scenes.knock(0.5, ball, floor, position=(2.0, 0.0, 0.0)))
    left, right = sound.stems["effects"].T
    assert np.abs(right).max() > 1.5 * np.abs(left).max()
    assert onset_s(right) < onset_s(left)


def test_a_room_rings_on_after_a_knock_and_the_open_air_does_not() -> None:
    ball, floor = scenes.ball("steel"), scenes.floor()
    knock = scenes.knock(0.5, ball, floor)

    def late_share(acoustics: Acoustics) -> float:
        effects = heard(ball, floor, knock, acoustics=acoustics).stems["effects"].astype(float)
        return float(np.sum(effects[int(0.58 * FS) :] ** 2) / np.sum(effects**2))

    assert late_share(ROOM) > 20 * late_share(scenes.OUTDOORS)


def test_slow_motion_moves_events_to_their_film_times_and_keeps_the_pitch() -> None:
    glass = scenes.thing(
        "glass",
        Resonator("cylindrical_shell", "glass", {"radius": 0.037, "height": 0.085, "thickness": 0.0012}),
        Shape("cylinder", (0.037, 0.05), "glass"),
        0.14,
    )
    floor = scenes.floor("wood", 0.03)
    take = scenes.take(glass, floor, impacts=(scenes.knock(0.25, glass, floor),))
    slow = score(scenes.world(glass, floor, spans=(Span(0.0, 2.0, 0.0, 0.25),)), take, scenes.camera())
    usual = score(scenes.world(glass, floor), take, scenes.camera())
    assert slow.onsets[0].film_s == pytest.approx(1.0)
    assert onset_s(slow.stems["effects"].mean(axis=1)) == pytest.approx(1.0 + 2.0 / C, abs=0.003)

    def peak_hz(sound: Soundtrack, start_s: float) -> float:
        part = sound.stems["effects"][int(start_s * FS) : int((start_s + 0.4) * FS)].mean(axis=1)
        return float(np.argmax(np.abs(np.fft.rfft(part * np.hanning(len(part)))))) / 0.4

    assert peak_hz(slow, 1.02) == pytest.approx(peak_hz(usual, 0.27), abs=10)


def test_an_event_shown_in_two_shots_sounds_in_both_and_one_that_is_not_shown_is_silent() -> None:
    ball, floor = scenes.ball("steel"), scenes.floor()
    spans = (Span(0.0, 1.0, 0.0, 1.0), Span(1.0, 2.0, 0.0, 1.0))
    shown = scenes.take(ball, floor, impacts=(scenes.knock(0.5, ball, floor),))
    sound = score(scenes.world(ball, floor, spans=spans), shown, scenes.camera())
    assert [onset.film_s for onset in sound.onsets] == pytest.approx([0.5, 1.5])
    unseen = scenes.take(ball, floor, impacts=(scenes.knock(1.5, ball, floor),))
    assert not score(scenes.world(ball, floor, spans=spans), unseen, scenes.camera()).onsets


def test_without_air_only_a_faint_dull_thud_comes_through_the_ground() -> None:
    ball, floor = scenes.ball("steel"), scenes.floor("regolith", 0.5)
    take = scenes.take(ball, floor, impacts=(scenes.knock(0.5, ball, floor),))
    moon = score(
        scenes.world(ball, floor, air=0.0, acoustics=Acoustics(None, 0.5, "park", -40.0)),
        take,
        scenes.camera(),
    )
    assert np.abs(moon.samples).max() < 0.05
    assert np.any(moon.samples)
    assert centroid_hz(moon.samples, 0.45, 1.0) < 300
    assert not np.any(moon.samples[: int(0.45 * FS)])
    assert "air" in moon.measurements.note
    assert "no air" in moon.captions[0].text


def test_contact_at_several_points_is_one_knock() -> None:
    box, floor = scenes.ball("wood", 0.05), scenes.floor()
    corners = [scenes.knock(0.5 + 0.001 * i, box, floor, 0.1) for i in range(4)]
    assert heard(box, floor, *corners).measurements.impacts_sounded == 1


def test_repeated_equal_knocks_do_not_sound_like_a_machine_gun() -> None:
    ball, floor = scenes.ball("wood", 0.05), scenes.floor("hardwood", 0.03)
    effects = heard(ball, floor, *(scenes.knock(t, ball, floor) for t in (0.3, 0.8))).stems["effects"][:, 0]
    first, second = (effects[int(t * FS) : int((t + 0.2) * FS)] for t in (0.3, 0.8))
    likeness = float(np.sum(first * second) / np.sqrt(np.sum(first**2) * np.sum(second**2)))
    assert 0.3 < likeness < 0.995


def test_nothing_clicks_at_the_ends() -> None:
    ball, floor = scenes.ball("steel"), scenes.floor()
    knocks = (scenes.knock(0.0, ball, floor), scenes.knock(1.99, ball, floor))
    sound = heard(
        ball, floor, *knocks, acoustics=Acoustics((6.0, 5.0, 3.0), 0.2, "street", -40.0), distance=0.5
    )
    assert np.abs(sound.samples[0]).max() < 1e-3
    assert np.abs(sound.samples[-1]).max() < 1e-3


def rolling(kind: str, speed: float, force: float = 5.0) -> Soundtrack:
    ball, floor = scenes.ball("wood", 0.05), scenes.floor("wood", 0.03)
    count = 100
    rub = Rub(
        "roll" if kind == "roll" else "slide", ball.name, floor.name, "wood", "wood", 0.5, 100.0,
        np.full(count, speed), np.full(count, force), np.zeros((count, 3)),
    )  # fmt: skip
    return score(scenes.world(ball, floor), scenes.take(ball, floor, rubs=(rub,)), scenes.camera())


@pytest.mark.parametrize("kind", ["roll", "slide"])
def test_rubbing_lasts_as_long_as_it_lasts_and_brightens_with_speed(kind: str) -> None:
    slow, fast = rolling(kind, 0.3), rolling(kind, 3.0)
    effects = fast.stems["effects"].astype(float)
    inside = np.mean(effects[int(0.6 * FS) : int(1.4 * FS)] ** 2)
    assert np.mean(effects[: int(0.45 * FS)] ** 2) < 1e-6 * inside
    assert np.mean(effects[int(1.8 * FS) :] ** 2) < 1e-3 * inside
    assert centroid_hz(fast.stems["effects"], 0.6, 1.4) > 1.3 * centroid_hz(slow.stems["effects"], 0.6, 1.4)


def test_a_breaking_glass_bursts_brightly_and_its_shards_tinkle_higher() -> None:
    shape = {"radius": 0.037, "height": 0.085, "thickness": 0.0012}
    glass = scenes.thing(
        "glass",
        Resonator("cylindrical_shell", "glass", shape),
        Shape("cylinder", (0.037, 0.05), "glass"),
        0.14,
    )
    shards = [
        scenes.thing(
            f"glass_shard{i}",
            Resonator("plate", "glass", {"length": 0.02 + 0.002 * i, "width": 0.015, "thickness": 0.0012}),
            Shape("box", (0.01, 0.008, 0.0006), "glass"),
            0.002,
        )
        for i in range(8)
    ]
    names = tuple(shard.name for shard in shards)
    floor = scenes.floor("tile", 0.1)
    impacts = [scenes.knock(0.5, glass, floor, 0.5, 4.0)]
    impacts += [scenes.knock(0.7 + 0.04 * i, shard, floor, 0.002, 1.0) for i, shard in enumerate(shards)]
    world = scenes.world(
        glass, floor, *shards, language="de", things={"glass": "wine_glass"},
        breakables=(Breakable("glass", 0.1, names),),
    )  # fmt: skip
    take = scenes.take(
        glass,
        floor,
        *shards,
        impacts=tuple(impacts),
        breaks=(Break(0.5, "glass", (0.0, 0.0, 0.0), 0.5, names),),
    )
    sound = score(world, take, scenes.camera())
    assert centroid_hz(sound.stems["effects"], 0.5, 0.56) > 1500
    assert centroid_hz(sound.stems["effects"], 0.72, 1.0) > 3000
    texts = [caption.text for caption in sound.captions]
    assert any("zerspringt" in text for text in texts)


def test_captions_name_who_hits_what_in_the_language_of_the_film() -> None:
    ball = scenes.ball("steel")
    tube = Resonator("tube", "steel", {"radius": 0.01, "length": 1.4, "thickness": 0.003})
    rim = scenes.thing("place/rim", tube, Shape("box", (0.2, 0.01, 0.01), "steel"), moves=False)
    take = scenes.take(ball, rim, impacts=(scenes.knock(0.5, ball, rim, label="rim"),))
    english = score(scenes.world(ball, rim), take, scenes.camera()).captions[0]
    german = score(scenes.world(ball, rim, language="de"), take, scenes.camera()).captions[0]
    assert english.text.endswith("hits the rim]")
    assert german.text.endswith("trifft auf Ring]")
    assert english.film_start_s == pytest.approx(0.5)
    assert 1.0 <= english.film_end_s - english.film_start_s <= 2.0


def test_only_knocks_that_can_be_told_apart_are_onsets() -> None:
    ball, floor, other = scenes.ball("steel"), scenes.floor(), scenes.ball("steel", name="other")
    take = scenes.take(
        ball, floor, other,
        impacts=(scenes.knock(0.5, ball, floor, 0.3, 4.0), scenes.knock(0.503, other, floor, 0.002, 0.2),
                 scenes.knock(1.5, other, floor, 0.002, 0.2)),
    )  # fmt: skip
    sound = score(scenes.world(ball, floor, other), take, scenes.camera())
    assert sound.measurements.impacts_sounded == 3
    assert [onset.film_s for onset in sound.onsets] == pytest.approx([0.5, 1.5])


def test_things_set_down_at_the_start_make_no_knock() -> None:
    ball, floor = scenes.ball("wood", 0.05), scenes.floor("hardwood", 0.03)
    assert not heard(ball, floor, scenes.knock(0.0, ball, floor, 0.02, 0.1)).onsets
    assert heard(ball, floor, scenes.knock(0.02, ball, floor, 0.4, 2.0)).onsets


def test_short_blows_fill_up_before_the_limiter_flattens_them() -> None:
    blows = np.zeros((2, 4 * 48_000))
    rng = np.random.default_rng(3)
    for second in range(1, 4):
        ringing = rng.normal(size=24_000) * np.exp(-np.arange(24_000) / 4800) * 0.01
        ringing[:48] += 0.5 * np.hanning(48)
        blows[:, second * 48_000 : second * 48_000 + 24_000] += ringing / second
    mix = mixed(Tracks(blows, np.zeros_like(blows)))
    assert mix.integrated_lufs == pytest.approx(-16, abs=0.5)
    assert mix.true_peak_dbtp <= -1.0
    assert mix.limiting_db <= 12.5
    loud = [np.sum(mix.samples[:, s * 48_000 : s * 48_000 + 24_000] ** 2) for s in (1, 2, 3)]
    assert loud[0] > 1.5 * loud[1] > 2 * loud[2]
