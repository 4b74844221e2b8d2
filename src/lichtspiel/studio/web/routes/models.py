"""The models that run here."""

from __future__ import annotations

from fastapi import APIRouter

from lichtspiel.studio.tiers import MODELS
from lichtspiel.studio.web.access import Reader
from lichtspiel.studio.web.errors import ApiError
from lichtspiel.studio.web.wire import ModelList, ModelObject

router = APIRouter(tags=["Models"])

_SINCE = 1_795_305_600
"""22 November 2026: clients want to know since when a model is there."""


@router.get("/models")
def list_models(_caller: Reader) -> ModelList:
    """List the models."""
    return ModelList(data=[ModelObject(id=name, created=_SINCE) for name in MODELS])


@router.get("/models/{model}")
def retrieve_model(_caller: Reader, model: str) -> ModelObject:
    """Retrieve a model."""
    if model not in MODELS:
        raise ApiError(404, f"The model '{model}' does not exist.", code="model_not_found", param="model")
    return ModelObject(id=model, created=_SINCE)
