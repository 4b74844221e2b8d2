"""A studio that really runs: `lichtspiel serve` on a free port, mostly with the engine that has no world."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx2
from openai import OpenAI
from sqlalchemy import URL

BALL = "A red rubber ball falls on a stone floor"
QUICK = {"lichtspiel": {"fps": 1}}
"""Four frames; for the client's `extra_body`."""

PATIENCE_S = 120.0


class Studio:
    """A server on a folder; it can be killed and opened again there."""

    def __init__(self, folder: Path, database: URL | None = None, engine: str = "fake") -> None:
        self._folder = folder
        self._engine = engine
        self._database = database
        self._words = folder / "serve.log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.key = ""
        self.open()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def open(self) -> None:
        folders = {"LICHTSPIEL_STUDIO": "home", "LICHTSPIEL_CACHE": "cache"}
        places = {name: str(self._folder / folder) for name, folder in folders.items()}
        if self._database is not None:
            places["LICHTSPIEL_DATABASE_URL"] = self._database.render_as_string(hide_password=False)
        code = "import sys; from lichtspiel.cli import main; sys.exit(main())"
        command = [sys.executable, "-c", code, "serve", "--port", str(self.port), "--engine", self._engine]
        with self._words.open("ab") as words:
            self._process = subprocess.Popen(
                command, stdout=words, stderr=words, env={**os.environ, **places}
            )
        until(self._answers, 3 * PATIENCE_S)
        found = re.search(r"sk-\S+", self.words())
        assert found, self.words()
        self.key = found[0]

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def close(self) -> int:
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=PATIENCE_S)

    def words(self) -> str:
        return self._words.read_text()

    def media(self, video: str) -> Path:
        return self._folder / "home" / "media" / video

    @property
    def work(self) -> Path:
        """The folders in which videos are made."""
        return self._folder / "home" / "work"

    def client(self, key: str | None = None) -> OpenAI:
        return OpenAI(base_url=self.url, api_key=key or self.key, max_retries=0)

    def web(self) -> httpx2.Client:
        """Plain HTTP with the key, for what the official client cannot say."""
        return httpx2.Client(base_url=self.url, headers={"Authorization": f"Bearer {self.key}"}, timeout=30)

    def _answers(self) -> bool:
        assert self._process.poll() is None, self.words()
        with socket.socket() as tried:
            return tried.connect_ex(("127.0.0.1", self.port)) == 0


def until(met: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
    """Wait for a condition, a function without arguments; fail when it does not come about."""
    end = time.monotonic() + patience_s
    while not met():
        assert time.monotonic() < end, "this did not come about"
        time.sleep(0.05)
