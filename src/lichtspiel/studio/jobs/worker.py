"""The rendering process: `python -m lichtspiel.studio.jobs.worker FOLDER ENGINE`.

Makes one video after the other. Its standard input is a line to the server: when that breaks,
because the server was stopped or killed, this process ends with all its group.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

from lichtspiel.cut.pictures import spritesheet, thumbnail
from lichtspiel.director import PromptError
from lichtspiel.engines import Engine, EngineError, FilmError, FilmRequest
from lichtspiel.picture import TIERS
from lichtspiel.screenplay import Understanding
from lichtspiel.studio import connection, media, plan
from lichtspiel.studio.database import Sessions, Video
from lichtspiel.studio.home import Home
from lichtspiel.studio.jobs import queue
from lichtspiel.studio.jobs.progress import Meter

_LOOK_AGAIN_S = 0.25

_log = logging.getLogger(__name__)


def main(arguments: list[str]) -> None:
    """Work until the server ends."""
    _end_with_server()
    logging.basicConfig(format="%(asctime)s worker: %(message)s")
    home, engine = Home(Path(arguments[0])), _engine(arguments[1])
    with home.alone("worker", wait=True):
        database = connection.sessions(connection.url(home))
        queue.take_up_again(database)
        while True:
            video = queue.claim(database)
            if video is None:
                time.sleep(_LOOK_AGAIN_S)
            else:
                work(home, database, engine, video)


def work(home: Home, database: Sessions, engine: Engine, video: Video) -> None:
    """Make a video, or tell why there is none."""
    try:
        make(home, database, engine, video)
    except PromptError as error:
        queue.fail(database, video.id, "prompt_not_filmable", str(error))
    except FilmError as error:
        queue.fail(database, video.id, "film_not_possible", str(error))
    except EngineError as error:
        _log.error("%s: %s", video.id, error)
        queue.retry(database, video.id, "engine_failed", str(error))
    except Exception:
        _log.exception("%s", video.id)
        queue.retry(
            database, video.id, "internal_error", "Making this video failed; the studio's log says how."
        )


def make(home: Home, database: Sessions, engine: Engine, video: Video) -> None:
    """Make a video with its stills. Raises PromptError, FilmError and EngineError."""
    screenplay, understanding = plan.plan(video)
    queue.directed(database, video.id, screenplay.model_dump(mode="json"))
    queue.account(database, video.id, _ledger(understanding), plan.notes_on(video))
    folder = home.media(video.id)
    folder.mkdir(exist_ok=True)
    film = folder / media.VARIANTS["video"].file
    quality = TIERS[video.quality].with_size(video.width, video.height).with_fps(video.fps)
    meter = Meter(lambda percent: queue.advance(database, video.id, percent), video.progress)
    made = engine.film(FilmRequest(screenplay, understanding, film, quality), meter)
    thumbnail(film, folder / media.VARIANTS["thumbnail"].file)
    spritesheet(film, folder / media.VARIANTS["spritesheet"].file)
    faults = [f"Fault of the sound: {fault}" for fault in made.sound.faults]
    queue.account(database, video.id, _ledger(made.understanding), [*plan.notes_on(video), *faults])
    if not queue.complete(database, video.id):
        shutil.rmtree(folder, ignore_errors=True)


def _ledger(understanding: Understanding) -> list[object]:
    return [reading.model_dump(mode="json") for reading in understanding.readings]


def _engine(name: str) -> Engine:
    if name == "fake":
        from lichtspiel.engines.fake import FakeEngine  # noqa: PLC0415 - only where it is asked for

        return FakeEngine()
    from lichtspiel.engines.world import WorldEngine  # noqa: PLC0415 - takes a second

    return WorldEngine()


def _end_with_server() -> None:
    """Leave standard input to the server alone, and end this group when it breaks."""
    line = os.dup(sys.stdin.fileno())
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - a device
        os.dup2(nothing.fileno(), sys.stdin.fileno())

    def watch() -> None:
        os.read(line, 1)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    main(sys.argv[1:])
