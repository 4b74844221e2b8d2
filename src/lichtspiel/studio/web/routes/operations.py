"""For operators and their tools: health and figures."""

from __future__ import annotations

import shutil

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from lichtspiel.studio.web.access import Operator
from lichtspiel.studio.web.services import Here

health = APIRouter(tags=["Operations"], prefix="/health")
router = APIRouter(tags=["Operations"])

_SPARE_BYTES = 1 << 30
"""Less free space than this, and films may not fit any more."""


@health.get("/live")
def live() -> dict[str, str]:
    """Tell that the server answers."""
    return {"status": "alive"}


@health.get("/ready")
def ready(here: Here) -> JSONResponse:
    """Tell whether videos can be made: the database and the store of files answer, and there is room."""
    wrong = []
    try:
        with here.sessions() as session:
            session.execute(select(1))
    except SQLAlchemyError:
        wrong.append("the database does not answer")
    if not here.media.answers():
        wrong.append("the store of files does not answer")
    if shutil.disk_usage(here.home.folder).free < _SPARE_BYTES:
        wrong.append("less than 1 GiB is free")
    return JSONResponse({"status": "not ready" if wrong else "ready", "wrong": wrong}, 503 if wrong else 200)


@router.get("/metrics", include_in_schema=False)
def metrics(_caller: Operator, here: Here) -> Response:
    """Figures for Prometheus; send an operator's key."""
    return Response(here.metrics.text(), media_type=CONTENT_TYPE_LATEST)
