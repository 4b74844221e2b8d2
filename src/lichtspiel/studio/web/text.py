"""Text as it comes over the wire."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

MAX_PROMPT = 32_000


class Sent(BaseModel):
    """Base of what clients send: an unknown field is an error."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


def clean(text: str) -> str:
    """The text, which databases can hold. Raises ValueError."""
    if "\0" in text:
        raise ValueError("it holds a null character")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("it holds half a character")
    return text


def _as_text(value: object) -> object:
    """Clients send lengths as numbers, too."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _no_truth(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("it is a number, not true or false")
    return value


def _as_truth(value: object) -> object:
    """Forms write true and false as words."""
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return value == "true"
    raise ValueError("it is true or false")


def _as_list(value: object) -> object:
    """A form cannot tell a list of one from that one."""
    return [value] if isinstance(value, str) else value


def from_json(value: object) -> object:
    """Forms may send an object as JSON in one field."""
    if not isinstance(value, str):
        return value
    try:
        found: Any = json.loads(value)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is no valid JSON") from error
    return found


Storable = AfterValidator(clean)
Clean = Annotated[str, Storable]
Prompt = Annotated[str, Field(min_length=1, max_length=MAX_PROMPT), Storable]
Id = Annotated[str, Field(min_length=1, max_length=100), Storable]
NoTruth = BeforeValidator(_no_truth)
AsList = BeforeValidator(_as_list)
AsTruth = BeforeValidator(_as_truth)
AsText = BeforeValidator(_as_text)
FromJson = BeforeValidator(from_json)
