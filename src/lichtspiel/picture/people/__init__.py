"""People in Blender: their bodies, faces, hair and clothes, and how they move."""

from lichtspiel.picture.people.build import HAIR_SHARE, Actor, Detail, build
from lichtspiel.picture.people.closeness import seen_closely

__all__ = ["HAIR_SHARE", "Actor", "Detail", "build", "seen_closely"]
