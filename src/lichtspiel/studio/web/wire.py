"""What goes over the wire about videos: OpenAI's Videos API, and Lichtspiel's own object in it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from lichtspiel.studio.database import Video
from lichtspiel.studio.tiers import MODELS
from lichtspiel.studio.web import screenplays
from lichtspiel.studio.web.text import (
    AsList,
    AsText,
    AsTruth,
    Clean,
    FromJson,
    Id,
    NoTruth,
    Prompt,
    Sent,
    Storable,
)

MAX_CHARACTERS = 2
MAX_IMAGE_URL = 20_971_520

Seconds = Annotated[Literal["4", "8", "12", "16", "20"], AsText]
_BALL = "A red rubber ball falls on a stone floor and bounces twice."


class Wishes(Sent):
    """Lichtspiel's own part of a request."""

    seed: Annotated[int, Field(ge=0, lt=2**32), NoTruth] | None = None
    """Of all chance in the film: the same seed, the same film. Left out: the screenplay's, else 0."""
    fps: Annotated[int, Field(ge=1, le=60), NoTruth] | None = None
    """Frames per second. Left out: what the quality has."""
    quality: Literal["draft", "standard", "pro"] | None = None
    """How carefully it is rendered. Left out: as the model says."""
    negative: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[^\r\n]{1,200}$"), Storable], ...],
        Field(max_length=20),
        AsList,
    ] = ()
    """What must not be in the film, such as `dog` or `rain`."""
    screenplay: screenplays.Sent = None
    """What to film instead of what the prompt says."""
    depth: Annotated[bool, AsTruth] = False
    """Also leave how far away everything in every frame is, for `content?variant=depth`."""


class ImageReference(Sent):
    """The picture that becomes the first frame: exactly one of the two."""

    image_url: Annotated[str, Field(max_length=MAX_IMAGE_URL), Storable] | None = None
    """An https address, or a data URL in base64."""
    file_id: Id | None = None
    """An uploaded file of purpose `vision`."""


class CharacterId(Sent):
    """A kept character."""

    id: Id


class CreateVideo(Sent):
    """A new video."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"prompt": _BALL, "model": "sora-2", "seconds": "4"}}
    )

    prompt: Prompt
    """What the film shows, in English or German."""
    model: Clean = "sora-2"
    """One of `GET /v1/models`."""
    seconds: Seconds = "4"
    """How long the film is."""
    size: Clean | None = Field(default=None, validate_default=True)
    """Width and height as `720x1280`; `draft`, `standard` and `pro` take any even sides."""
    characters: Annotated[tuple[CharacterId, ...], Field(max_length=MAX_CHARACTERS), FromJson] = ()
    """Who plays in it; the prompt calls them by their names."""
    input_reference: Annotated[ImageReference | None, FromJson] = None
    """The picture that becomes the first frame; a form may send it as a file."""
    lichtspiel: Annotated[Wishes, FromJson] = Wishes()
    """What only Lichtspiel can do."""

    @field_validator("model")
    @classmethod
    def _known(cls, model: str) -> str:
        return known_model(model)

    @field_validator("size")
    @classmethod
    def _possible(cls, size: str | None, info: ValidationInfo) -> str | None:
        if "model" in info.data:
            MODELS[info.data["model"]].size(size)
        return size


def known_model(model: str) -> str:
    """The model's name. Raises ValueError."""
    if model not in MODELS:
        raise ValueError(f"this studio has {', '.join(MODELS)}")
    return model


class RemixVideo(Sent):
    """Another prompt for a completed video."""

    model_config = ConfigDict(json_schema_extra={"example": {"prompt": "The ball is blue."}})

    prompt: Prompt


class VideoId(Sent):
    """A completed video."""

    id: Id


class JobError(BaseModel):
    """Why there is no video."""

    code: str
    message: str


class Made(BaseModel):
    """Lichtspiel's own part of a video: how it is made, and what became of every word."""

    seed: int
    fps: int
    quality: str
    operation: str
    """create, remix, edit or extend."""
    source_video_id: str | None
    """The video it was made from, unless that was uploaded."""
    characters: list[str]
    negative: list[str]
    depth: bool
    """Whether `content?variant=depth` tells how far away everything is."""
    notes: list[str]
    ledger: list[Any] | None = None
    """What became of every word of the prompt; lists of videos leave it out."""
    screenplay: dict[str, Any] | None = None
    """What is filmed, once the prompt is read; lists of videos leave it out."""


class VideoObject(BaseModel):
    """A video and the job that makes it."""

    id: str
    object: Literal["video"] = "video"
    model: str
    status: Literal["queued", "in_progress", "completed", "failed"]
    progress: int
    created_at: int
    completed_at: int | None
    expires_at: int | None
    prompt: str
    size: str
    seconds: str
    remixed_from_video_id: str | None
    error: JobError | None
    lichtspiel: Made

    @classmethod
    def brief(cls, video: Video) -> Self:
        """A video as lists show it."""
        return cls(
            id=video.id,
            model=video.model,
            status=video.status,  # type: ignore[arg-type]  # the database's are these four
            progress=video.progress,
            created_at=video.created_at,
            completed_at=video.completed_at,
            expires_at=video.expires_at,
            prompt=video.prompt,
            size=f"{video.width}x{video.height}",
            seconds=str(video.seconds),
            remixed_from_video_id=video.source if video.operation == "remix" else None,
            error=_error(video),
            lichtspiel=Made(
                seed=video.seed,
                fps=video.fps,
                quality=video.quality,
                operation=video.operation,
                source_video_id=video.source,
                characters=video.characters,
                negative=negatives(video),
                depth=video.depth,
                notes=video.notes,
            ),
        )

    @classmethod
    def full(cls, video: Video) -> Self:
        """A video with its ledger and screenplay, which must have been fetched."""
        shown = cls.brief(video)
        shown.lichtspiel.ledger = video.ledger
        shown.lichtspiel.screenplay = video.filmed
        return shown


def _error(video: Video) -> JobError | None:
    if video.error_code is None:
        return None
    return JobError(code=video.error_code, message=video.error_message or "")


def negatives(video: Video) -> list[str]:
    """What must not be in a video."""
    return video.negative.split("\n") if video.negative else []


class VideoList(BaseModel):
    """A page of videos."""

    object: Literal["list"] = "list"
    data: list[VideoObject]
    first_id: str | None
    last_id: str | None
    has_more: bool


class DeletedVideo(BaseModel):
    """Word that a video is gone."""

    id: str
    object: Literal["video.deleted"] = "video.deleted"
    deleted: bool = True


class ModelObject(BaseModel):
    """A model that videos can be asked of."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str = "lichtspiel"


class ModelList(BaseModel):
    """All models that run here."""

    object: Literal["list"] = "list"
    data: list[ModelObject]
