"""People who fill what stands before them, one vessel after the other, from what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lichtspiel.library.motion import MotionEntry
from lichtspiel.screenplay import Beat
from lichtspiel.stage.blocking import Blocking
from lichtspiel.stage.instance import Instance, as_vec3
from lichtspiel.stage.people import Actor
from lichtspiel.stage.world import Direction, Stream


def poured_into(blocking: Blocking, beat: Beat, motion: MotionEntry) -> list[Instance]:
    """The vessels that a beat fills: its target, else what the motion is done to."""
    groups = [blocking.cast.get(beat.target or "", [])]
    groups += [group for group in blocking.cast.values() if group[0].entry.id in motion.before]
    return next((g for g in groups if g and g[0].region("inside") is not None and not g[0].is_fixed), [])


def pour(
    blocking: Blocking,
    beat: Beat,
    motion: MotionEntry,
    actor: Actor,
    held: Sequence[Instance],
    told: Direction,
) -> Direction:
    """Let what an actor holds run into each vessel in its turn, the nearest to the pouring hand first; the
    motion takes as long as that."""
    source = next((thing for thing in held if thing.spot("spout") is not None), None)
    vessels = poured_into(blocking, beat, motion)
    if motion.pours is None or source is None or not vessels:
        return told
    grip = next((g for g in blocking.grips if g.body == source.root_body and g.figure == actor.name), None)
    if grip is None:
        return told
    side = np.array([np.cos(actor.yaw), np.sin(actor.yaw), 0.0]) * (1.0 if grip.part == "hand_l" else -1.0)
    vessels = sorted(vessels, key=lambda vessel: -float(vessel.position @ side))
    told = replace(told, speed=told.speed * motion.duration_s / motion.lasts_s(len(vessels)))
    rate = beat.speed
    for number, vessel in enumerate(vessels):
        begins = told.start_s + (motion.pours.begins_s + number * motion.pours.again_s) / rate
        ends = begins + motion.pours.lasts_s / rate
        if motion.loops and number == len(vessels) - 1:
            # Who goes on pours until the end.
            ends = max(ends, blocking.until_s(beat))
        blocking.streams.append(_stream(source, vessel, motion, begins, ends))
    return told


def _stream(source: Instance, vessel: Instance, motion: MotionEntry, begins: float, ends: float) -> Stream:
    assert motion.pours is not None
    root = np.array(source.root.position)
    mouth = np.array(source.asset.spots["spout"])
    throat = np.array(source.asset.spots.get("throat", (0.0, 0.0, mouth[2])))
    along = (mouth - throat) / np.linalg.norm(mouth - throat)
    floor = vessel.asset.regions["inside"][0][2] - vessel.root.position[2]
    return Stream(
        outlet=as_vec3(mouth - root),
        vessel=vessel.body(vessel.root),
        flow_m3_s=motion.pours.flow_l_s / 1000,
        start_s=begins,
        end_s=ends,
        floor_m=float(floor),
        source=source.root_body,
        along=as_vec3(along),
        mouth_m=motion.pours.bore_m,
        liquid=motion.pours.liquid,
        tilt_rad=float(np.radians(motion.pours.tilt_deg)),
    )
