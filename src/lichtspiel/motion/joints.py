"""Which joint of a foreign skeleton is which of a person's.

Hands, feet and head are told by their names, which are much alike everywhere; the rest follows from how the
skeleton hangs together, which is alike even where names are not: what carries both hands is the chest,
what carries both feet the pelvis, before a hand come forearm and upper arm, before a foot shin and thigh.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lichtspiel.motion.recording import RecordingError

SIDES = ("l", "r")
NAMED = ("head", "hand_l", "hand_r", "foot_l", "foot_r")
"""Joints that have to be found by name, or told."""
_WORDS = {"hand": {"hand", "wrist"}, "foot": {"foot", "ankle"}, "head": {"head"}}
_LEFT, _RIGHT = {"l", "left"}, {"r", "right"}
_BETWEEN = {"twist", "roll", "helper", "ik", "pole", "target", "end", "nub", "site"}
"""Joints of such names lie within limbs or outside the body, and are no joints of it."""
_FINGERS = ({"thumb"}, {"index", "point"}, {"middle", "mid"}, {"ring"}, {"little", "pinky", "pinkie"})


@dataclass(frozen=True)
class Joints:
    """Columns of a recording."""

    pelvis: int
    chest: int
    head: int
    hands: tuple[int, int]
    """Left, right."""
    forearms: tuple[int, int]
    arms: tuple[int, int]
    collars: tuple[int | None, int | None]
    feet: tuple[int, int]
    shins: tuple[int, int]
    thighs: tuple[int, int]
    toes: tuple[int | None, int | None]
    fingers: tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]
    """Of each hand thumb to little finger, each from the knuckle on; empty where there are none."""


def joints(names: Sequence[str], parents: Sequence[int], told: Mapping[str, str] | None = None) -> Joints:
    """Find a person's joints. told: names by any of `NAMED`, where those of the skeleton do not tell.

    Raises RecordingError, which lists the joints that there are.
    """
    found = {role: _named(role, names, parents, (told or {}).get(role)) for role in NAMED}
    lost = [role for role, column in found.items() if column is None]
    if lost:
        raise RecordingError(
            f"The skeleton has no joint that is known as {', '.join(lost)}. Say which it is, as in "
            f"--joint {lost[0]}=NAME. Its joints: {', '.join(names)}."
        )
    head, *ends = (int(column) for column in found.values() if column is not None)
    hands, feet = (ends[0], ends[1]), (ends[2], ends[3])
    chest, pelvis = _shared(hands, parents), _shared(feet, parents)
    arms = [_limb(hand, chest, names, parents, "hand") for hand in hands]
    legs = [_limb(foot, pelvis, names, parents, "foot") for foot in feet]
    return Joints(
        pelvis,
        chest,
        head,
        hands,
        (arms[0][0], arms[1][0]),
        (arms[0][1], arms[1][1]),
        (_before(arms[0]), _before(arms[1])),
        feet,
        (legs[0][0], legs[1][0]),
        (legs[0][1], legs[1][1]),
        (_child(feet[0], names, parents), _child(feet[1], names, parents)),
        (_fingers(hands[0], names, parents), _fingers(hands[1], names, parents)),
    )


def words_of(name: str) -> set[str]:
    """Words of a joint's name in lower case: mixamorig:LeftForeArm has left, fore and arm."""
    own = re.sub(r"^.*[:|]", "", name)
    own = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", own)
    own = re.sub(r"^([lr])([A-Z])", r"\1 \2", own)
    own = re.sub(r"^([LR])([A-Z][a-z])", r"\1 \2", own)
    return {word for word in re.split(r"[^a-z]+", own.lower()) if word}


def _named(role: str, names: Sequence[str], parents: Sequence[int], told: str | None) -> int | None:
    if told is not None:
        if told not in names:
            raise RecordingError(f"The skeleton has no joint {told}. Its joints: {', '.join(names)}.")
        return names.index(told)
    part, _, side = role.partition("_")
    fits = []
    for column, name in enumerate(names):
        words = words_of(name)
        sided = not side or words & (_LEFT if side == "l" else _RIGHT)
        if words & _WORDS[part] and sided and not words & _BETWEEN:
            fits.append(column)
    return min(fits, key=lambda column: _depth(column, parents), default=None)


def _depth(column: int, parents: Sequence[int]) -> int:
    return len(_up(column, parents))


def _up(column: int, parents: Sequence[int]) -> list[int]:
    """What carries a joint, the nearest first."""
    found = []
    while parents[column] >= 0:
        column = parents[column]
        found.append(column)
    return found


def _shared(pair: tuple[int, int], parents: Sequence[int]) -> int:
    """The nearest joint that carries both."""
    second = _up(pair[1], parents)
    shared = [column for column in _up(pair[0], parents) if column in second]
    if not shared:
        raise RecordingError("The skeleton is in pieces: nothing of it carries both sides of the body.")
    return shared[0]


def _limb(end: int, base: int, names: Sequence[str], parents: Sequence[int], what: str) -> list[int]:
    """Joints between the end of a limb and what carries it, the nearest to the end first."""
    between = []
    for column in _up(end, parents):
        if column == base:
            break
        if not words_of(names[column]) & _BETWEEN:
            between.append(column)
    if len(between) < 2:
        raise RecordingError(
            f"Between {names[base]} and {names[end]} there are {len(between)} joints; a {what} needs two, "
            "those of its upper and its lower limb."
        )
    return between


def _before(limb: list[int]) -> int | None:
    return limb[2] if len(limb) > 2 else None


def _child(column: int, names: Sequence[str], parents: Sequence[int]) -> int | None:
    fits = [c for c, parent in enumerate(parents) if parent == column and not words_of(names[c]) & _BETWEEN]
    return fits[0] if fits else None


def _fingers(hand: int, names: Sequence[str], parents: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    below = [c for c in range(len(names)) if hand in _up(c, parents) and not words_of(names[c]) & _BETWEEN]
    found = []
    for finger in _FINGERS:
        chain = sorted((c for c in below if words_of(names[c]) & finger), key=lambda c: _depth(c, parents))
        # Those of four have a bone within the palm first.
        found.append(tuple(chain[-3:]))
    return tuple(found) if all(len(chain) >= 2 for chain in found) else ()
