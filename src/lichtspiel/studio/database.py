"""The studio's tables. Times are unix seconds by the database's clock."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, cast, extract, false, func
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

Sessions = sessionmaker[Session]

NOW = cast(extract("epoch", func.now()), BigInteger)
"""Unix seconds by the database's clock, the one that all processes share."""


class Base(DeclarativeBase):
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        # SQLite's only integers are large; by this very name they count up by themselves.
        int: BigInteger().with_variant(Integer(), "sqlite")
    }


class Account(Base):
    """Somebody who may use the studio."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    """In lower case."""
    password: Mapped[str | None]
    """Its argon2 hash; None = there is none, the account is entered by passkey or key alone."""
    role: Mapped[str] = mapped_column(default="member")
    """operator or member."""
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[int] = mapped_column(default=NOW)
    concurrency: Mapped[int | None]
    """How many of its videos are made at once; None = the studio's default."""
    daily_seconds: Mapped[int | None]
    """Seconds of film it may ask for in 24 hours; None = the studio's default."""


class SignIn(Base):
    """A browser that is signed in, by a cookie of which only the hash is kept."""

    __tablename__ = "sign_ins"

    hash: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    created_at: Mapped[int] = mapped_column(default=NOW)
    expires_at: Mapped[int]


class Passkey(Base):
    """A WebAuthn credential."""

    __tablename__ = "passkeys"

    id: Mapped[str] = mapped_column(primary_key=True)
    """The credential's id in base64url."""
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str]
    public_key: Mapped[str]
    """In base64url."""
    sign_count: Mapped[int]
    created_at: Mapped[int] = mapped_column(default=NOW)
    last_used_at: Mapped[int | None]


class Challenge(Base):
    """What a passkey has to sign, once, within minutes."""

    __tablename__ = "challenges"

    challenge: Mapped[str] = mapped_column(primary_key=True)
    """In base64url."""
    account: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    """Whose new passkey it is for; None = to sign in."""
    expires_at: Mapped[int]


class Key(Base):
    """An API key, of which only the hash is kept."""

    __tablename__ = "keys"

    id: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(unique=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str]
    ending: Mapped[str]
    """Its last four characters, by which its owner knows it again."""
    scopes: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[int] = mapped_column(default=NOW)
    last_used_at: Mapped[int | None]
    revoked_at: Mapped[int | None]


class Video(Base):
    """A video and the job that makes it."""

    __tablename__ = "videos"
    __table_args__ = (
        Index("videos_of_account", "account", "number"),
        Index("videos_waiting", "status", "priority", "number"),
        {"sqlite_autoincrement": True},
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    """Counts up; the order of lists and of the queue."""
    id: Mapped[str] = mapped_column(unique=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    model: Mapped[str]
    status: Mapped[str]
    """queued, in_progress, completed or failed."""
    priority: Mapped[int] = mapped_column(default=0)
    """Higher goes first."""
    progress: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[int] = mapped_column(default=NOW)
    completed_at: Mapped[int | None]
    expires_at: Mapped[int | None]
    """When its files may be deleted; None = never."""
    operation: Mapped[str] = mapped_column(default="create")
    """create, remix, edit or extend."""
    source: Mapped[str | None]
    """Id of the video that a remix, edit or extension starts from; None when it was uploaded."""
    prompt: Mapped[str]
    screenplay: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What to film instead of reading the prompt, as the operation starts from it."""
    filmed: Mapped[dict[str, Any] | None] = mapped_column(JSON, deferred=True)
    """The screenplay that the video is made by, once the prompt is read; large, so fetched on demand."""
    characters: Mapped[list[str]] = mapped_column(JSON, default=list)
    reference: Mapped[str | None]
    """File id of the picture that becomes the first frame."""
    negative: Mapped[str | None]
    """What must not be in the film, one per line."""
    depth: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether how far away everything is can be downloaded, too."""
    seconds: Mapped[int]
    """Of the whole video."""
    extensions: Mapped[int] = mapped_column(default=0)
    """How often it was extended."""
    width: Mapped[int]
    height: Mapped[int]
    quality: Mapped[str]
    fps: Mapped[int]
    seed: Mapped[int]
    error_code: Mapped[str | None]
    error_message: Mapped[str | None]
    ledger: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """The readings of the prompt, as JSON."""
    notes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    attempts: Mapped[int] = mapped_column(default=0)
    """How often its making was begun."""
    batch: Mapped[str | None] = mapped_column(index=True)
    custom_id: Mapped[str | None]
    """Its name within the batch."""
    deleted: Mapped[bool] = mapped_column(default=False)
    """Deleted videos keep their place, so that a page that ended with one still has a next page."""


class Character(Base):
    """Somebody who appears in videos under a name."""

    __tablename__ = "characters"

    id: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str]
    record: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The screenplay's record of the character."""
    created_at: Mapped[int] = mapped_column(default=NOW)


class File(Base):
    """An uploaded or written file; its bytes lie in the studio's media."""

    __tablename__ = "files"

    id: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str]
    purpose: Mapped[str]
    media_type: Mapped[str]
    bytes: Mapped[int]
    created_at: Mapped[int] = mapped_column(default=NOW)


class Batch(Base):
    """Many requests in one file."""

    __tablename__ = "batches"

    id: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    endpoint: Mapped[str]
    input_file: Mapped[str]
    output_file: Mapped[str | None]
    error_file: Mapped[str | None]
    status: Mapped[str]
    """validating, failed, in_progress, finalizing, completed, expired, cancelling or cancelled."""
    errors: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """Why the input file was refused."""
    total: Mapped[int] = mapped_column(default=0)
    stamps: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """When each status was reached, as the API names them: in_progress_at, completed_at …"""
    about: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Its maker's own key-value pairs."""
    created_at: Mapped[int] = mapped_column(default=NOW)


class Webhook(Base):
    """An address that is told of finished videos."""

    __tablename__ = "webhooks"

    id: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    url: Mapped[str]
    secret: Mapped[str]
    """whsec_ and base64; kept as it is, since it signs."""
    events: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[int] = mapped_column(default=NOW)


class Delivery(Base):
    """An event on its way to a webhook."""

    __tablename__ = "deliveries"
    __table_args__ = (Index("deliveries_due", "state", "due_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    """The event's id and the webhook's: what the receiver knows repetitions by."""
    webhook: Mapped[str] = mapped_column(ForeignKey("webhooks.id"), index=True)
    body: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    """waiting, delivered or given_up."""
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[int] = mapped_column(default=NOW)
    answer: Mapped[str | None]
    """What the last attempt met with."""
