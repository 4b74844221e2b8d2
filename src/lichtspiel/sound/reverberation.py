"""What a place adds to a sound: early reflections by image sources, a diffuse tail, loss in air.

Diffuse level 16π/A against the direct sound at 1 m, A = Sα/(1-α); decay by Eyring's formula with
air absorption (Kuttruff, *Room Acoustics*, ch. 5); images after Allen & Berkley, J. Acoust. Soc.
Am. 65 (1979) 943.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, fftconvolve, sosfilt

from lichtspiel.sound.modes import SPEED_OF_SOUND, Array
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.stage.world import World

BANDS_HZ = np.array([125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0])
BAND_ABSORPTION = np.array([0.75, 0.85, 1.0, 1.05, 1.1, 1.2, 1.3])
"""Of furnished rooms against their mean: walls drink more treble than bass."""
AIR_NEPERS_PER_M = np.array([0.0, 0.0001, 0.0003, 0.0006, 0.001, 0.0029, 0.0105])
"""Energy attenuation of air at 20 °C and 50 % humidity (Kuttruff, table 6.1)."""
IMAGE_ORDER = 3
EARLY_S = 0.09
FURNISHING = 0.09
"""What floor, furniture, doors and people add to the absorption of walls and ceiling."""
NEARNESS, FOLLOWING = 0.35, 0.75
"""Where the sound is taken, in critical distances: film microphones stand nearer to the action than
the camera, or every room would blur it; and how far they follow it when it goes away: the share of
the room grows with distance, though less than it would for the camera."""


@dataclass(frozen=True)
class Room:
    """A box of walls, or open air over a ground."""

    low: Array
    high: Array
    absorption: float
    outdoors: bool
    echo: float
    """Outdoors: strength of the answer of far walls and trees against the sound at 1 m."""

    @property
    def area_m2(self) -> float:
        x, y, z = self.high - self.low
        return float(2 * (x * y + y * z + z * x))

    @property
    def volume_m3(self) -> float:
        return float(np.prod(self.high - self.low))

    @property
    def critical_m(self) -> float:
        """Distance at which direct and diffuse sound are equally strong."""
        return float(np.sqrt(self.area_m2 * self.absorption / (1 - self.absorption) / (16 * np.pi)))

    def send(self, distance_m: float) -> float:
        """Share of a sound that goes to the room, for a source this far from the camera."""
        if self.outdoors:
            return 1.0
        return float(min(1.0, NEARNESS * self.critical_m / max(distance_m, 0.1)) ** FOLLOWING)

    def decay_s(self, absorption: Array | float, air: Array | float = 0.0) -> Array:
        """RT60 after Eyring for absorption coefficients, seconds."""
        lost = -self.area_m2 * np.log(1 - np.minimum(absorption, 0.95)) + 4 * np.asarray(air) * self.volume_m3
        return np.asarray(24 * np.log(10) / SPEED_OF_SOUND * self.volume_m3 / lost)


def room_of(world: World) -> Room:
    """The room about the action; its floor is where the camera's bounds or the ground are."""
    acoustics = world.acoustics
    echo = {"street": 0.015, "park": 0.004, "beach": 0.001, "wind": 0.0015}.get(acoustics.bed, 0.006)
    if acoustics.room_m is None:
        ground = _ground_height(world)
        low = np.array([-1e3, -1e3, ground])
        return Room(low, low + np.array([2e3, 2e3, 1e3]), acoustics.absorption, True, echo)
    size = np.array(acoustics.room_m, float)
    if world.camera_bounds is not None:
        low, high = (np.array(corner, float) for corner in world.camera_bounds)
        centre, floor = (low + high) / 2, float(low[2])
    else:
        centre, floor = np.array(world.action_centre, float), _ground_height(world)
    base = np.array([centre[0] - size[0] / 2, centre[1] - size[1] / 2, floor])
    return Room(base, base + size, float(np.clip(acoustics.absorption + FURNISHING, 0.02, 0.95)), False, echo)


def images(room: Room, source: Array, camera: Array) -> tuple[Array, Array]:
    """Mirror images (P, 3) of a source that reach a camera early, and their strengths (P,)."""
    if room.outdoors:
        mirrored = source.copy()
        mirrored[2] = 2 * room.low[2] - source[2]
        return mirrored[None], np.array([0.7 * (1 - room.absorption)])
    margin = 0.15
    inside = np.clip(source, room.low + margin, room.high - margin) - room.low
    size = room.high - room.low
    shift = camera - np.clip(camera, room.low + margin, room.high - margin)
    points, strengths = [], []
    span = range(-IMAGE_ORDER, IMAGE_ORDER + 1)
    for cells in itertools.product(span, repeat=3):
        bounces = sum(abs(cell) for cell in cells)
        if not 0 < bounces <= IMAGE_ORDER:
            continue
        cell = np.array(cells)
        points.append(room.low + size * cell + np.where(cell % 2 == 0, inside, size - inside) + shift)
        strengths.append(np.sqrt(1 - room.absorption) ** bounces)
    return np.array(points), np.array(strengths)


def taps(gain: Array, delay_s: Array) -> Array:
    """Impulse response (C, T) of reflections (C, P), dulled a little by the walls."""
    length = int(EARLY_S * 2 * SAMPLE_RATE_HZ)
    response = np.zeros((len(gain), length))
    for ear in range(len(gain)):
        place = np.round(delay_s[ear] * SAMPLE_RATE_HZ).astype(int)
        near = place < length
        np.add.at(response[ear], place[near], gain[ear][near])
    smooth = np.array([0.15, 0.7, 0.15])
    return np.array([np.convolve(row, smooth, mode="same") for row in response])


def tail(room: Room, rng: np.random.Generator, channels: int = 2) -> Array:
    """Diffuse late response (C, T) to a sound of 1 at 1 m: noise that decays band by band."""
    if room.outdoors:
        return _far_echo(room, rng, channels)
    absorption = np.minimum(room.absorption * BAND_ABSORPTION, 0.95)
    decay = np.clip(room.decay_s(absorption, AIR_NEPERS_PER_M), 0.08, 6.0)
    length = int(min(float(decay.max()) * 1.1, 4.0) * SAMPLE_RATE_HZ)
    clock = np.arange(length) / SAMPLE_RATE_HZ
    noise = rng.standard_normal((channels, length))
    response = np.zeros((channels, length))
    # The tail grows in among the images, over about the mean free path.
    start = 4 * room.volume_m3 / room.area_m2 / SPEED_OF_SOUND
    rise = np.clip(clock / start, 0.0, 1.0)
    for index, centre in enumerate(BANDS_HZ):
        alpha = float(absorption[index])
        energy = 16 * np.pi * (1 - alpha) / (room.area_m2 * alpha)
        shape = np.exp(-6.9078 * clock / decay[index])
        # Share of white noise's power in the band, so that the spectrum stays as it came in.
        shape *= np.sqrt(energy / float(np.sum(shape**2)))
        response += _octave(noise, centre, index) * shape * rise
    return response


def through_air(signal: Array, distance_m: float) -> Array:
    """A sound after its way through air: ISO 9613-1 near 20 °C, about 0.1 dB/m at 8 kHz."""
    if distance_m < 4.0:
        return signal
    # Room behind the signal for what the filter rings ahead of its start, which is then cut off.
    count = len(signal) + 512
    spectrum = np.fft.rfft(signal, count)
    kilohertz = np.fft.rfftfreq(count, 1e3 / SAMPLE_RATE_HZ)
    loss_db = 0.0045 * kilohertz**1.5 * distance_m
    return np.fft.irfft(spectrum * 10 ** (-loss_db / 20), count)[: len(signal)]


def low_passed(signal: Array, corner_hz: float, order: int = 1) -> Array:
    """The signal below a corner frequency, causally."""
    return np.asarray(sosfilt(butter(order, corner_hz, fs=SAMPLE_RATE_HZ, output="sos"), signal))


def _octave(noise: Array, centre: float, index: int) -> Array:
    if index == 0:
        filters = butter(2, centre * np.sqrt(2), "lowpass", fs=SAMPLE_RATE_HZ, output="sos")
    elif index == len(BANDS_HZ) - 1:
        filters = butter(2, centre / np.sqrt(2), "highpass", fs=SAMPLE_RATE_HZ, output="sos")
    else:
        band = (centre / np.sqrt(2), centre * np.sqrt(2))
        filters = butter(1, band, "bandpass", fs=SAMPLE_RATE_HZ, output="sos")
    return np.asarray(sosfilt(filters, noise, axis=-1))


def _far_echo(room: Room, rng: np.random.Generator, channels: int) -> Array:
    """The faint, dull answer of far walls, fences and trees outdoors."""
    length = int(0.7 * SAMPLE_RATE_HZ)
    response = np.zeros((channels, length))
    for _ in range(14):
        time = rng.uniform(0.07, 0.45)
        place = int(time * SAMPLE_RATE_HZ)
        response[:, place] += room.echo * np.exp(-time / 0.15) * rng.uniform(0.3, 1.0, channels)
    burst = rng.standard_normal((channels, 1200)) * np.exp(-np.arange(1200) / 300.0)
    spread = np.array([fftconvolve(response[ear], burst[ear])[:length] for ear in range(channels)])
    return low_passed(spread / 12.0, 2500.0)


def _ground_height(world: World) -> float:
    heights = [
        body.position[2] + shape.position[2]
        for body in world.bodies
        if not body.moves
        for shape in body.part.shapes
        if shape.kind == "plane"
    ]
    return min(heights, default=0.0)
