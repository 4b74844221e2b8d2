"""From a request for a video to the video, checked and not queued yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lichtspiel.studio.database import Video
from lichtspiel.studio.tiers import MODELS
from lichtspiel.studio.web import characters, references, videos
from lichtspiel.studio.web.errors import validated
from lichtspiel.studio.web.services import Services
from lichtspiel.studio.web.wire import CreateVideo


def drafted(here: Services, account: str, fields: Mapping[str, Any], fetch: bool = True) -> Video:
    """The video that the fields of a request ask for. Raises ApiError.

    fetch: whether its picture may be fetched from elsewhere, which takes a while.
    """
    plain, sent = references.without_file(fields)
    wished = validated(CreateVideo, plain)
    wanted = [one.id for one in wished.characters]
    characters.check_named(here.sessions, account, wished.prompt, wanted)
    video = videos.drafted(account, wished)
    size = MODELS[wished.model].size(wished.size)
    video.reference = references.kept(here, account, sent, wished.input_reference, size, fetch)
    return video
