"""What goes over the wire: OpenAI's Videos API, and Lichtspiel's own object in it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from lichtspiel.studio.database import Video
from lichtspiel.studio.tiers import MODELS

MAX_PROMPT = 32_000


def _as_text(value: object) -> object:
    """Clients send lengths as numbers, too."""
    return str(value) if isinstance(value, int) else value


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("it holds a null character")
    return text


Prompt = Annotated[str, Field(min_length=1, max_length=MAX_PROMPT), AfterValidator(_without_nul)]
Seconds = Annotated[Literal["4", "8", "12", "16", "20"], BeforeValidator(_as_text)]


class Sent(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Wishes(Sent):
    """The `lichtspiel` object of a request."""

    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    fps: Annotated[int, Field(ge=1, le=60)] | None = None
    """None = the tier's."""
    quality: Literal["draft", "standard", "pro"] | None = None
    """None = the model's."""


class CreateVideo(Sent):
    prompt: Prompt
    model: str = "sora-2"
    seconds: Seconds = "4"
    size: str | None = Field(default=None, validate_default=True)
    lichtspiel: Wishes = Wishes()

    @field_validator("model")
    @classmethod
    def _known(cls, model: str) -> str:
        if model not in MODELS:
            raise ValueError(f"this studio has {', '.join(MODELS)}")
        return model

    @field_validator("size")
    @classmethod
    def _possible(cls, size: str | None, info: ValidationInfo) -> str | None:
        if "model" in info.data:
            MODELS[info.data["model"]].size(size)
        return size


class RemixVideo(Sent):
    prompt: Prompt


class JobError(BaseModel):
    code: str
    message: str


class Made(BaseModel):
    """The `lichtspiel` object of a video: how it is made, and what became of every word."""

    seed: int
    fps: int
    quality: str
    ledger: list[Any]
    notes: list[str]


class VideoObject(BaseModel):
    id: str
    object: Literal["video"] = "video"
    model: str
    status: str
    progress: int
    created_at: int
    completed_at: int | None
    expires_at: int | None = None
    prompt: str
    size: str
    seconds: str
    remixed_from_video_id: str | None
    error: JobError | None
    lichtspiel: Made

    @classmethod
    def of(cls, video: Video) -> Self:
        """A video as clients see it."""
        failed = video.error_code is not None
        return cls(
            id=video.id,
            model=video.model,
            status=video.status,
            progress=video.progress,
            created_at=video.created_at,
            completed_at=video.completed_at,
            expires_at=video.expires_at,
            prompt=video.prompt,
            size=f"{video.width}x{video.height}",
            seconds=str(video.seconds),
            remixed_from_video_id=video.source if video.operation == "remix" else None,
            error=JobError(code=video.error_code or "", message=video.error_message or "")
            if failed
            else None,
            lichtspiel=Made(
                seed=video.seed, fps=video.fps, quality=video.quality, ledger=video.ledger, notes=video.notes
            ),
        )


class VideoList(BaseModel):
    object: Literal["list"] = "list"
    data: list[VideoObject]
    first_id: str | None
    last_id: str | None
    has_more: bool


class DeletedVideo(BaseModel):
    id: str
    object: Literal["video.deleted"] = "video.deleted"
    deleted: bool = True


class ModelObject(BaseModel):
    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str = "lichtspiel"


class ModelList(BaseModel):
    object: Literal["list"] = "list"
    data: list[ModelObject]
