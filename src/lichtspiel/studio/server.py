"""Opens the studio on a port."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable

import uvicorn

from lichtspiel.studio import connection
from lichtspiel.studio.accounts import bounds, keys
from lichtspiel.studio.accounts.passkeys import Site
from lichtspiel.studio.home import StudioError, home
from lichtspiel.studio.jobs.supervisor import Crew
from lichtspiel.studio.operations import logs, traces
from lichtspiel.studio.web.api import application
from lichtspiel.studio.web.patience import PatientProtocol


def serve(
    host: str, port: int, *, crew: Crew, behind_tls: bool, new_key: bool, say: Callable[[str], None]
) -> None:
    """Serve until the process is told to end. Raises StudioError."""
    if not behind_tls and not is_loopback(host):
        raise StudioError(
            f"{host} can be reached from other machines, and keys would travel unprotected: "
            "put a server with TLS in front and say --behind-tls, or leave --host at 127.0.0.1."
        )
    logs.set_up("server")
    traces.set_up("server")
    limits = bounds.from_environment()
    studio = home()
    with studio.alone("server", wait=False):
        database = connection.sessions(connection.url(studio))
        key = keys.replace(database) if new_key else keys.first(database)
        if key is not None:
            say(f"Key of the studio, shown this once: {key}")
        site = Site(os.environ.get("LICHTSPIEL_PUBLIC_URL", f"http://localhost:{port}").rstrip("/"))
        say(f"Base URL: http://{f'[{host}]' if ':' in host else host}:{port}/v1")
        config = uvicorn.Config(
            application(studio, database, crew, site, limits),
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            http=PatientProtocol,
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
