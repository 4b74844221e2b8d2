"""Requests to addresses that clients name: never to this machine or its neighbours, unless allowed.

A name is resolved once, every address it has is checked, and the connection goes to the very
address that was checked, so that a name that changes its mind in between (DNS rebinding) gains
nothing.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import os
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

PATIENCE_S = 15.0
"""For a whole exchange."""

_REDIRECTS = 3
_PIECE = 1 << 16
_EMBEDDED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"))
"""Networks whose addresses carry IPv4 ones that are not looked at: NAT64 and 6to4."""


class OutsideError(Exception):
    """The address may not be asked, or does not answer as wanted; the message says why."""


@dataclass(frozen=True)
class Neighbours:
    """Whether addresses may lie in this machine's own networks."""

    allowed: bool

    @classmethod
    def from_environment(cls) -> Neighbours:
        """As the operator says: LICHTSPIEL_WEBHOOKS_PRIVATE=1 allows them."""
        return cls(os.environ.get("LICHTSPIEL_WEBHOOKS_PRIVATE") == "1")


def check(url: str, neighbours: Neighbours) -> SplitResult:
    """The parts of a URL that can be asked, as far as that shows without asking. Raises OutsideError."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise OutsideError("this is no URL") from error
    if not url.isascii() or any(letter <= " " or letter == "\x7f" for letter in url):
        raise OutsideError("write the URL in plain ASCII, with %XX for all else")
    if parts.scheme not in ({"https", "http"} if neighbours.allowed else {"https"}):
        raise OutsideError("the URL must start with https://")
    if not host:
        raise OutsideError("the URL names no host")
    if parts.username is not None or parts.password is not None:
        raise OutsideError("the URL must not carry a name or a password")
    return parts


def post(url: str, body: bytes, headers: Mapping[str, str], neighbours: Neighbours) -> int:
    """Send a body; the status of the answer, whatever it is. Raises OutsideError."""
    with _asked(url, "POST", body, headers, neighbours) as answer:
        return answer.status


def fetch(url: str, most_bytes: int, neighbours: Neighbours) -> bytes:
    """What is at a URL, or at one it leads on to. Raises OutsideError, also when that is too large."""
    for _ in range(_REDIRECTS + 1):
        with _asked(url, "GET", None, {}, neighbours) as answer:
            if answer.status in {301, 302, 303, 307, 308}:
                url = urljoin(url, answer.headers.get("location", ""))
                continue
            if answer.status != 200:
                raise OutsideError(f"it answers with status {answer.status}")
            return _read(answer, most_bytes)
    raise OutsideError("it leads on to other addresses too often")


def _read(answer: http.client.HTTPResponse, most_bytes: int) -> bytes:
    pieces: list[bytes] = []
    received = 0
    while piece := answer.read(_PIECE):
        received += len(piece)
        if received > most_bytes:
            raise OutsideError(f"it is larger than {most_bytes >> 20} MB")
        pieces.append(piece)
    return b"".join(pieces)


@contextlib.contextmanager
def _asked(
    url: str, method: str, body: bytes | None, headers: Mapping[str, str], neighbours: Neighbours
) -> Iterator[http.client.HTTPResponse]:
    parts = check(url, neighbours)
    host = parts.hostname or ""
    tls = parts.scheme == "https"
    port = parts.port or (443 if tls else 80)
    connection = http.client.HTTPConnection(host, port)
    # A socket's own time-out counts from piece to piece, so one that drips could keep us for ever.
    end = threading.Timer(PATIENCE_S, _hang_up, (connection,))
    end.start()
    try:
        connection.sock = _connected(host, port, neighbours)
        if tls:
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, body, {"user-agent": "Lichtspiel", **headers})
        yield connection.getresponse()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise OutsideError(f"it does not answer ({type(error).__name__})") from error
    finally:
        end.cancel()
        connection.close()


def _connected(host: str, port: int, neighbours: Neighbours) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise OutsideError(f"the host {host} is not known") from error
    addresses = [str(one[4][0]) for one in found]
    if not neighbours.allowed and not all(is_outside(address) for address in addresses):
        raise OutsideError(f"{host} is an address of this machine or its own network")
    try:
        return socket.create_connection((addresses[0], port), timeout=PATIENCE_S)
    except OSError as error:
        raise OutsideError(f"{host} cannot be reached") from error


def is_outside(address: str) -> bool:
    """Whether an IP address is one of the public network."""
    found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif any(found in network for network in _EMBEDDED):
            return False
    return found.is_global and not found.is_multicast


def _hang_up(connection: http.client.HTTPConnection) -> None:
    with contextlib.suppress(OSError, AttributeError):  # it has ended by itself, or not begun
        connection.sock.shutdown(socket.SHUT_RDWR)
