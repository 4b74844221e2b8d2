"""A crowd that waits."""

import numpy as np

from lichtspiel import stage
from lichtspiel.screenplay import Action, Beat, Character, Gaze, Screenplay, Setting, Shot, View
from lichtspiel.stage import World


def platform() -> World:
    cast = (Character(id="people", count=40, arrangement="crowd"), Character(id="woman"))
    beats = (
        Beat(subject="people", action=Action.STAND),
        Beat(subject="woman", action=Action.PERFORM, motion="run", gaze=Gaze.CAMERA),
    )
    shots = (Shot(view=View.FRONT, subjects=("woman",)),)
    return stage.build(
        Screenplay(
            title="Platform", setting=Setting(place="train_platform"), cast=cast, beats=beats, shots=shots
        )
    )


def test_who_waits_stands_in_many_ways_and_looks_many_ways() -> None:
    world = platform()
    crowd = [figure for figure in world.figures if figure.character == "people"]
    stances = {one.motion for figure in crowd for one in figure.directions if one.motion}
    assert len(stances) >= 5
    ahead = np.array([[np.sin(figure.yaw), -np.cos(figure.yaw)] for figure in crowd])
    to_track = ahead @ [0.0, 1.0]
    assert (to_track > 0.6).mean() > 0.3  # they wait for a train
    assert (ahead @ np.array(world.facing)[:2] > 0.6).mean() < 0.4  # and do not pose for the camera


def test_some_talk_and_some_look_after_who_runs_by() -> None:
    world = platform()
    watched = {
        figure.name: {one.follows for one in figure.directions if one.action is Action.LOOK}
        for figure in world.figures
    }
    assert sum("woman" in who for who in watched.values()) >= 5
    couples = [(a, b) for a in watched for b in watched[a] if b in watched and a in watched[b] and a < b]
    assert len(couples) >= 3


def test_some_have_a_bag_beside_them() -> None:
    world = platform()
    bags = [np.array(body.position) for body in world.bodies if "_bag_" in body.prop]
    people = np.array([figure.position for figure in world.figures])
    assert len(bags) >= 4
    for bag in bags:
        assert np.linalg.norm((people - bag)[:, :2], axis=1).min() < 0.6
