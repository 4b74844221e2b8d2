"""Word of finished videos, on its way to the webhooks of their account."""

from __future__ import annotations

import json
import secrets
import time

from sqlalchemy import select
from sqlalchemy.orm import Session

from lichtspiel.studio.database import Delivery, Video, Webhook

EVENTS = ("video.completed", "video.failed")


def announce(session: Session, video: str) -> None:
    """Queue the word that a video is completed or failed, together with what made it so."""
    account, status = session.execute(select(Video.account, Video.status).where(Video.id == video)).one()
    kind = f"video.{status}"
    hooks = session.scalars(select(Webhook).where(Webhook.account == account)).all()
    told = [hook for hook in hooks if kind in hook.events]
    if not told:
        return
    event = f"evt_{secrets.token_hex(16)}"
    body = {
        "id": event,
        "object": "event",
        "created_at": int(time.time()),
        "type": kind,
        "data": {"id": video},
    }
    for hook in told:
        session.add(Delivery(id=f"{event}-{hook.id}", webhook=hook.id, body=json.dumps(body)))
