"""The process that makes films: `python -m lichtspiel.studio.jobs.hand ENGINE`.

Knows neither database nor network. Every line of its standard input is an order: to read a prompt,
or a step of an engine, with the work folder. It is answered by lines of JSON: `progress` on the way,
then one of `done`, `unreadable` (no film can come of these words), `failed` (nor of what they were
read as), `broken` (try again) or `pack` (fetch this pack first). When its input breaks, it ends with
all its group.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from lichtspiel.studio.jobs.confine import confine

if TYPE_CHECKING:
    from lichtspiel.engines import Engine

ENGINES = ("world", "fake")
"""What films are made with: worlds, or coloured frames for trying programs quickly."""


def main(arguments: list[str]) -> None:
    """Follow orders until they end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine()
    voice = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever libraries print
    orders = _orders()
    engine = opened(arguments[0])
    while True:
        answer = _followed(engine, orders.get(), voice)
        _say(voice, answer)


def check(name: str) -> None:
    """Raise ValueError when there is no engine of this name; `fake:0.5` takes half a second per frame."""
    kind, _, frame_s = name.partition(":")
    if kind not in ENGINES or (frame_s and (kind != "fake" or not frame_s.replace(".", "", 1).isdecimal())):
        raise ValueError(f"{name} is unknown: choose {' or '.join(ENGINES)}.")


def opened(name: str) -> Engine:
    """An engine by its name, which `check` has found right."""
    kind, _, frame_s = name.partition(":")
    if kind == "fake":
        from lichtspiel.engines.fake import FakeEngine  # noqa: PLC0415 - only where it is asked for

        return FakeEngine(float(frame_s or 0))
    from lichtspiel.engines.world import WorldEngine  # noqa: PLC0415 - takes a second

    return WorldEngine()


def _followed(engine: Engine, order: dict[str, Any], voice: TextIO) -> dict[str, Any]:
    from lichtspiel.director import PromptError  # noqa: PLC0415 - after the process is confined
    from lichtspiel.engines import FilmError  # noqa: PLC0415
    from lichtspiel.packs.store import PackMissingError  # noqa: PLC0415

    try:
        _do(engine, order, voice)
    except PackMissingError as missing:
        return {"pack": missing.pack}
    except PromptError as error:
        return {"unreadable": str(error)}
    except FilmError as error:
        return {"failed": str(error)}
    except Exception as error:
        traceback.print_exc()
        return {"broken": str(error) or type(error).__name__}
    return {"done": True}


def _do(engine: Engine, order: dict[str, Any], voice: TextIO) -> None:
    from lichtspiel.cut.pictures import spritesheet, thumbnail  # noqa: PLC0415
    from lichtspiel.engines import request  # noqa: PLC0415
    from lichtspiel.studio import plan, wish  # noqa: PLC0415

    def progress(stage: str, done: int, of: int) -> None:
        _say(voice, {"progress": [stage, done, of]})

    folder = Path(order["folder"])
    match order["step"]:
        case "plan":
            wished = wish.FORM.validate_python(order["wish"])
            request.write(folder, plan.plan(wished, folder / "unused.mp4"))
        case "perform":
            engine.perform(request.read(folder), folder, progress)
        case "render":
            engine.render(folder, order["frames"], progress)
        case "score":
            engine.score(request.read(folder), folder, progress)
        case "cut":
            film = engine.cut(folder, progress)
            thumbnail(film, folder / order["thumbnail"])
            spritesheet(film, folder / order["spritesheet"])


def _orders() -> queue.SimpleQueue[dict[str, Any]]:
    """The orders to come. Standard input is left to them alone, and its end is the end."""
    line = os.fdopen(os.dup(sys.stdin.fileno()), encoding="utf-8")
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - a device
        os.dup2(nothing.fileno(), sys.stdin.fileno())
    orders: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def listen() -> None:
        for order in line:
            orders.put(json.loads(order))
        os.killpg(os.getpgrp(), signal.SIGKILL)

    threading.Thread(target=listen, daemon=True).start()
    return orders


def _say(voice: TextIO, answer: dict[str, Any]) -> None:
    voice.write(json.dumps(answer) + "\n")
    voice.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
