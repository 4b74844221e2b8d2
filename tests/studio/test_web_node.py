"""OpenAI's Node client against a running studio. Its packages are in `node/`, pinned by a lock file."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.studio.studio import Studio

HERE = Path(__file__).parent / "node"
MODULES = Path(sys.prefix) / "node"
"""Where `make install` puts them."""


@pytest.fixture(scope="module")
def seen(studio: Studio, tmp_path_factory: pytest.TempPathFactory) -> Any:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed, so its client cannot be tried")
    if not (MODULES / "node_modules" / "openai").is_dir():
        pytest.skip(f"Node's client is not installed: npm ci in {MODULES}, as `make install` does")
    folder = tmp_path_factory.mktemp("node")
    Image.new("RGB", (96, 64), (200, 120, 40)).save(folder / "picture.png")
    command = [node, str(HERE / "client.mjs"), str(MODULES), studio.url, studio.key, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
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
