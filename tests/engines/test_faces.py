"""Faces are found in pictures, large and small ones, and nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from lichtspiel.engines.opening.faces import faces_in

EXAMPLES = Path(__file__).parents[2] / "examples"
THINGS = sorted(EXAMPLES.glob("*.jpg"))
PEOPLE = {"acting.jpg", "cast.jpg", "people.jpg"}


def example(name: str) -> Image.Image:
    with Image.open(EXAMPLES / name) as opened:
        return opened.convert("RGB")


def test_everybody_in_a_sheet_of_twelve_is_found() -> None:
    sheet = example("cast.jpg")
    found = faces_in(sheet)
    assert len(found) == 12
    tiles = {(int(3 * (face.left + face.right)), int(face.top + face.bottom)) for face in found}
    assert len(tiles) == 12, "one face is counted twice"


@pytest.mark.parametrize("share", [0.08, 0.3, 1.0])
def test_a_face_is_found_however_much_of_the_picture_it_fills(share: float) -> None:
    sheet = example("cast.jpg")
    face = max(faces_in(sheet), key=lambda face: face.certainty)
    width, height = sheet.size
    alone = sheet.crop((face.left * width, face.top * height, face.right * width, face.bottom * height))
    picture = Image.new("RGB", (1280, 720), (110, 120, 130))
    tall = round(720 * share)
    alone = alone.resize((round(tall * alone.width / alone.height), tall))
    picture.paste(alone, ((1280 - alone.width) // 2, (720 - tall) // 2))
    assert len(faces_in(picture)) == 1


@pytest.mark.parametrize("path", [path for path in THINGS if path.name not in PEOPLE], ids=lambda p: p.stem)
def test_things_and_places_have_no_face(path: Path) -> None:
    with Image.open(path) as opened:
        assert faces_in(opened.convert("RGB")) == ()
