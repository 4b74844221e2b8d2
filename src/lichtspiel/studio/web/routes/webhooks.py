"""Webhooks: addresses that are told of finished videos."""

from __future__ import annotations

import base64
import secrets
from typing import Annotated, Literal, Self

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import delete, func, select

from lichtspiel.studio.announcements import EVENTS
from lichtspiel.studio.database import Delivery, Webhook
from lichtspiel.studio.web import outside
from lichtspiel.studio.web.access import Owner
from lichtspiel.studio.web.body import Fields
from lichtspiel.studio.web.documentation import accepts
from lichtspiel.studio.web.errors import ApiError, validated
from lichtspiel.studio.web.outside import Neighbours, OutsideError
from lichtspiel.studio.web.services import Here
from lichtspiel.studio.web.text import AsList, Sent, Storable

router = APIRouter(prefix="/lichtspiel/webhooks", tags=["Webhooks"])

MOST = 20
"""Of an account."""

Event = Literal["video.completed", "video.failed"]


class NewWebhook(Sent):
    """An address to tell."""

    model_config = ConfigDict(json_schema_extra={"example": {"url": "https://example.org/films"}})

    url: Annotated[str, Field(max_length=2000), Storable]
    events: Annotated[tuple[Event, ...], Field(min_length=1, max_length=2), AsList] = (
        "video.completed",
        "video.failed",
    )


class WebhookObject(BaseModel):
    """An address that is told."""

    id: str
    object: Literal["webhook"] = "webhook"
    url: str
    events: list[str]
    created_at: int
    secret: str | None = None
    """Told this once, when the webhook is made: what `client.webhooks.unwrap` verifies by."""

    @classmethod
    def of(cls, hook: Webhook) -> Self:
        """A webhook as clients see it, without its secret."""
        return cls(id=hook.id, url=hook.url, events=hook.events, created_at=hook.created_at)


class WebhookList(BaseModel):
    """All webhooks of the account."""

    object: Literal["list"] = "list"
    data: list[WebhookObject]


class DeletedWebhook(BaseModel):
    """Word that a webhook is gone."""

    id: str
    object: Literal["webhook.deleted"] = "webhook.deleted"
    deleted: bool = True


@router.post("", openapi_extra=accepts(NewWebhook))
def create_webhook(caller: Owner, here: Here, fields: Fields) -> WebhookObject:
    """Have an address told of finished videos; the answer holds the secret that signs."""
    wished = validated(NewWebhook, fields)
    try:
        outside.check(wished.url, Neighbours.from_environment())
    except OutsideError as error:
        said = f"This address cannot be told: {error}."
        raise ApiError(400, said, code="invalid_value", param="url") from error
    hook = Webhook(
        id=f"whk_{secrets.token_hex(12)}",
        account=caller.account,
        url=wished.url,
        secret="whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(),
        events=[event for event in EVENTS if event in wished.events],
    )
    with here.sessions.begin() as session:
        mine = select(func.count()).select_from(Webhook).where(Webhook.account == caller.account)
        if (session.scalar(mine) or 0) >= MOST:
            raise ApiError(400, f"An account has at most {MOST} webhooks.", code="too_many_webhooks")
        session.add(hook)
    return WebhookObject.of(hook).model_copy(update={"secret": hook.secret})


@router.get("")
def list_webhooks(caller: Owner, here: Here) -> WebhookList:
    """List the webhooks."""
    mine = select(Webhook).where(Webhook.account == caller.account).order_by(Webhook.created_at, Webhook.id)
    with here.sessions() as session:
        return WebhookList(data=[WebhookObject.of(hook) for hook in session.scalars(mine)])


@router.delete("/{webhook_id}")
def delete_webhook(caller: Owner, here: Here, webhook_id: str) -> DeletedWebhook:
    """Tell an address nothing any more."""
    mine = (Webhook.id == webhook_id, Webhook.account == caller.account)
    with here.sessions.begin() as session:
        if session.scalar(select(Webhook.id).where(*mine)) is None:
            said = f"Webhook with id '{webhook_id}' not found."
            raise ApiError(404, said, code="not_found", param="webhook_id")
        session.execute(delete(Delivery).where(Delivery.webhook == webhook_id))
        session.execute(delete(Webhook).where(*mine))
    return DeletedWebhook(id=webhook_id)
