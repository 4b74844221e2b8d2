"""World and take to frames. The only room that imports Blender, in a process of its own."""

from lichtspiel.picture.job import Job, write
from lichtspiel.picture.quality import DRAFT, MAX_FPS, MAX_SIDE, MIN_SIDE, PRO, STANDARD, TIERS, Quality
from lichtspiel.picture.render import Renderer, RenderError, render

__all__ = [
    "DRAFT",
    "MAX_FPS",
    "MAX_SIDE",
    "MIN_SIDE",
    "PRO",
    "STANDARD",
    "TIERS",
    "Job",
    "Quality",
    "RenderError",
    "Renderer",
    "render",
    "write",
]
