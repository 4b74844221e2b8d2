"""Writes a figure's performance as a BVH file, with the names of another kind of skeleton."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation

from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import bones_posed
from lichtspiel.take import Performance

_Y_UP = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])
"""From x to the left, -y ahead, z up to x to the left, y up, z ahead."""
_CM = 100.0
MIXAMO = {
    "root": "Hips", "spine03": "Spine1", "spine01": "Spine2", "neck01": "Neck", "head": "Head",
    **{
        f"{bone}.{side}": f"{word}{name}"
        for side, word in (("L", "Left"), ("R", "Right"))
        for bone, name in (
            ("clavicle", "Shoulder"), ("upperarm01", "Arm"), ("lowerarm01", "ForeArm"), ("wrist", "Hand"),
            ("upperleg01", "UpLeg"), ("lowerleg01", "Leg"), ("foot", "Foot"), ("toe2-1", "ToeBase"),
        )
    },
}  # fmt: skip
"""Names by bone of our rig."""


def write(path: Path, physique: Physique, played: Performance, names: dict[str, str] | None = None) -> None:
    """Write it in centimetres, y up."""
    names = names or MIXAMO
    rig = physique.rig
    bones = [rig.index(bone) for bone in names]
    heads, turns = bones_posed(rig, played.root, played.pose)
    below: dict[int, list[int]] = {bone: [] for bone in bones}
    parents = {}
    for bone in bones:
        parent = int(rig.parents[bone])
        while parent >= 0 and parent not in below:
            parent = int(rig.parents[parent])
        parents[bone] = parent
        if parent >= 0:
            below[parent].append(bone)
    called = dict(zip(bones, names.values(), strict=True))
    order: list[int] = []
    lines = ["HIERARCHY"]

    def tell(bone: int, depth: int) -> None:
        pad = "\t" * depth
        first = parents[bone] < 0
        offset = _CM * _Y_UP @ (rig.heads[bone] - (0 if first else rig.heads[parents[bone]]))
        order.append(bone)
        lines.extend([f"{pad}{'ROOT' if first else 'JOINT'} {called[bone]}", f"{pad}{{"])
        lines.append(f"{pad}\tOFFSET {' '.join(f'{v:.5f}' for v in (offset * (not first)))}")
        place = "6 Xposition Yposition Zposition" if first else "3"
        lines.append(f"{pad}\tCHANNELS {place} Zrotation Xrotation Yrotation")
        for child in below[bone]:
            tell(child, depth + 1)
        if not below[bone]:
            end = _CM * _Y_UP @ (rig.tails[bone] - rig.heads[bone])
            lines.extend([f"{pad}\tEnd Site", f"{pad}\t{{"])
            lines.extend([f"{pad}\t\tOFFSET {' '.join(f'{v:.5f}' for v in end)}", f"{pad}\t}}"])
        lines.append(f"{pad}}}")

    (top,) = [bone for bone in bones if parents[bone] < 0]
    tell(top, 0)
    lines += ["MOTION", f"Frames: {len(heads)}", f"Frame Time: {1 / played.rate_hz:.8f}"]
    columns = [_CM * heads[:, top] @ _Y_UP.T]
    for bone in order:
        turn = Rotation.from_quat(turns[:, bone], scalar_first=True)
        if parents[bone] >= 0:
            turn = Rotation.from_quat(turns[:, parents[bone]], scalar_first=True).inv() * turn
        own = Rotation.from_matrix(_Y_UP @ turn.as_matrix() @ _Y_UP.T)
        columns.append(own.as_euler("ZXY", degrees=True))
    table = np.concatenate(columns, 1)
    lines += [" ".join(f"{value:.4f}" for value in row) for row in table]
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
