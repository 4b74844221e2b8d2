"""What is meant to hurt: answered clearly, and at no cost."""

from __future__ import annotations

import io
import json
import socket
import struct
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from PIL import Image
from sqlalchemy import func, select

from lichtspiel.cut import inside
from lichtspiel.studio.database import File, Video
from lichtspiel.studio.web import body, patience
from lichtspiel.studio.web.body import Limits
from tests.studio.quiet import Quiet, served
from tests.studio.studio import BALL, until

BOUNDARY = "limit"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quiet]:
    with served(tmp_path_factory.mktemp("hostile")) as quiet:
        yield quiet


@pytest.fixture(scope="module")
def web(studio: Quiet) -> Iterator[httpx2.Client]:
    headers = {"Authorization": f"Bearer {studio.key}"}
    with httpx2.Client(base_url=studio.url, headers=headers, timeout=30) as web:
        yield web


@pytest.fixture(autouse=True)
def nothing_came_of_it(studio: Quiet) -> Iterator[None]:
    before = kept(studio)
    yield
    assert kept(studio) == before


def kept(studio: Quiet) -> tuple[int, int]:
    """How many videos and files there are."""
    with studio.here.sessions() as session:
        videos, files = (
            session.scalar(select(func.count()).select_from(table)) or 0 for table in (Video, File)
        )
    return videos, files


def code(answer: httpx2.Response) -> tuple[int, str]:
    assert set(answer.json()) == {"error"}
    return answer.status_code, answer.json()["error"]["code"]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ({"prompt": "x" * 33_000}, "string_above_max_length"),
        ({"prompt": "a\0b"}, "invalid_value"),
        ({"prompt": "\ud800"}, "invalid_value"),
        ({"prompt": {"$ne": None}}, "invalid_value"),
        ({"prompt": BALL, "size": "720x1280\r\nX-Evil: 1"}, "invalid_value"),
        ({"prompt": BALL, "size": "9" * 10_000 + "x1"}, "invalid_value"),
        ({"prompt": BALL, "model": "' OR 1=1; DROP TABLE videos; --"}, "invalid_value"),
        ({"prompt": BALL, "seconds": 10**400}, "invalid_value"),
        ({"prompt": BALL, "lichtspiel": {"seed": 1e300}}, "invalid_value"),
        ({"prompt": BALL, "lichtspiel": {"negative": ["x"] * 21}}, "invalid_value"),
        ({"prompt": BALL, "__proto__": {"a": 1}}, "unknown_parameter"),
        ({"prompt": BALL, "x" * 100_000: 1}, "unknown_parameter"),
    ],
)
def test_bad_values_are_named(web: httpx2.Client, body: Any, wanted: str) -> None:
    answer = web.post("/videos", content=json.dumps(body), headers={"content-type": "application/json"})
    assert code(answer) == (400, wanted)
    assert len(answer.content) < 4000


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b'{"prompt": NaN}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"a":' * 100_000, "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"", "application/json", 400),
        (b"prompt=x", "application/x-www-form-urlencoded", 415),
        (b"<a/>", "text/xml", 415),
        (b"x", "multipart/form-data", 400),
        (b"x", "multipart/form-data; boundary=limit", 400),
        (
            b"--limit\r\nContent-Disposition: form-data\r\n\r\nx\r\n--limit--",
            "multipart/form-data; boundary=limit",
            400,
        ),
        (b'{"prompt":"' + b"x" * (33 << 20) + b'"}', "application/json", 413),
    ],
)
def test_bad_bodies_are_refused(web: httpx2.Client, content: bytes, media_type: str, status: int) -> None:
    answer = web.post("/videos", content=content, headers={"content-type": media_type})
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "path",
    [
        "/videos/..%2f..%2fetc%2fpasswd",
        "/videos/..%5c..%5cboot.ini/content",
        "/videos/%2e%2e/content",
        "/videos/video_%00/content",
        "/videos/video_1%0d%0aX-Evil:%201",
        "/videos/'%20OR%201=1--",
        "/files/..%2f..%2fstudio.sqlite/content",
        "/videos/%ff%fe",
        "/videos/" + "a" * 4000,
    ],
)
def test_paths_lead_nowhere(web: httpx2.Client, path: str) -> None:
    answer = web.get(path)
    assert answer.status_code in {400, 404}
    assert "x-evil" not in answer.headers


def test_paths_forge_no_lines_of_the_log(web: httpx2.Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "lichtspiel")
    web.get("/videos/video_1%0d%0a2026-11-22 server: DELETE /v1/videos 200%00%1b[2J%e2%80%ae")
    web.get("/videos/" + "b" * 4000)

    def logged(part: str) -> list[str]:
        return [message for record in caplog.records if part in (message := record.getMessage())]

    # Answers are logged once they are sent: in any order, and the test before may still be speaking.
    until(lambda: bool(logged("DELETE /v1/videos 200") and logged("/videos/bbb")))
    (forged,) = logged("DELETE /v1/videos 200")
    assert forged.isprintable()
    assert "video_1\\r\\n2026" in forged
    (long,) = logged("/videos/bbb")
    assert len(long) < 600


def form(*parts: tuple[str, bytes]) -> bytes:
    """A form; each part is what its Content-Disposition says and its content."""
    lines = [
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; {said}\r\n\r\n".encode() + content + b"\r\n"
        for said, content in parts
    ]
    return b"".join(lines) + f"--{BOUNDARY}--\r\n".encode()


def sent(web: httpx2.Client, path: str, *parts: tuple[str, bytes]) -> httpx2.Response:
    kind = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    return web.post(path, content=form(*parts), headers=kind)


def test_forms_of_too_many_or_too_deep_parts(web: httpx2.Client) -> None:
    many = [(f'name="a{number}"', b"x") for number in range(101)]
    assert code(sent(web, "/videos", *many))[0] == 400
    deep = 'name="a' + "[b]" * 50 + '"'
    assert code(sent(web, "/videos", (deep, b"x"))) == (400, "unknown_parameter")
    large = ('name="prompt"', b"x" * (300 << 10))
    assert code(sent(web, "/videos/edits", large))[0] == 400


def png_bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that says it has so many pixels on a side."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def zip_bomb_in_a_film() -> bytes:
    """An MP4 of a megabyte whose record unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(1024)) + packer.flush()
    payload = inside.BOX.bytes + packed
    head = (16).to_bytes(4) + b"ftypisom" + bytes(4)
    return head + (8 + len(payload)).to_bytes(4) + b"uuid" + payload


def test_bombs_do_not_go_off(web: httpx2.Client) -> None:
    began, before = time.process_time(), resident()
    for side in (5_000, 30_000, 2_000_000):
        answer = sent(
            web, "/files", ('name="purpose"', b"vision"), ('name="file"; filename="a.png"', png_bomb(side))
        )
        assert code(answer) == (400, "invalid_image")
        answer = sent(
            web, "/videos", ('name="prompt"', b"x"), ('name="input_reference"; filename="a"', png_bomb(side))
        )
        assert code(answer) == (400, "invalid_image")
    film = ('name="video"; filename="a.mp4"', zip_bomb_in_a_film())
    answer = sent(web, "/videos/edits", ('name="prompt"', b"x"), film)
    assert code(answer) == (400, "foreign_film")
    assert time.process_time() - began < 20
    assert resident() - before < 400 << 20


def test_many_large_pictures_at_once_take_the_memory_of_a_few(web: httpx2.Client) -> None:
    side = 4096
    drawn = io.BytesIO()
    Image.new("RGB", (side, side), (90, 120, 200)).save(drawn, "PNG")
    asked = {"prompt": BALL, "model": "draft", "size": f"{side - 2}x{side}"}
    before, most, over = resident(), 0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not over.wait(0.02):
            most = max(most, resident())

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(12) as many:
        files = {"file": ("a.png", drawn.getvalue())}
        kept = list(
            many.map(lambda _: web.post("/files", data={"purpose": "vision"}, files=files), range(12))
        )
        sent = {"input_reference": ("a.png", drawn.getvalue())}
        refused = list(many.map(lambda _: web.post("/videos", files=sent, data=asked), range(12)))
    over.set()
    watcher.join()
    assert {answer.status_code for answer in refused} == {400}
    assert {answer.status_code for answer in kept} == {200}
    for answer in kept:
        web.delete(f"/files/{answer.json()['id']}")
    assert most - before < 350 << 20  # each is 48 MB unpacked, and its copies as much again


def test_files_are_what_they_contain_and_not_what_they_are_called(web: httpx2.Client) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "GIF")
    picture = ('name="file"; filename="a.png"\r\nContent-Type: image/png', drawn.getvalue())
    assert code(sent(web, "/files", ('name="purpose"', b"vision"), picture)) == (400, "invalid_image")
    cut_off = png_bomb(64)[:60]
    answer = sent(web, "/files", ('name="purpose"', b"vision"), ('name="file"; filename="a.png"', cut_off))
    assert code(answer) == (400, "invalid_image")


def test_two_gigabytes_are_cut_off_before_they_come(studio: Quiet) -> None:
    with connected(studio) as line:
        line.sendall(head(studio, "/v1/files", f"Content-Length: {2 << 30}"))
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")


def test_what_does_not_say_its_length_is_cut_off_at_the_limit(
    studio: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "FILM", Limits(8 << 20, 256 << 10))
    before = resident()
    piece = b"10000\r\n" + bytes(1 << 16) + b"\r\n"
    start = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'.encode()
    with connected(studio) as line:
        line.sendall(head(studio, "/v1/files", "Transfer-Encoding: chunked"))
        line.sendall(b"%x\r\n" % len(start) + start + b"\r\n")
        received = 0
        try:
            for _ in range(2 << 10):
                line.sendall(piece)
                received += 1 << 16
        except OSError:
            pass
    assert received < 64 << 20
    assert resident() - before < 60 << 20


def test_slow_bodies_are_given_up(studio: Quiet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "_PATIENCE_S", 0.5)
    with connected(studio) as line:
        line.sendall(head(studio, "/v1/videos", "Content-Type: application/json", "Content-Length: 1000"))
        line.sendall(b"{")
        assert line.recv(100).startswith(b"HTTP/1.1 408 ")


def test_slow_heads_are_given_up(studio: Quiet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEADERS_S", 0.5)
    with connected(studio) as line:
        line.sendall(b"GET /v1/models HTTP/1.1\r\nHost: a\r\n")
        assert line.recv(100) == b""
    with connected(studio) as line:  # nor the second one on a line
        line.sendall(b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(0.2)
        line.sendall(b"GET /health/live HTTP/1.1\r\n")
        end = time.monotonic() + 20
        while line.recv(1000):
            assert time.monotonic() < end


def test_heads_without_end_are_refused(studio: Quiet) -> None:
    with connected(studio) as line:
        line.sendall(b"GET /v1/models HTTP/1.1\r\nHost: a\r\nX-Long: " + b"a" * 200_000)
        assert line.recv(100).startswith(b"HTTP/1.1 400 ")


def head(studio: Quiet, path: str, *more: str) -> bytes:
    kind = f"Content-Type: multipart/form-data; boundary={BOUNDARY}"
    lines = [f"POST {path} HTTP/1.1", "Host: a", f"Authorization: Bearer {studio.key}", *more]
    if not any(line.startswith("Content-Type") for line in more):
        lines.append(kind)
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def connected(studio: Quiet) -> socket.socket:
    where = httpx2.URL(studio.url)
    return socket.create_connection((where.host, where.port or 80), timeout=20)


def resident() -> int:
    """Bytes of memory that this process, in which the studio runs, holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
