"""The camera as microphones in a place: direction, distance, delay, and the room's answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.signal import fftconvolve

from lichtspiel.camera import CameraTrack
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.sound import reverberation
from lichtspiel.sound.layout import CLOSEST_M, STEREO, Layout
from lichtspiel.sound.modes import SPEED_OF_SOUND, Array
from lichtspiel.sound.shadow import screens_of, shaded
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.stage.world import World

MOST_CELLS = 8
PATH_HZ = 30.0
"""Rate at which the path of a source is followed across shots."""
CROSSFADE = 480
"""Samples at a cut between what is heard before it and after."""

Whereabouts = Callable[[float, Array], Array]
"""Where a source is (3,) at a film time, for microphones at a point (3,)."""


@dataclass(frozen=True)
class Path:
    """Sound from a point to the loudspeakers: (C,) amplitude against 1 m, (C,) seconds."""

    gain: Array
    delay_s: Array
    distance_m: float
    detour_m: float = 0.0
    """How much longer the way is round what stands in it."""


@dataclass(eq=False)
class _Cell:
    """Part of the place whose sounds share their reflections."""

    position: Array
    film_s: float
    send: Array


class Space:
    """Collects sounds and plays them back as the camera hears them.

    Without air, sound has no way to the camera but through the ground: it arrives at once, weak
    and dull, from the middle.
    """

    def __init__(
        self, world: World, track: CameraTrack, rng: np.random.Generator, layout: Layout = STEREO
    ) -> None:
        self.has_air = world.air_density > 0
        self.samples = round(world.timeline[-1].film_end_s * SAMPLE_RATE_HZ)
        self._world, self._track, self._rng, self._layout = world, track, rng, layout
        self._room = reverberation.room_of(world)
        self._screens = screens_of(world, float(self._room.low[2]))
        self._direct: Array = np.zeros((layout.channels, self.samples))
        self._cells: dict[tuple[int, ...], _Cell] = {}

    def ears(self, film_s: float) -> Array:
        """Where the camera's microphones are (3,)."""
        return self._track.at(film_s).position

    def ahead(self, film_s: float, distance_m: float) -> Array:
        """A point (3,) in front of the camera."""
        lens = self._track.at(film_s)
        return lens.position - distance_m * rotation_matrix(lens.orientation)[:, 2]

    def path(self, film_s: float, position: Array) -> Path:
        """How a sound at this place and film time reaches the camera."""
        lens = self._track.at(film_s)
        distance = float(np.linalg.norm(position - lens.position))
        if not self.has_air:
            channels = self._layout.channels
            return Path(np.full(channels, 1 / max(distance, CLOSEST_M)), np.zeros(channels), distance)
        gain, delay = self._layout.direct(lens.position, rotation_matrix(lens.orientation), position[None])
        detour = self._screens.detour_m(position, lens.position)
        return Path(gain[:, 0], delay[:, 0], distance, detour)

    def play(self, signal: Array, film_s: float, position: Array) -> Path:
        """Sound a signal (pascal at 1 m) from a point, beginning at a film time."""
        path = self.path(film_s, position)
        signal = self.travelled(signal, path.distance_m)
        direct = shaded(signal, path.detour_m)
        for ear in np.flatnonzero(path.gain):
            late_s = path.delay_s[ear] + path.detour_m / SPEED_OF_SOUND
            self._add(self._direct[ear], direct * path.gain[ear], film_s + late_s)
        share = self._room.send(path.distance_m)
        self._add(self._cell(film_s, position).send, signal * share, film_s)
        return path

    def play_along(self, signal: Array, film_s: float, where: Whereabouts) -> None:
        """Sound a signal that may go on across cuts: from wherever its source is, in every shot anew.

        At a cut the microphones are elsewhere at once; the two hearings are faded into each other.
        """
        end_s = film_s + len(signal) / SAMPLE_RATE_HZ
        for span in self._world.timeline:
            start, end = max(film_s, span.film_start_s), min(end_s, span.film_end_s)
            if end - start < 2 / SAMPLE_RATE_HZ:
                continue
            first, last = (round((t - film_s) * SAMPLE_RATE_HZ) for t in (start, end))
            piece = signal[first : last + CROSSFADE].copy()
            rise, fall = min(CROSSFADE, len(piece) // 2), min(len(signal) - last, CROSSFADE)
            if first > 0:
                piece[:rise] *= np.linspace(0, 1, rise)
            if fall > 0:
                piece[-fall:] *= np.linspace(1, 0, fall)
            count = int((end - start) * PATH_HZ) + 2
            times = np.minimum(start + np.arange(count) / PATH_HZ, end - 1e-3)
            positions = np.array([where(float(t), self.ears(float(t))) for t in times])
            self.play_moving(piece, start, positions, PATH_HZ, end - 1e-3)

    def play_moving(
        self, signal: Array, film_s: float, positions: Array, rate_hz: float, until_s: float = np.inf
    ) -> None:
        """Sound a signal from a moving point: positions (K, 3) at a rate on the film's clock.

        The microphones stay where they are after `until_s`.
        """
        if len(signal) < 2:
            return
        count = max(2, min(len(positions), int(np.ceil(len(signal) / SAMPLE_RATE_HZ * rate_hz)) + 1))
        chosen = positions[np.minimum(np.arange(count), len(positions) - 1)]
        times = np.arange(count) / rate_hz
        paths = [self.path(min(film_s + t, until_s), p) for t, p in zip(times, chosen, strict=True)]
        middle = paths[count // 2]
        clock = np.arange(len(signal)) / SAMPLE_RATE_HZ
        behind = np.array([path.detour_m for path in paths])
        signal = direct = self.travelled(signal, middle.distance_m)
        if behind.any():
            hidden = shaded(signal, float(np.median(behind[behind > 0])))
            direct = signal + np.interp(clock, times, behind > 0) * (hidden - signal)
        first = min(float(path.delay_s.min()) for path in paths)
        for ear in range(self._layout.channels):
            gains = [path.gain[ear] for path in paths]
            if not any(gains):
                continue
            gain = np.interp(clock, times, gains)
            delay = np.interp(clock, times, [path.delay_s[ear] for path in paths]) - first
            # Reading the source at its own earlier time gives the Doppler shift too.
            late = np.interp(clock - delay, clock, direct * gain, left=0.0)
            self._add(self._direct[ear], late, film_s + first)
        share = self._room.send(middle.distance_m)
        if self._room.outdoors:
            # The ground's answer is made for one place; it follows what comes and goes.
            away = np.interp(clock, times, [max(path.distance_m, CLOSEST_M) for path in paths])
            signal = signal * (max(middle.distance_m, CLOSEST_M) / away)
        self._add(self._cell(film_s, chosen[count // 2]).send, signal * share, film_s)

    def heard(self) -> Array:
        """Everything played, direct and reflected, (C, N) in pascal."""
        if not self.has_air:
            return self._direct
        total = self._direct.copy()
        room = self._room
        send = np.zeros(self.samples)
        for cell in self._cells.values():
            lens = self._track.at(cell.film_s)
            turned = rotation_matrix(lens.orientation)
            points, strength = reverberation.images(room, cell.position, lens.position)
            gain, delay = self._layout.reflected(lens.position, turned, points)
            early = reverberation.taps(gain * strength, delay)
            if room.outdoors:
                # The ground is before the wall as the source is; the walls of a room are all around.
                detour = self._screens.detour_m(cell.position, lens.position)
                early = np.array([shaded(row, detour) for row in early])
            for ear in np.flatnonzero(early.any(axis=1)):
                total[ear] += fftconvolve(cell.send, early[ear])[: self.samples]
            send += cell.send
        if np.any(send):
            # The bass has no part in the room's answer; however many share it, it is as loud.
            ears = np.flatnonzero(self._layout.weights)
            tail = reverberation.tail(room, self._rng, len(ears)) * np.sqrt(2 / len(ears))
            for row, ear in enumerate(ears):
                total[ear] += fftconvolve(send, tail[row])[: self.samples]
        return total

    def _cell(self, film_s: float, position: Array) -> _Cell:
        shot = next(
            (i for i, span in enumerate(self._world.timeline) if film_s < span.film_end_s),
            len(self._world.timeline) - 1,
        )
        edge = max(1.0, float(np.linalg.norm(position - self._track.at(film_s).position)) / 3)
        key = (shot, *(int(v) for v in np.floor(position / edge)))
        if key not in self._cells and len(self._cells) >= MOST_CELLS:
            return min(self._cells.values(), key=lambda c: float(np.linalg.norm(c.position - position)))
        return self._cells.setdefault(key, _Cell(position, film_s, np.zeros(self.samples)))

    def travelled(self, signal: Array, distance: float) -> Array:
        """A sound after its way to the camera, level, delay and shadow apart."""
        if not self.has_air:
            return reverberation.low_passed(signal, 160.0, order=2) * 0.05
        return reverberation.through_air(signal, distance)

    def _add(self, bus: Array, signal: Array, start_s: float) -> None:
        start = round(start_s * SAMPLE_RATE_HZ)
        skip = max(0, -start)
        end = min(start + len(signal), len(bus))
        if end > start + skip:
            bus[start + skip : end] += signal[skip : end - start]
