"""The bounds that the operator sets for accounts without their own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from lichtspiel.studio.accounts.quota import Quota
from lichtspiel.studio.accounts.rates import Rate
from lichtspiel.studio.home import StudioError

_REQUESTS_PER_MINUTE = 600


@dataclass(frozen=True)
class Bounds:
    """For every account but operators' requests, which are not bounded."""

    quota: Quota
    requests: Rate


def from_environment(variables: Mapping[str, str] = os.environ) -> Bounds:
    """LICHTSPIEL_DAILY_SECONDS, _WAITING, _CONCURRENCY and _REQUESTS_PER_MINUTE. Raises StudioError."""
    daily = "LICHTSPIEL_DAILY_SECONDS"
    requests = _number(variables, "LICHTSPIEL_REQUESTS_PER_MINUTE", _REQUESTS_PER_MINUTE)
    quota = Quota(
        daily_seconds=_number(variables, daily, 0) if variables.get(daily) else None,
        waiting=_number(variables, "LICHTSPIEL_WAITING", Quota.waiting),
        concurrency=_number(variables, "LICHTSPIEL_CONCURRENCY", Quota.concurrency),
    )
    return Bounds(quota, Rate(requests, requests / 60))


def _number(variables: Mapping[str, str], name: str, default: int) -> int:
    written = variables.get(name)
    if not written:
        return default
    if not written.isdecimal() or int(written) == 0:
        raise StudioError(f"{name} is {written!r}: write a whole number above 0.")
    return int(written)
