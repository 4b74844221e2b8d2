"""Camera words to shots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lichtspiel.director.ledger import Ledger
from lichtspiel.director.lexicon import Cue
from lichtspiel.director.senses import CueWord, Item
from lichtspiel.screenplay import Action, CameraMove, Shot, ShotSize, View

FOCAL_LENGTH_MM = {
    ShotSize.EXTREME_CLOSE_UP: 85.0, ShotSize.CLOSE_UP: 65.0, ShotSize.MEDIUM_CLOSE_UP: 50.0,
    ShotSize.MEDIUM: 40.0, ShotSize.FULL: 35.0, ShotSize.WIDE: 28.0, ShotSize.EXTREME_WIDE: 24.0,
}  # fmt: skip
"""Lens for full frame (36 mm sensor) that suits a size, when the prompt names none."""
_LIMITS = {"focal_length_mm": (8.0, 400.0), "f_stop": (0.7, 64.0)}
_NEW_SHOT = ("size", "move", "angle", "view")


@dataclass
class DraftShot:
    start: int
    """Token at which it begins."""
    sentence: int
    fields: dict[str, Any] = field(default_factory=dict)
    subjects: list[str] = field(default_factory=list)
    items: dict[str, list[Item]] = field(default_factory=dict)


def draft_shots(cues: Sequence[tuple[Item, CueWord, int]], ledger: Ledger) -> list[DraftShot]:
    """Shots as the camera words give them, in order; always at least one."""
    shots = [DraftShot(0, 0)]
    for item, word, sentence in cues:
        fields = _fields(item, word, ledger)
        if fields is None:
            continue
        shot = shots[-1]
        clash = [
            name
            for name in _NEW_SHOT
            if name in fields and shot.fields.get(name, fields[name]) != fields[name]
        ]
        started = bool(shot.fields) or item.start > 0
        if (word.cue.cut and started) or (clash and sentence != shot.sentence and not _joined(shot, fields)):
            shots.append(DraftShot(item.start, sentence))
            shot = shots[-1]
        _apply(shot, len(shots) - 1, item, word.cue, fields, ledger)
        shot.sentence = sentence if not shot.items else shot.sentence
    return shots


def _fields(item: Item, word: CueWord, ledger: Ledger) -> dict[str, Any] | None:
    """Fields of the shot that a cue sets; None when it is not about a shot."""
    cue = word.cue
    if cue.amount in _LIMITS and word.amount is not None:
        low, high = _LIMITS[cue.amount]
        if not low <= word.amount <= high:
            ledger.refuse(item, f"lenses go from {low:g} to {high:g}")
            return None
    return shot_fields(word)


def shot_fields(word: CueWord) -> dict[str, Any] | None:
    """Fields of the shot that a cue sets, within the limits of lenses; None when it is not about a shot."""
    cue = word.cue
    if cue.amount in _LIMITS and word.amount is not None:
        low, high = _LIMITS[cue.amount]
        return {cue.amount: min(max(word.amount, low), high)}
    if cue.amount == "slowdown" and word.amount:
        return {"time_scale": round(min(max(1 / word.amount, 0.02), 1.0), 4)}
    if cue.amount is not None:
        return None
    if cue.shot or cue.camera:
        return dict(cue.shot)
    return None


def _joined(shot: DraftShot, fields: dict[str, Any]) -> bool:
    moves = {shot.fields.get("move"), fields.get("move")}
    return moves == {CameraMove.DRONE_PULL_BACK, CameraMove.DOLLY_OUT}


def _apply(shot: DraftShot, index: int, item: Item, cue: Cue, fields: dict[str, Any], ledger: Ledger) -> None:
    if not fields:
        ledger.realise(item, f"shots.{index}", "a new shot" if cue.cut else "the camera")
        return
    for name, value in fields.items():
        held = shot.fields.get(name)
        slot = f"shots.{index}.{name}"
        if held is None or held == value:
            shot.fields[name] = value
            shot.items.setdefault(name, []).append(item)
            ledger.realise(item, slot)
        elif name == "move" and {str(held), str(value)} == {"drone_pull_back", "dolly_out"}:
            shot.fields[name] = CameraMove.DRONE_PULL_BACK
            ledger.realise(item, slot)
        elif name in ("focal_length_mm", "time_scale", "f_stop"):
            shot.fields[name] = value
            ledger.realise(item, slot)
        else:
            ledger.refuse(item, f"a shot has one {name}: {held} was said first")


def built_shots(
    drafts: Sequence[DraftShot], actions: Sequence[Action], ledger: Ledger, *, gone: bool = False
) -> tuple[Shot, ...]:
    """Finished shots, with what the prompt left open filled in. gone: something goes off on its own legs."""
    shots = []
    for index, draft in enumerate(drafts):
        fields = dict(draft.fields)
        if fields.get("move") == CameraMove.DRONE_PULL_BACK:
            _fill(fields, "size", ShotSize.WIDE.value, index, ledger)
            _fill(fields, "angle", "high", index, ledger)
        _fill(fields, "size", ShotSize.MEDIUM.value, index, ledger)
        _fill(fields, "angle", "eye_level", index, ledger)
        if gone and not {"move", "view"} & fields.keys():
            # A horse is soon out of a still picture.
            _fill(fields, "move", CameraMove.TRACKING.value, index, ledger)
            _fill(fields, "view", View.SIDE.value, index, ledger)
        _fill(fields, "view", "three_quarter", index, ledger)
        # What bounces away would become tiny in a picture wide enough for all of its way.
        travels = Action.BOUNCE in actions
        if "move" not in fields:
            fields["follow"] = not travels
        _fill(fields, "move", (CameraMove.PAN if travels else CameraMove.STATIC).value, index, ledger)
        _fill(fields, "focal_length_mm", FOCAL_LENGTH_MM[ShotSize(fields["size"])], index, ledger)
        shots.append(Shot.model_validate({**fields, "subjects": tuple(dict.fromkeys(draft.subjects))}))
    return tuple(shots)


def _fill(fields: dict[str, Any], name: str, value: Any, index: int, ledger: Ledger) -> None:
    if name not in fields:
        fields[name] = value
        ledger.fill(name, f"shots.{index}.{name}", f"{value}")
