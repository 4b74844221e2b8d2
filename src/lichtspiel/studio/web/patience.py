"""How long the server waits for somebody who has connected and does not come to the point."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS_S = 15.0
"""For the whole head of a request. Bodies have a pace of their own to keep, in `body`."""


class PatientProtocol(H11Protocol):
    """uvicorn's own, which by itself would wait for a head for ever."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        super().connection_lost(exc)

    def _watch(self) -> None:
        if not self._is_waiting():
            self._forget()
        elif self._deadline is None:
            self._deadline = asyncio.get_running_loop().call_later(HEADERS_S, self._hang_up)

    def _is_waiting(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def _forget(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _hang_up(self) -> None:
        self._deadline = None
        if self._is_waiting():
            self.transport.close()
