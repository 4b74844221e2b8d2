"""What remixes, edits and extensions start from: videos of this studio, or films that are sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile

from lichtspiel.picture import TIERS
from lichtspiel.studio.database import Video
from lichtspiel.studio.tiers import MODELS
from lichtspiel.studio.web import inside, videos
from lichtspiel.studio.web.errors import ApiError
from lichtspiel.studio.web.services import Services

MAX_FPS = 60


@dataclass(frozen=True)
class Source:
    """A finished film, as far as the next one is made from it."""

    id: str | None
    """None = it was sent as a file."""
    screenplay: Mapping[str, Any]
    model: str
    quality: str
    width: int
    height: int
    fps: int
    depth: bool
    extensions: int

    @property
    def duration_s(self) -> float:
        return float(self.screenplay["duration_s"])

    def next(self, account: str, operation: str, prompt: str, seconds: float, extensions: int) -> Video:
        """A video that is made from this one and is like it in all else."""
        return videos.new(
            account=account,
            operation=operation,
            source=self.id,
            prompt=prompt,
            screenplay=dict(self.screenplay),
            seed=int(self.screenplay["seed"]),
            model=self.model,
            quality=self.quality,
            width=self.width,
            height=self.height,
            fps=self.fps,
            depth=self.depth,
            seconds=max(1, round(seconds)),
            extensions=extensions,
        )


def of_id(here: Services, account: str, video: str, deed: str) -> Source:
    """A completed video of the account; `deed` says in words what is to be done. Raises ApiError."""
    found = videos.find(here.sessions, account, video)
    if found.status != "completed":
        said = f"Only a completed video can be {deed}; this one is {found.status}."
        raise ApiError(400, said, code="video_not_completed", param="video_id")
    screenplay = found.filmed
    if screenplay is None:
        screenplay = inside.of_video(here.media, video).screenplay.model_dump(mode="json")
    return Source(
        id=found.id,
        screenplay=screenplay,
        model=found.model,
        quality=found.quality,
        width=found.width,
        height=found.height,
        fps=found.fps,
        depth=found.depth,
        extensions=found.extensions,
    )


def of_upload(film: UploadFile, model: str | None) -> Source:
    """A film that was sent, for the model of this name; None = as it was made. Raises ApiError."""
    made = inside.of_upload(film)
    own = made.quality if made.quality in TIERS else "standard"
    tier = MODELS[model or own]
    try:
        width, height = tier.size(f"{made.width}x{made.height}")
    except ValueError as error:
        said = f"The film is {made.width}x{made.height}, and {error}: choose another model."
        raise ApiError(400, said, code="invalid_value", param="model") from error
    return Source(
        id=None,
        screenplay=made.screenplay.model_dump(mode="json"),
        model=tier.name,
        quality=tier.quality.name,
        width=width,
        height=height,
        fps=min(MAX_FPS, max(1, made.fps)),
        depth=False,
        extensions=0,
    )
