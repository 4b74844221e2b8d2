"""What all records of a screenplay share: strictness, ids, and where something stands."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]


class Record(BaseModel):
    """Base of every screenplay record: immutable, and a misspelt field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Relation(StrEnum):
    ON = "on"
    IN = "in"
    ABOVE = "above"
    UNDER = "under"
    BESIDE = "beside"
    BEHIND = "behind"
    IN_FRONT_OF = "in_front_of"
    AGAINST = "against"
    IN_BACKGROUND = "in_background"  # behind the action, to its side, in the picture


class Placement(Record):
    """Where a prop stands, against another prop or the place's ground."""

    relation: Relation = Relation.ON
    target: Identifier = "ground"
    """Id of a prop or a character, or `ground`."""
    spot: Identifier | None = None
    """Named spot of the place, for people: door, desk, window, sofa; None = where people stand there."""
    side: Literal["left", "right"] | None = None
    """Which side in the picture of the place's natural camera: beside its target, or among its neighbours."""
    height_m: Annotated[float, Field(gt=0, le=100)] | None = None
    """Clear height above the ground, for things that start in the air."""
