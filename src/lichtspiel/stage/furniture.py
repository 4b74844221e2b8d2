"""Furniture that a place already has stands for the prop that asks for it."""

from __future__ import annotations

from lichtspiel.library import catalogue
from lichtspiel.screenplay import Action, Beat, Outcome, Placement, Prop, Screenplay, Setting, Shot


def use_own_furniture(screenplay: Screenplay) -> Screenplay:
    """The screenplay without props that the place furnishes itself.

    A kitchen has its counter: a glass "on the table" of a dining room stands on that room's
    table, and a wooden one makes its top of wood. Things that act, or are wanted in a number,
    colour or size of their own, stay props. Other records then speak of `ground`.
    """
    own = {prop.id: prop for prop in screenplay.props if _is_furnished(screenplay, prop)}
    if not own or (len(own) == len(screenplay.props) and not screenplay.cast):
        return screenplay
    material = next((prop.material for prop in own.values() if prop.material), None)
    setting = screenplay.setting
    return screenplay.model_copy(
        update={
            "setting": Setting.model_copy(setting, update={"ground": setting.ground or material}),
            "props": tuple(_resettled(p, set(own)) for p in screenplay.props if p.id not in own),
            "beats": tuple(_retargeted(beat, set(own)) for beat in screenplay.beats),
            "shots": tuple(_without(shot, set(own)) for shot in screenplay.shots),
        }
    )


def _is_furnished(screenplay: Screenplay, prop: Prop) -> bool:
    place = catalogue.places()[screenplay.setting.place]
    plain = prop.count == 1 and prop.colour is None and prop.scale == 1.0
    acts = any(beat.subject == prop.id for beat in screenplay.beats)
    still = not acts and not _is_handled(screenplay, prop)
    return prop.thing in place.furnishes and plain and still and prop.placement == Placement()


def _is_handled(screenplay: Screenplay, prop: Prop) -> bool:
    """Whether somebody takes it in hand, or does something else with a seat than to sit on it."""
    seat = "seat" in catalogue.things()[prop.thing].tags
    return any(
        prop.id in beat.using or (seat and beat.target == prop.id and not _sits(beat))
        for beat in screenplay.beats
    )


def _sits(beat: Beat) -> bool:
    score = catalogue.scores().get(beat.motion or "")
    return beat.action is Action.SIT or (score is not None and score.base == "sit")


def _resettled(prop: Prop, own: set[str]) -> Prop:
    if prop.placement.target not in own:
        return prop
    return prop.model_copy(update={"placement": prop.placement.model_copy(update={"target": "ground"})})


def _retargeted(beat: Beat, own: set[str]) -> Beat:
    def outcome(given: Outcome) -> Outcome:
        return given.model_copy(update={"target": "ground"}) if given.target in own else given

    target = "ground" if beat.target in own else beat.target
    return beat.model_copy(update={"target": target, "outcomes": tuple(map(outcome, beat.outcomes))})


def _without(shot: Shot, own: set[str]) -> Shot:
    return shot.model_copy(update={"subjects": tuple(s for s in shot.subjects if s not in own)})
