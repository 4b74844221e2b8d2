"""Who a request comes from, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Scope = Literal["videos:read", "videos:write", "account", "operate"]
"""Read videos; make and delete them; manage the account's keys and webhooks; run the studio."""

SCOPES: tuple[Scope, ...] = get_args(Scope)


@dataclass(frozen=True)
class Caller:
    """The account behind a request."""

    account: str
    role: str
    scopes: frozenset[str]

    def may(self, scope: Scope) -> bool:
        """Whether the scope is among the caller's and their role allows it."""
        return scope in self.scopes and (scope != "operate" or self.role == "operator")
