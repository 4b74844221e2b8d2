"""Who rides a horse: its pieces go with the saddle, each as the gait has it."""

from __future__ import annotations

from dataclasses import replace

from lichtspiel.library.asset import Joint
from lichtspiel.library.motion import MotionEntry
from lichtspiel.stage.holding import carried
from lichtspiel.stage.instance import Instance
from lichtspiel.stage.people import Actor
from lichtspiel.stage.world import Grip


def mounted(actor: Actor, mount: Instance, motion: MotionEntry) -> list[Grip]:
    """How what somebody sits or stands on goes along with them."""
    if not motion.canters:
        return carried(actor, mount, motion.holds, 0.0)
    # A horse that nobody rides stands still; every piece of one that is ridden is led.
    parts = tuple(replace(part, joint=Joint(), parent=None) for part in mount.asset.parts)
    mount.asset = replace(mount.asset, parts=parts)
    hold = next(hold for hold in motion.holds if hold.part == "seat")
    pieces = [hold.model_copy(update={"piece": part.name, "thing": mount.entry.id}) for part in parts]
    grips = carried(actor, mount, pieces, 0.0)
    return [replace(grip, gait_of=part.name) for grip, part in zip(grips, parts, strict=True)]
