"""Hair of the head and face, grown strand by strand over a body."""

from __future__ import annotations

from lichtspiel.library.people.hair.strands import strands_of

__all__ = ["strands_of"]
