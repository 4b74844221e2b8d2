"""Screenplays as YAML: written for people to edit, read back with clear errors."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import ValidationError

from lichtspiel.screenplay.model import Screenplay


class ScreenplayError(ValueError):
    """A screenplay file that cannot be read; the message says what to mend."""


def dump(screenplay: Screenplay) -> str:
    """YAML text of a screenplay. Fields at their default are left out, except the main ones."""
    data = screenplay.model_dump(mode="json", exclude_defaults=True)
    head = {"version": 1, "title": screenplay.title, "prompt": screenplay.prompt}
    body = {"seed": screenplay.seed, "duration_s": screenplay.duration_s, "language": screenplay.language}
    return yaml.safe_dump({**head, **body, **data}, sort_keys=False, allow_unicode=True, width=100)


def parse(text: str, name: str = "screenplay") -> Screenplay:
    """Read a screenplay from YAML or JSON text. Raises ScreenplayError."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ScreenplayError(f"{name} is not valid YAML{where}: mend it and try again.") from error
    if not isinstance(data, dict):
        raise ScreenplayError(f"{name} holds no screenplay: `lichtspiel plan` writes one to start from.")
    try:
        return Screenplay.model_validate(data)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(step) for step in fault['loc']) or 'screenplay'}: {fault['msg']}"
            for fault in error.errors()[:3]
        )
        raise ScreenplayError(f"{name}: {faults}") from error


def load(path: Path) -> Screenplay:
    """Read a screenplay file. Raises ScreenplayError, also when the file cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScreenplayError(f"{path} cannot be read: {error}.") from error
    return parse(text, str(path))
