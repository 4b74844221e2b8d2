"""OpenAI's Node client against a running studio: every operation."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PIL import Image

from tests.studio import node_client
from tests.studio.studio import Studio


@pytest.fixture(scope="module")
def seen(studio: Studio, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("node")
    Image.new("RGB", (96, 64), (200, 120, 40)).save(folder / "picture.png")
    done = node_client.run("client.mjs", studio.url, studio.key, str(folder))
    assert done.returncode == 0, done.stderr + studio.words()
    return json.loads(done.stdout)


def test_a_film_is_made_and_fetched(seen: Any) -> None:
    assert seen["made"] == {"status": "completed", "size": "96x64", "seconds": "4", "progress": 100}
    assert (seen["film"], seen["thumbnail"]) == ("ftyp", "image/webp")


def test_films_are_made_from_films(seen: Any) -> None:
    assert seen["remix"] == {"status": "completed", "from": True}
    assert seen["edit"] == {"status": "completed", "light": "night"}
    assert seen["sent"] == {"status": "completed"}
    assert seen["extended"] == {"status": "completed", "seconds": "8"}


def test_characters_and_pictures_are_taken(seen: Any) -> None:
    assert seen["character"] == "Captain Moss"
    assert (seen["reference"], seen["url"]) == ("completed", "completed")


def test_lists_and_batches_work(seen: Any) -> None:
    assert seen["listed"]
    assert not seen["twice"]
    assert seen["batch"] == {"status": "completed", "made": "completed"}
    assert {"sora-2", "sora-2-pro"} <= set(seen["models"])


def test_errors_are_the_clients_own(seen: Any) -> None:
    assert seen["deleted"]
    gone = {"status": 404, "code": "not_found", "param": "video_id", "type": "invalid_request_error"}
    assert seen["gone"] == gone
    assert (seen["wrong"]["status"], seen["wrong"]["param"]) == (400, "seconds")
