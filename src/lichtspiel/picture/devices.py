"""Which devices can render here: `python -m lichtspiel.picture.devices` prints them as JSON."""

from __future__ import annotations

import json
import sys

import bpy

from lichtspiel.picture.settings import DEVICES


def names() -> list[str]:
    """Devices that Cycles can use, best first, the processor last."""
    preferences = bpy.context.preferences.addons["cycles"].preferences
    found: list[str] = []
    for kind in DEVICES:
        try:
            preferences.compute_device_type = kind
        except TypeError:
            continue  # this build of Blender does not know it
        preferences.get_devices()
        found += [f"{kind} {device.name}" for device in preferences.devices if device.type == kind]
    preferences.compute_device_type = "NONE"
    return [*dict.fromkeys(found), "CPU"]


if __name__ == "__main__":
    print(json.dumps(names()))
    sys.exit(0)
