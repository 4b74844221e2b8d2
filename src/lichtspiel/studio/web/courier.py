"""Delivers word of finished videos, signed after Standard Webhooks, until it arrives or grows too old."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import standardwebhooks
from sqlalchemy import select, update

from lichtspiel.studio.database import NOW, Delivery, Sessions, Webhook
from lichtspiel.studio.web import outside
from lichtspiel.studio.web.outside import Neighbours, OutsideError

BACK_OFF_S = (5, 30, 120, 600, 3_600, 10_800, 21_600, 43_200, 86_400, 86_400)
"""Pauses between attempts; 70 hours in all."""

AT_ONCE = 8
_LEASE_S = 120
"""For how long nobody else tries a delivery that somebody has taken."""


@dataclass(frozen=True)
class _Parcel:
    id: str
    url: str
    secret: str
    body: str
    attempts: int


def deliver(sessions: Sessions, neighbours: Neighbours) -> int:
    """Try all deliveries that are due, and tell how many there were."""
    tried = 0
    while parcels := _taken(sessions):
        tried += len(parcels)
        with ThreadPoolExecutor(AT_ONCE) as couriers:
            list(couriers.map(lambda parcel: _try(sessions, neighbours, parcel), parcels))
    return tried


def _taken(sessions: Sessions) -> list[_Parcel]:
    """Deliveries that are due and that nobody else tries for a while."""
    due = (Delivery.state == "waiting", Delivery.due_at <= NOW)
    with sessions() as session:
        found = session.scalars(
            select(Delivery.id).where(*due).order_by(Delivery.due_at).limit(AT_ONCE)
        ).all()
    return [parcel for one in found if (parcel := _take(sessions, one)) is not None]


def _take(sessions: Sessions, delivery: str) -> _Parcel | None:
    """A delivery, unless somebody else was faster."""
    due = (Delivery.state == "waiting", Delivery.due_at <= NOW)
    mine = update(Delivery).where(Delivery.id == delivery, *due)
    with sessions.begin() as session:
        taken = session.scalar(
            mine.values(due_at=NOW + _LEASE_S, attempts=Delivery.attempts + 1).returning(Delivery)
        )
        if taken is None:
            return None
        hook = session.get_one(Webhook, taken.webhook)
        return _Parcel(taken.id, hook.url, hook.secret, taken.body, taken.attempts)


def _try(sessions: Sessions, neighbours: Neighbours, parcel: _Parcel) -> None:
    now = datetime.datetime.now(tz=datetime.UTC)
    headers = {
        "content-type": "application/json",
        "webhook-id": parcel.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": standardwebhooks.Webhook(parcel.secret).sign(parcel.id, now, parcel.body),
    }
    try:
        status = outside.post(parcel.url, parcel.body.encode(), headers, neighbours)
    except OutsideError as error:
        answer, arrived = str(error), False
    else:
        answer, arrived = f"status {status}", 200 <= status < 300
    _note(sessions, parcel, answer, arrived)


def _note(sessions: Sessions, parcel: _Parcel, answer: str, arrived: bool) -> None:
    mine = update(Delivery).where(Delivery.id == parcel.id)
    if arrived:
        change = mine.values(state="delivered", answer=answer)
    elif parcel.attempts > len(BACK_OFF_S):
        change = mine.values(state="given_up", answer=answer)
    else:
        change = mine.values(due_at=NOW + BACK_OFF_S[parcel.attempts - 1], answer=answer)
    with sessions.begin() as session:
        session.execute(change)
