"""Camera tracks on disk: `camera.npz`."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np

from lichtspiel.camera.track import Array, CameraTrack, ShotTrack

_FIELDS = ("positions", "orientations", "focal_length_mm", "focus_distance_m")


def save(track: CameraTrack, folder: Path) -> None:
    """Write a track into an existing folder. Same track, same bytes."""
    arrays: dict[str, Array] = {}
    for index, shot in enumerate(track.shots):
        arrays |= {f"{index}:{name}": getattr(shot, name) for name in _FIELDS}
        scalars = [shot.film_start_s, shot.film_end_s, shot.f_stop, float(shot.locked)]
        arrays[f"{index}:scalars"] = np.array(scalars)
    with zipfile.ZipFile(folder / "camera.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.save(buffer, np.ascontiguousarray(array, float))
            # A ZipInfo of our own, because numpy.savez puts the clock into the archive.
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED)


def load(folder: Path) -> CameraTrack:
    """Read a track that `save` wrote."""
    with np.load(folder / "camera.npz") as stored:
        arrays = {name: stored[name] for name in stored.files}
    count = len(arrays) // (len(_FIELDS) + 1)
    return CameraTrack(tuple(_shot(arrays, index) for index in range(count)))


def _shot(arrays: dict[str, Array], index: int) -> ShotTrack:
    start, end, f_stop, locked = arrays[f"{index}:scalars"].tolist()
    return ShotTrack(
        film_start_s=start,
        film_end_s=end,
        f_stop=f_stop,
        locked=bool(locked),
        **{name: arrays[f"{index}:{name}"] for name in _FIELDS},
    )
