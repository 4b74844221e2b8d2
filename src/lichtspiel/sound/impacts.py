"""Knocks: both bodies ring, the one that is jolted pushes the air, and rough surfaces crunch.

Levels are physical, in pascal at 1 m: modes are struck by the contact's impulse, low-passed by
its duration; a body jolted to another speed radiates like a small accelerated sphere (Koss &
Alfredson, J. Sound Vib. 27 (1973) 59).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.records import MaterialEntry
from lichtspiel.sound.contact import contact_time, pulse_spectrum
from lichtspiel.sound.modes import AIR_DENSITY, SPEED_OF_SOUND, Array
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.sound.voices import Voice
from lichtspiel.stage.world import World
from lichtspiel.take import Impact, Take

SAME_CONTACT_S = 0.008
"""Knocks of one pair closer than this are one contact at several points."""
HIT_JITTER_DB = 2.0
"""Spread of a mode's level from hit to hit (Traer et al., DAFx 2019)."""
SLAP_SHARE, SLAP_SHORTER = 0.09, 14.0
"""Share of an inflated ball's impulse that its skin's first slap carries, and how much shorter it is."""
RINGING_SHARE = 0.04
"""Most of impulse times speed that may go into a body's ringing. Bodies too light for their contact's
impulse bend away from it; without this bound their modes would get more energy than the blow brings."""
SETTLING_S, SETTLING_SPEED = 0.05, 0.3
"""Things set down as the world starts sink into their contacts; so slow and early a knock is no event."""
SHARD_LOSS = 0.008
"""Loss factor of torn edges and of shards' scraping on what they fall on."""
GRAIN_M = 2e-4
"""Roughness above which a lossy ground is loose grains that crunch."""


@dataclass(frozen=True, eq=False)
class Side:
    """One of the bodies in a knock."""

    voice: Voice
    local: Array
    """Where it is struck, in its own frame."""
    loss_factor: float = 0.0
    """Loss beyond its own: of what it rests on, of torn edges."""


@dataclass(frozen=True, eq=False)
class Knock:
    """A knock that is about to be sounded."""

    world_s: float
    position: Array
    sides: tuple[Side, ...]
    impulse_ns: float
    speed: float
    """Approach speed, m/s."""
    contact_s: float
    first: str
    """Body names; `second` is empty for the sounds of breaking."""
    second: str = ""
    labels: tuple[str, str] = ("", "")
    grain: float = 0.0
    """0 for clean surfaces … 1 for gravel and grass."""

    @property
    def inflated(self) -> bool:
        return any(side.voice.spring_n_m > 0 for side in self.sides)


def knocks_of(
    world: World, take: Take, voices: Mapping[str, Voice], materials: Mapping[str, MaterialEntry]
) -> list[Knock]:
    """Every contact of the take with speed in it, repeats within one contact joined, in time order."""
    hung = {name for tie in world.ties for name in (tie.first, tie.second)}
    hung |= {b.name for b in world.bodies if b.parent or b.part.joint.kind not in ("free", "fixed")}
    shards = {name for breakable in world.breakables for name in breakable.shards}
    knocks = []
    for impact in _joined(take.impacts):
        sides = tuple(
            _side(voices[name], impact, take, name in hung, name in shards)
            for name in (impact.first, impact.second)
        )
        pair = (materials[impact.first_material], materials[impact.second_material])
        knocks.append(
            Knock(
                impact.time_s,
                np.array(impact.position),
                sides,
                impact.impulse_ns,
                impact.normal_speed,
                contact_time(impact, sides[0].voice, sides[1].voice, *pair),
                impact.first,
                impact.second,
                (impact.first_label, impact.second_label),
                max(_grain(material) for material in pair),
            )
        )
    return knocks


def energy(knock: Knock) -> float:
    """Sound energy of a knock, Pa²·s at 1 m."""
    return sum(_ring_energy(knock, side) + _jolt_energy(knock, side) for side in knock.sides)


def sounded(knock: Knock, rng: np.random.Generator, floor_pa: float, longer: float, most_s: float) -> Array:
    """The sound of a knock in pascal at 1 m, from the moment of contact.

    `longer` stretches the ringing (not the pitch), for slow motion. Modes are followed until they
    are softer than `floor_pa`, or for `most_s` seconds.
    """
    parts = [ring(*_excited(knock, side, rng, longer), most_s, floor_pa) for side in knock.sides]
    parts = [_eased(part, knock.contact_s) for part in parts]
    parts += [_jolt(knock, side) for side in knock.sides]
    parts.append(_crunch(knock, rng))
    total = np.zeros(max(len(part) for part in parts))
    for part in parts:
        total[: len(part)] += part
    return total


def ring(frequency_hz: Array, loss_per_s: Array, amplitude: Array, most_s: float, floor: float) -> Array:
    """Sum of decaying sines (M,), each from zero, until all of them are below `floor`."""
    size = np.abs(amplitude)
    heard = np.flatnonzero(size > floor)
    if not len(heard):
        return np.zeros(1)
    lasting = np.minimum(np.log(size[heard] / floor) / loss_per_s[heard], most_s)
    order = np.argsort(-lasting)
    heard, lasting = heard[order], lasting[order]
    pole = np.zeros(len(heard), np.complex128)
    pole.real = -loss_per_s[heard] / SAMPLE_RATE_HZ
    pole.imag = 2 * np.pi * frequency_hz[heard] / SAMPLE_RATE_HZ
    total = np.zeros(int(lasting[0] * SAMPLE_RATE_HZ) + 2)
    # Modes that die early are summed apart, over their own short time.
    first = 0
    while first < len(heard):
        last = int(np.searchsorted(-lasting, -lasting[first] / 3, side="right"))
        count = int(lasting[first] * SAMPLE_RATE_HZ) + 2
        part = _damped_sines(pole[first:last], amplitude[heard[first:last]], count)
        fade = min(count, 480)
        part[-fade:] *= np.linspace(1, 0, fade)
        total[:count] += part
        first = last
    return total


def _damped_sines(pole: NDArray[np.complex128], amplitude: Array, count: int) -> Array:
    """Σ a·Im exp(s k) for `count` samples k as one matrix product.

    exp(s(kB + b)) separates into a factor per block k and a factor per sample b of a block.
    """
    block = 256
    outer = np.exp(np.arange(-(-count // block))[:, None] * block * pole) * amplitude
    inner = np.exp(pole[:, None] * np.arange(block))
    rows = np.concatenate([outer.real, outer.imag], axis=1) @ np.concatenate([inner.imag, inner.real])
    result: Array = rows.ravel()[:count]
    return result


def _joined(impacts: Sequence[Impact]) -> list[Impact]:
    latest: dict[frozenset[str], int] = {}
    joined: list[Impact] = []
    for impact in sorted(impacts, key=lambda one: one.time_s):
        pair = frozenset((impact.first, impact.second))
        index = latest.get(pair)
        if index is not None and impact.time_s - joined[index].time_s < SAME_CONTACT_S:
            kept = joined[index]
            joined[index] = replace(
                kept,
                impulse_ns=kept.impulse_ns + impact.impulse_ns,
                normal_speed=max(kept.normal_speed, impact.normal_speed),
            )
        elif _is_event(impact):
            latest[pair] = len(joined)
            joined.append(impact)
    return joined


def _is_event(impact: Impact) -> bool:
    settling = impact.time_s < SETTLING_S and impact.normal_speed < SETTLING_SPEED
    return impact.normal_speed > 0.003 and impact.impulse_ns > 0 and not settling


def _side(voice: Voice, impact: Impact, take: Take, hung: bool, shard: bool) -> Side:
    resting = voice.modes.rest_loss
    if voice.name not in take.names:
        return Side(voice, np.array(impact.position), resting)
    position, turn = take.pose(voice.name, impact.time_s)
    local = rotation_matrix(turn).T @ (np.array(impact.position) - position)
    later = [take.pose(voice.name, impact.time_s + offset)[0] for offset in (0.03, 0.05)]
    still = float(np.linalg.norm(later[1] - later[0])) / 0.02 < 0.06
    return Side(voice, local, (resting if still and not hung else 0.0) + (SHARD_LOSS if shard else 0.0))


def _grain(material: MaterialEntry) -> float:
    if material.loss_factor < 0.25:
        return 0.0
    return float(np.clip(np.log10(material.roughness_m / GRAIN_M) / 1.4, 0.0, 1.0))


def _force(knock: Knock, frequency_hz: Array) -> Array:
    """Spectrum of the contact's force against its impulse."""
    smooth = pulse_spectrum(frequency_hz, knock.contact_s)
    if not knock.inflated:
        return smooth
    slap = pulse_spectrum(frequency_hz, knock.contact_s / SLAP_SHORTER)
    return (1 - SLAP_SHARE) * smooth + SLAP_SHARE * slap


def _amplitudes(knock: Knock, side: Side) -> Array:
    modes = side.voice.modes
    speed = knock.impulse_ns * _force(knock, modes.frequency_hz) / modes.mass_kg
    energy_j = float(np.sum(modes.mass_kg * speed**2)) / 2
    most_j = RINGING_SHARE * knock.impulse_ns * knock.speed
    bound = np.sqrt(min(1.0, most_j / max(energy_j, 1e-30)))
    result: Array = modes.gain * modes.mass_kg * speed * bound
    return result


def _losses(side: Side) -> Array:
    modes = side.voice.modes
    result: Array = modes.loss_per_s + np.pi * modes.frequency_hz * side.loss_factor
    return result


def _excited(knock: Knock, side: Side, rng: np.random.Generator, longer: float) -> tuple[Array, Array, Array]:
    modes = side.voice.modes
    jitter = 10 ** (HIT_JITTER_DB / 20 * np.clip(rng.standard_normal(len(modes.gain)), -2, 2))
    amplitude = _amplitudes(knock, side) * modes.weights(side.local) * jitter
    return modes.frequency_hz, _losses(side) / longer, amplitude


def _ring_energy(knock: Knock, side: Side) -> float:
    return float(np.sum(_amplitudes(knock, side) ** 2 / (4 * _losses(side))))


def _jolt_spectrum(knock: Knock, side: Side, frequency_hz: Array) -> Array:
    """Pressure spectrum at 1 m of a body's sudden change of speed, Pa·s.

    p = ρ a³ jω A / (c (2 + 2jka - (ka)²)) for a sphere of radius a accelerated by A(ω), averaged
    over directions (1/√3).
    """
    voice = side.voice
    if not np.isfinite(voice.mass_kg) or voice.mass_kg <= 0:
        return np.zeros(len(frequency_hz), complex)
    omega = 2 * np.pi * frequency_hz
    ka = omega / SPEED_OF_SOUND * voice.extent_m
    radiated = AIR_DENSITY * voice.extent_m**3 * 1j * omega / (SPEED_OF_SOUND * (2 + 2j * ka - ka**2))
    # The slap of an inflated ball moves its skin, not the ball.
    if any(not np.isfinite(other.voice.mass_kg) for other in knock.sides):
        # Before a hard floor or wall, the mirror image of the jolt cancels it at long waves.
        radiated *= 2j * ka / (1 + 2j * ka)
    force = knock.impulse_ns * pulse_spectrum(frequency_hz, knock.contact_s) / voice.mass_kg
    hearing = 1 / (1 + (frequency_hz / 16_000.0) ** 8)
    result: Array = radiated * force * hearing / np.sqrt(3)
    return result


def _jolt_energy(knock: Knock, side: Side) -> float:
    frequency = np.linspace(0, SAMPLE_RATE_HZ / 2, 257)
    spectrum = np.abs(_jolt_spectrum(knock, side, frequency)) ** 2
    return float(2 * np.sum(spectrum) * frequency[1])


def _jolt(knock: Knock, side: Side) -> Array:
    needed = (2 * knock.contact_s + 0.004) * SAMPLE_RATE_HZ
    count = 1 << int(np.ceil(np.log2(max(needed, 256))))
    frequency = np.fft.rfftfreq(count, 1 / SAMPLE_RATE_HZ)
    middle = np.exp(-2j * np.pi * frequency * knock.contact_s / 2)
    pulse = np.fft.irfft(_jolt_spectrum(knock, side, frequency) * middle, count) * SAMPLE_RATE_HZ
    fade = min(count // 4, 64)
    pulse[-fade:] *= np.linspace(1, 0, fade)
    return pulse


def _crunch(knock: Knock, rng: np.random.Generator) -> Array:
    """The noise of surfaces that meet unevenly: a short burst, longer where grains move."""
    grains = 0.25 * knock.grain * knock.impulse_ns
    share = 0.04 * energy(knock)
    lasting = max(knock.contact_s, 0.0012) * (1 + 6 * knock.grain)
    lasting = min(lasting, 0.05)
    count = int(5 * lasting * SAMPLE_RATE_HZ) + 8
    clock = np.arange(count) / SAMPLE_RATE_HZ
    envelope = (1 - np.exp(-clock / (0.15 * lasting))) * np.exp(-clock / lasting)
    corner = float(np.clip((1 + 8 * knock.grain) / knock.contact_s, 400.0, 12_000.0))
    spectrum = np.fft.rfft(rng.standard_normal(count) * envelope)
    frequency = np.fft.rfftfreq(count, 1 / SAMPLE_RATE_HZ)
    noise = np.fft.irfft(spectrum / (1 + (frequency / corner) ** 2), count)
    size = float(np.sum(noise**2)) / SAMPLE_RATE_HZ
    wanted = share + grains**2 * lasting
    return np.asarray(noise * np.sqrt(wanted / max(size, 1e-30)) * np.linspace(1, 0, count))


def _eased(signal: Array, contact_s: float) -> Array:
    """Modes grow while the force acts; half a raised cosine over the contact, at most 3 ms."""
    rise = min(int(min(contact_s, 0.003) * SAMPLE_RATE_HZ), len(signal))
    if rise > 1:
        signal[:rise] *= 0.5 - 0.5 * np.cos(np.pi * (np.arange(rise) + 1) / (rise + 1))
    return signal
