from dataclasses import replace

import numpy as np

from lichtspiel.picture import neighbours
from lichtspiel.picture.neighbours import View

HEIGHT, WIDTH, DEPTH_M, FOCAL = 60, 80, 10.0, 2.0


def _wall(x_m: np.ndarray, y_m: np.ndarray) -> np.ndarray:
    """A smoothly patterned wall, grey levels at points in metres."""
    grey: np.ndarray = 128 + 50 * np.sin(1.7 * x_m) + 40 * np.cos(2.3 * y_m + x_m)
    return grey


def _view(at_x_m: float, seed: int = 0, body_x_m: float | None = None, noise: float = 0.0) -> View:
    """A camera at (x, 0, 0) before a wall, which may have a body of a flat colour in front of it."""
    across = ((np.arange(WIDTH) + 0.5) / WIDTH * 2 - 1) / FOCAL
    up = (1 - (np.arange(HEIGHT) + 0.5) / HEIGHT * 2) / FOCAL
    grey = _wall(at_x_m + DEPTH_M * across[None], DEPTH_M * up[:, None])
    depth, body = np.full((HEIGHT, WIDTH), DEPTH_M), np.zeros((HEIGHT, WIDTH), int)
    pose = np.eye(4)
    if body_x_m is not None:
        near = DEPTH_M / 2
        here = (np.abs(at_x_m + near * across[None] - body_x_m) < 0.4) & (np.abs(near * up[:, None]) < 0.5)
        grey, depth, body = np.where(here, 250, grey), np.where(here, near, depth), here.astype(int)
        pose[:3, 3] = body_x_m, 0, -near
    camera, lens = np.eye(4), np.zeros((4, 4))
    camera[0, 3] = at_x_m
    lens[0, 0] = lens[1, 1] = FOCAL
    lens[2, 2] = lens[3, 2] = -1.0
    noisy = grey + np.random.default_rng(seed).normal(0, noise, grey.shape)
    picture = np.repeat(np.clip(noisy, 0, 255)[..., None], 3, axis=2).astype(np.uint8)
    return View(picture, depth.astype(np.float32), body.astype(np.intp), lens, camera, {1: pose})


def test_a_neighbour_is_carried_to_where_its_points_are() -> None:
    here, there = _view(0.0, 1), _view(0.37, 2)
    seen, valid = neighbours.carried(there, here)
    inner = valid[:, 5:-5]
    assert inner.mean() > 0.85
    assert np.abs(seen - here.picture)[:, 5:-5][inner].max() < 3
    assert np.abs(there.picture.astype(float) - here.picture).mean() > 10, "the camera did move"


def test_three_noisy_frames_make_one_with_less_noise() -> None:
    frames = [_view(x, seed, noise=6.0) for seed, x in enumerate((-0.3, 0.0, 0.3), 1)]
    truth = _view(0.0).picture.astype(float)
    joined = neighbours.settled(frames[1], [frames[0], frames[2]])
    before, after = (np.abs(p - truth)[:, 10:-10].mean() for p in (frames[1].picture, joined))
    assert after < 0.75 * before


def test_a_moving_body_leaves_no_ghost() -> None:
    frames = [_view(0.0, 1, body_x_m) for body_x_m in (-0.9, 0.0, 0.9)]
    joined = neighbours.settled(frames[1], [frames[0], frames[2]]).astype(float)
    assert np.abs(joined - frames[1].picture).max() <= 8
    seen, valid = neighbours.carried(frames[0], frames[1])
    own = frames[1].body == 1
    assert (valid & own).sum() > 0.7 * own.sum(), "the body is found where it was"
    assert np.abs(seen[valid & own] - 250).mean() < 8


def test_what_changed_colour_keeps_its_own() -> None:
    here = _view(0.0, 1)
    changed = replace(here, picture=np.clip(here.picture.astype(int) + 40, 0, 255).astype(np.uint8))
    assert (neighbours.settled(here, [changed, changed]) == here.picture).mean() > 0.95
