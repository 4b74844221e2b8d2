"""Every request on its way: it gets a name, a line in the log, a figure and a trace."""

from __future__ import annotations

import logging
import re
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lichtspiel.studio.operations import logs, traces
from lichtspiel.studio.operations.metrics import Metrics

_log = logging.getLogger(__name__)
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")

_LONGEST_PATH = 500
"""Of which a log tells."""


class Watch:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = _named(scope)
        began, status = time.perf_counter(), 500

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = name
            await send(message)

        remembered = logs.request_id.set(name)
        try:
            with traces.span(f"{scope['method']} {scope['path']}") as span:
                await self._app(scope, receive, told)
                span.set_attribute("http.response.status_code", status)
        finally:
            took_s = time.perf_counter() - began
            route = getattr(scope.get("route"), "path", "unknown")
            self._metrics.answered(scope["method"], route, status, took_s)
            self._tell(scope, status, took_s)
            logs.request_id.reset(remembered)

    def _tell(self, scope: Scope, status: int, took_s: float) -> None:
        caller = scope.get("state", {}).get("caller")
        path = _printable(scope["path"])
        facts = {
            "method": scope["method"],
            "path": path,
            "status": status,
            "took_ms": round(1000 * took_s, 1),
            "account": caller.account if caller else None,
        }
        # Polling would drown what matters; it is in the figures.
        level = logging.DEBUG if scope["method"] == "GET" and status < 400 else logging.INFO
        _log.log(level, "%s %s %d", scope["method"], path, status, extra=facts)


def _printable(path: str) -> str:
    """A path on one line of a log, whatever somebody has written into it."""
    shown = (one if one.isprintable() else ascii(one)[1:-1] for one in path[:_LONGEST_PATH])
    return "".join(shown)


def _named(scope: Scope) -> str:
    """The client's own name for the request where it is a sensible one, else a new one."""
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _NAME.fullmatch(given) else f"req_{secrets.token_hex(16)}"
