"""Opens the studio on a port."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

import uvicorn

from lichtspiel.studio import connection
from lichtspiel.studio.accounts import keys
from lichtspiel.studio.home import StudioError, home
from lichtspiel.studio.web.api import application


def serve(
    host: str, port: int, *, engine: str, behind_tls: bool, new_key: bool, say: Callable[[str], None]
) -> None:
    """Serve until the process is told to end. Raises StudioError."""
    if not behind_tls and not is_loopback(host):
        raise StudioError(
            f"{host} can be reached from other machines, and keys would travel unprotected: "
            "put a server with TLS in front and say --behind-tls, or leave --host at 127.0.0.1."
        )
    studio = home()
    with studio.alone("server", wait=False):
        database = connection.sessions(connection.url(studio))
        key = keys.replace(database) if new_key else keys.first(database)
        if key is not None:
            say(f"Key of the studio, shown this once: {key}")
        say(f"Base URL: http://{f'[{host}]' if ':' in host else host}:{port}/v1")
        config = uvicorn.Config(
            application(studio, database, engine),
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
        )
        uvicorn.Server(config).run()


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
