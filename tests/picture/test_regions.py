import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtspiel.picture import regions

RNG = np.random.default_rng(0)
STILL = RNG.integers(40, 200, (48, 32, 3)).astype(np.uint8)


def test_nothing_is_touched_where_nothing_changes() -> None:
    assert not regions.touched(STILL, STILL).any()


def test_a_thing_and_its_faint_shadow_are_touched() -> None:
    moving = STILL.copy()
    moving[5:9, 5:9] = 255
    moving[25:40, 10:25] -= 2  # a soft shadow, far below the noise of the picture
    mask = regions.touched(STILL, moving)
    assert mask[5:9, 5:9].all()
    assert mask[30:35, 15:20].all()
    assert not mask[:, 30:].any()


def test_a_lone_bright_path_is_no_influence() -> None:
    moving = STILL.copy()
    moving[20, 20] = 255
    assert not regions.touched(STILL, moving).any()


@given(st.lists(st.tuples(*[st.integers(0, 30)] * 2), max_size=6))
def test_boxes_hold_the_whole_mask(points: list[tuple[int, int]]) -> None:
    mask = np.zeros((48, 32), bool)
    for row, column in points:
        mask[row : row + 3, column : column + 2] = True
    assert not (mask & ~regions.covered(regions.boxes_around(mask), mask.shape)).any()


def test_far_things_get_boxes_of_their_own_and_near_ones_share_one() -> None:
    mask = np.zeros((200, 200), bool)
    mask[10:20, 10:20] = mask[180:190, 180:190] = mask[10:20, 24:34] = True
    boxes = regions.boxes_around(mask)
    assert len(boxes) == 2
    assert regions.area(boxes) < 0.02 * mask.size


def test_what_does_not_differ_keeps_the_plate_to_the_bit() -> None:
    box = (4, 6, 28, 40)
    crop = STILL[6:40, 4:28].copy()
    crop[:, 8:] = crop[:, 8:] // 2 + 100
    crop[:, :4] += np.uint8(1)  # noise below what the eye sees
    mask = regions.covered([(6, 8, 26, 38)], STILL.shape[:2])
    result = regions.joined(STILL, crop, box, mask)
    outside = ~regions.covered([box], STILL.shape[:2])
    assert (result[outside] == STILL[outside]).all()
    assert (result[6:40, 4:8] == STILL[6:40, 4:8]).all()
    assert (result[12:34, 15:22] == crop[6:28, 11:18]).all()


@pytest.mark.parametrize("shape", [(480, 270), (854, 480), (64, 48)])
def test_a_probes_mask_grows_to_the_picture(shape: tuple[int, int]) -> None:
    small = np.zeros((shape[0] // 4, shape[1] // 4), bool)
    small[-1, -1] = True
    large = regions.enlarged(small, shape)
    assert large.shape == shape
    assert large[-1, -1]
    assert not large[0, 0]
